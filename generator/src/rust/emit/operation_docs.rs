//! The documentation of operations: what they do, their arguments, responses and requirements.

use super::context::Context;
use super::docs::{code, facts, words};
use super::example;
use super::inputs::{self, Input, Subject};
use crate::markdown;
use crate::rust::plan::{Docs, Group, Operation, Success, Type};

/// The page of an `…Api` type: the words of the tag, then a table of its operations.
pub(super) fn of_group(group: &Group) -> Vec<String> {
    let mut text = words(&group.docs);
    if text.is_empty() {
        text.push(format!("The operations of {}.", code(&group.tag)));
    }
    // Said here once, and not for each of the methods.
    text.push(String::new());
    text.push(
        "Non-success statuses are returned as [`Error::Api`](super::Error), with the body that the method's".to_owned(),
    );
    text.push("table of responses lists. For all other failures, see [`Error`](super::Error).".to_owned());
    text.extend([String::new(), "| Method | |".to_owned(), "|---|---|".to_owned()]);
    for operation in &group.operations {
        let summary = operation.docs.summary.as_deref().unwrap_or_default();
        text.push(format!(
            // A third column would leave no room for words beside the long paths.
            "| [`{name}`](Self::{link}) | {summary}{request} |",
            name = operation.name.ident,
            link = crate::rust::name::token(&operation.name.ident),
            request = cell(&code(&format!("{} {}", operation.method.as_str(), operation.path))),
            summary = if summary.is_empty() { String::new() } else { format!("{}<br>", cell(&one_line(summary))) },
        ));
    }
    text
}

/// The documentation of a method.
pub(super) fn of_operation(context: &Context<'_>, group: &Group, operation: &Operation) -> Vec<String> {
    let mut text = words(&operation.docs);
    if text.is_empty() {
        text.push(code(&format!("{} {}", operation.method.as_str(), operation.path)).clone());
    }
    if let Some(server) = &operation.server {
        text.push(String::new());
        text.push(format!("It is served at {}: call it through a client with that base URL.", code(server)));
    }
    let arguments = inputs::required(context, operation);
    if !arguments.is_empty() {
        section(&mut text, "Arguments");
        text.extend(arguments.iter().flat_map(argument));
    }
    section(&mut text, "Responses");
    text.extend(["| Status | Body | |".to_owned(), "|---|---|---|".to_owned()]);
    for response in &operation.responses {
        text.push(format!(
            "| {} | {} | {} |",
            response.status,
            cell(&body(context, &response.body)),
            cell(&one_line(&response.description))
        ));
    }
    if let Success::ByStatus(ty) = &operation.success {
        text.push(String::new());
        text.push(format!("Returns {}, with a variant for each status.", linked(context, ty)));
    }
    if !operation.requirements.is_empty() {
        text.push(String::new());
        for requirement in &operation.requirements {
            let values: Vec<String> = requirement.values.iter().map(|value| code(value)).collect();
            text.push(format!("- {}: {}", markdown::plain(&requirement.label), values.join(", ")));
        }
    }
    if let Some(code) = example::of_operation(context, group, operation) {
        section(&mut text, "Example");
        text.push("```no_run".to_owned());
        text.extend(code);
        text.push("```".to_owned());
    }
    text
}

/// The documentation of a setter.
pub(super) fn of_setter(input: &Input<'_>) -> Vec<String> {
    let mut text = words(input.docs);
    if text.is_empty() {
        text.push(format!("Sets {}.", subject(input)));
    }
    let facts = facts(input.docs);
    if !facts.is_empty() {
        text.push(String::new());
        text.push(facts.join(" "));
    }
    text
}

fn section(text: &mut Vec<String>, title: &str) {
    text.extend([String::new(), format!("# {title}"), String::new()]);
}

/// One item of the list of arguments.
fn argument(input: &Input<'_>) -> Vec<String> {
    let docs = Docs { example: None, ..input.docs.clone() };
    let words = words(&docs);
    let mut lines = words.into_iter();
    let first = lines.next().unwrap_or_else(|| format!("Sent as {}.", subject(input)));
    let mut text = vec![format!("- `{}`: {first}", input.ident)];
    text.extend(lines.map(|line| if line.is_empty() { line } else { format!("  {line}") }));
    text
}

fn subject(input: &Input<'_>) -> String {
    match input.subject {
        Subject::Named(wire) => code(wire),
        Subject::Body => "the body".to_owned(),
    }
}

fn body(context: &Context<'_>, body: &Success) -> String {
    match body {
        Success::Empty => String::new(),
        Success::Text => "text".to_owned(),
        Success::Binary => "bytes".to_owned(),
        Success::Json(ty) | Success::ByStatus(ty) => linked(context, ty),
        Success::JsonOrEmpty(ty) => format!("{}, or nothing", linked(context, ty)),
    }
}

/// A type in words, with a link to its page.
fn linked(context: &Context<'_>, ty: &Type) -> String {
    match ty {
        Type::List(inner) => format!("list of {}", linked(context, inner)),
        Type::Map(inner) => format!("map of {}", linked(context, inner)),
        Type::Optional(inner) => format!("{} or `null`", linked(context, inner)),
        Type::Named(id) | Type::Boxed(id) => match context.def(*id) {
            Some(def) => format!("[`{0}`](super::models::{0})", def.ident),
            None => "JSON".to_owned(),
        },
        Type::Json => "JSON".to_owned(),
        Type::JsonObject => "a JSON object".to_owned(),
        Type::String | Type::DateTime => "a string".to_owned(),
        Type::Boolean => "`true` or `false`".to_owned(),
        Type::Int64 | Type::Double => "a number".to_owned(),
    }
}

fn one_line(text: &str) -> String {
    markdown::line(text)
}

/// A cell of a table (GitHub Flavored Markdown, section 4.10): a bar would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
