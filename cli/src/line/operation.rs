//! An operation as a command: its arguments, with their help and their values.

use std::ffi::OsStr;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Command, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use runtime::catalog::{PartKind, Place};

use super::{Input, Source, call_options, inputs, is_open_form, is_patch, patch_ops};
use crate::index::Target;
use crate::markdown;
use crate::program::Program;
use crate::schema::{Kind, Schema, WrongKind, plain};
use crate::shell;

/// The heading of the options that make the body.
const BODY: &str = "Body";

/// One line about an operation.
pub(crate) fn about(target: &Target) -> String {
    match (target.entry.summary, target.entry.deprecated) {
        ("", _) => target.entry.operation.to_string(),
        (summary, true) => format!("{} (deprecated)", markdown::to_text(summary)),
        (summary, false) => markdown::to_text(summary),
    }
}

/// The command of an operation. `targets` are the APIs that have it; `called` is off where the operation is only described,
/// for which no argument is required.
pub(crate) fn operation(
    program: &'static Program,
    name: &str,
    target: &Target,
    targets: &[Target],
    called: bool,
) -> Command {
    let pages = target.entry.operation.page.is_some();
    let inputs = inputs(target);
    Command::new(name.to_owned())
        .about(about(target))
        .long_about(long_about(target, targets))
        .args(inputs.iter().map(|input| argument(program, target, input, called)))
        .args(body_options(target))
        .arg(
            Arg::new("schema")
                .long("schema")
                .action(ArgAction::SetTrue)
                .help("Prints what the operation takes and returns as JSON Schema, and calls nothing"),
        )
        .args(call_options(pages))
}

/// The whole documentation: what the operation does, and what it is on the wire.
fn long_about(target: &Target, targets: &[Target]) -> String {
    let entry = target.entry;
    let mut text = about(target);
    if !entry.description.is_empty() {
        text.push_str("\n\n");
        text.push_str(&markdown::to_text(entry.description));
    }
    text.push_str(&format!("\n\n{} {}", entry.operation.method, entry.operation.path));
    for alternative in entry.security {
        for need in alternative.iter().filter(|need| !need.scopes.is_empty()) {
            text.push_str(&format!("\nScopes: {}", need.scopes.join(", ")));
        }
    }
    for (label, values) in entry.facts {
        text.push_str(&format!("\n{label}: {}", values.join(", ")));
    }
    if targets.len() > 1 {
        let names: Vec<&str> = targets.iter().map(|target| target.catalog.name).collect();
        text.push_str(&format!("\nAPIs: {}", names.join(", ")));
    }
    text
}

fn argument(program: &'static Program, target: &Target, input: &Input, called: bool) -> Arg {
    let mut arg = Arg::new(input.name.clone()).help(help(input)).action(ArgAction::Set);
    arg = if input.is_positional() {
        arg.value_name(value_name(&input.name)).required(called)
    } else {
        arg.long(input.name.clone()).value_name(shape_name(input))
    };
    if let Source::Parameter(parameter) = input.source
        && parameter.required
        && parameter.place != Place::Path
    {
        arg = arg.required(called);
    }
    if matches!(input.source, Source::Field(_) | Source::Part(_)) {
        arg = arg.help_heading(BODY);
    }
    if input.is_file() {
        arg = arg.value_hint(ValueHint::FilePath).value_name("PATH");
    } else if input.schema.kind() == Kind::Boolean {
        arg = arg.num_args(0..=1).require_equals(true).default_missing_value("true");
    }
    if input.is_repeated() {
        arg = arg.action(ArgAction::Append);
    }
    if !input.is_file() {
        arg = arg.value_parser(parser(input)).allow_hyphen_values(numeric(input));
    }
    complete(arg, program, target, input)
}

/// Whether the values may begin with a minus.
fn numeric(input: &Input) -> bool {
    matches!(input.schema.kind(), Kind::Integer | Kind::Number)
}

/// Refuses a value that is not of the kind, before anything is sent. What the server may know and the document does not (a
/// further member of an enum) passes.
fn parser(input: &Input) -> ValueParser {
    let schema = input.schema.clone();
    let objects = schema.kind() == Kind::Object;
    ValueParser::new(move |text: &str| -> Result<String, WrongKind> {
        // Objects are also typed member by member, as `name=value`.
        if !(objects && text.contains('=')) {
            schema.typed(text)?;
        }
        Ok(text.to_owned())
    })
}

