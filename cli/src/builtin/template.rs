//! `--body-template`: a body to fill in, as YAML with comments.

use serde_json::Value;

use super::print;
use crate::failure::{Ending, Failure};
use crate::index::Target;
use crate::line::is_patch;
use crate::markdown;
use crate::output::{self, pretty};
use crate::schema::{Kind, Schema, plain};

/// How deep objects in objects are written out.
const DEPTH: usize = 6;

/// Prints a body to fill in.
///
/// # Errors
///
/// If the operation has no body.
pub(crate) fn template(target: &Target) -> Result<(), Ending> {
    let Some(media) = target.entry.body.as_ref().and_then(|body| body.media_types.first()) else {
        return Err(Failure::usage(format!("{} takes no body", target.command())).into());
    };
    let mut text = format!("# {} ({})\n", target.entry.operation, media.name);
    if is_patch(target) {
        text.push_str("# Changes in order; op is add, replace, remove, move, copy or test (RFC 6902).\n");
        text.push_str(&patch_example(media.examples)?);
        return print(&text);
    }
    let schema = Schema::read(target.catalog, media.schema);
    text.push_str("# What is commented out is optional.\n");
    let mut lines = Vec::new();
    object(&schema, 0, false, &mut lines);
    text.push_str(&lines.join("\n"));
    print(&format!("{text}\n"))
}

fn patch_example(examples: &[(&str, &str)]) -> Result<String, Failure> {
    let example = examples.first().and_then(|(_, text)| serde_json::from_str::<Value>(text).ok());
    match example {
        Some(example) => output::yaml(&example),
        None => Ok("- op: replace\n  path: /name\n  value: text\n".to_owned()),
    }
}

/// The members of an object, a line each and more for what is nested.
fn object(schema: &Schema, depth: usize, hidden: bool, lines: &mut Vec<String>) {
    let required = schema.required();
    for (name, member) in schema.properties() {
        if member.flag("readOnly") {
            continue;
        }
        let hidden = hidden || !required.contains(&name);
        let (mark, indent) = (if hidden { "# " } else { "" }, "  ".repeat(depth));
        let note = note(&member);
        if !note.is_empty() {
            lines.push(format!("{indent}# {note}"));
        }
        let nested = member.kind() == Kind::Object && !member.properties().is_empty() && depth < DEPTH;
        if nested {
            lines.push(format!("{mark}{indent}{name}:"));
            object(&member, depth + 1, hidden, lines);
        } else {
            lines.push(format!("{mark}{indent}{name}: {}", value(&member)));
        }
    }
}

/// What there is to know about a member, on one line.
fn note(member: &Schema) -> String {
    let mut words = vec![markdown::first_paragraph(member.word("description").unwrap_or_default())];
    words.push(format!("({})", member.type_name()));
    let values = member.values();
    if !values.is_empty() {
        words.push(format!("One of: {}.", values.join(", ")));
    }
    if member.nullable() {
        words.push("May be null.".to_owned());
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// A value for a member: its example, its default, its first allowed value, else an empty one of its kind. JSON is YAML.
fn value(member: &Schema) -> String {
    let said = member.keyword("example").or_else(|| member.keyword("default"));
    if let Some(said) = said {
        return pretty(said).replace('\n', " ");
    }
    if let Some(first) = member.values().first() {
        return plain(&Value::from(first.as_str()));
    }
    match member.kind() {
        Kind::Text => "\"\"",
        Kind::Integer | Kind::Number => "0",
        Kind::Boolean => "false",
        Kind::List => "[]",
        Kind::Object | Kind::Any => "{}",
    }
    .to_owned()
}