fn complete(arg: Arg, program: &'static Program, target: &Target, input: &Input) -> Arg {
    let values = values_of(&input.schema);
    if !values.is_empty() {
        return arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
            let typed = typed.to_string_lossy();
            values.iter().filter(|value| value.starts_with(&*typed)).map(CompletionCandidate::new).collect()
        }));
    }
    let target = *target;
    match input.source {
        Source::Parameter(parameter) if parameter.place == Place::Path => {
            arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                shell::known_values(program, &target, parameter.name, &typed.to_string_lossy())
            }))
        }
        _ => arg,
    }
}

/// The allowed values of a schema or of its items.
fn values_of(schema: &Schema) -> Vec<String> {
    match schema.kind() {
        Kind::Boolean => vec!["true".to_owned(), "false".to_owned()],
        Kind::List => schema.items().map(|items| items.values()).unwrap_or_default(),
        _ => schema.values(),
    }
}

/// `script-name` as `SCRIPT_NAME`.
fn value_name(name: &str) -> String {
    name.replace('-', "_").to_uppercase()
}

/// What stands for the value in help: its type.
fn shape_name(input: &Input) -> String {
    match (&input.source, input.schema.kind()) {
        (Source::Part(part), _) if part.kind == PartKind::Json => "JSON".to_owned(),
        (_, Kind::Text) if !input.schema.values().is_empty() => "VALUE".to_owned(),
        (_, Kind::List) => match input.schema.items() {
            Some(items) => items.type_name().to_uppercase(),
            None => "VALUE".to_owned(),
        },
        (_, Kind::Object) => "NAME=VALUE|JSON".to_owned(),
        _ => input.schema.type_name().to_uppercase(),
    }
}

/// The description, and in brackets what the schema adds.
fn help(input: &Input) -> String {
    let mut text = markdown::first_paragraph(&input.description);
    let mut facts = Vec::new();
    if input.required && !input.is_positional() {
        facts.push("required".to_owned());
    }
    if input.deprecated {
        facts.push("deprecated".to_owned());
    }
    if let Some(default) = input.schema.keyword("default") {
        facts.push(format!("default: {}", plain(default)));
    }
    let values = values_of(&input.schema);
    if !values.is_empty() && input.schema.kind() != Kind::Boolean {
        facts.push(format!("values: {}", values.join(", ")));
    }
    if input.is_file() {
        facts.push("- reads standard input".to_owned());
    }
    if input.is_repeated() {
        facts.push("may be repeated".to_owned());
    }
    for fact in facts {
        text.push_str(if text.is_empty() { "[" } else { " [" });
        text.push_str(&fact);
        text.push(']');
    }
    text
}

/// The options that fill in a body as a whole, or what its own options do not reach.
fn body_options(target: &Target) -> Vec<Arg> {
    let Some(media) = target.entry.body.as_ref().and_then(|body| body.media_types.first()) else { return Vec::new() };
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help).help_heading(BODY)
    };
    let many = |arg: Arg| arg.action(ArgAction::Append).allow_hyphen_values(true);
    let template = Arg::new("body-template")
        .long("body-template")
        .action(ArgAction::SetTrue)
        .help("Prints a body to fill in, as YAML with comments, and calls nothing")
        .help_heading(BODY);
    if !media.parts.is_empty() {
        return Vec::new();
    }
    if is_open_form(target) {
        let file = option("file", "PATH", "A file to send in the part `file` [- reads standard input]");
        let part =
            option("part", "NAME=TEXT|NAME=@PATH", "A further part of the form: a text, or a file; may be repeated");
        return vec![file.value_hint(ValueHint::FilePath), many(part)];
    }
    let json = media.name.contains("json");
    let mut options = vec![
        if json {
            option("body", "FILE|-|JSON|YAML", "The body: a file, - for standard input, or the text itself")
        } else {
            option("body", "FILE|-|TEXT", "The body: a file, - for standard input, or the text itself")
        }
        .value_hint(ValueHint::FilePath),
    ];
    if is_patch(target) {
        let changes = [
            ("add", "/PATH=VALUE", "Adds a value at a JSON pointer; the value is JSON, or a text"),
            ("replace", "/PATH=VALUE", "Replaces the value at a JSON pointer"),
            ("remove", "/PATH", "Removes the value at a JSON pointer"),
            ("test", "/PATH=VALUE", "Lets the server change nothing if another value stands there"),
        ];
        debug_assert!(changes.iter().map(|(name, ..)| *name).eq(patch_ops()));
        options.extend(changes.into_iter().map(|(name, value, help)| many(option(name, value, help))));
        options.push(template);
    } else if json {
        options.push(many(option("field", "PATH=VALUE", "A member of the body, nested with dots: --field owner.id=7")));
        options.push(template);
    }
    options
}
