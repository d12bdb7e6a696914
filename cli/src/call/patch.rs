//! JSON Patches (RFC 6902), typed change by change in the order in which they were typed.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::read;
use crate::failure::Failure;
use crate::index::Target;
use crate::line::patch_ops;
use crate::schema::{Kind, Schema, loose};

/// The patch: what `--body` says, then the changes; `None` if nothing was typed.
///
/// # Errors
///
/// If an operation of the patch is malformed, or the body is not a list.
pub(super) fn value(target: &Target, matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let mut all = match matches.get_one::<String>("body") {
        Some(typed) => match read::value("--body", typed)? {
            Value::Array(changes) => changes,
            _ => return Err(Failure::usage("--body: a JSON Patch is a list of changes")),
        },
        None => Vec::new(),
    };
    let patched = patched(target);
    let mut changes: Vec<(usize, Value)> = Vec::new();
    for op in patch_ops() {
        let typed = matches.get_many::<String>(op).into_iter().flatten();
        for (at, text) in matches.indices_of(op).into_iter().flatten().zip(typed) {
            changes.push((at, change(op, text, patched.as_ref())?));
        }
    }
    changes.sort_by_key(|(at, _)| *at);
    all.extend(changes.into_iter().map(|(_, change)| change));
    Ok((!all.is_empty()).then_some(Value::Array(all)))
}

fn change(op: &str, typed: &str, patched: Option<&Schema>) -> Result<Value, Failure> {
    let (path, text) = match typed.split_once('=') {
        Some((path, text)) if op != "remove" => (path, Some(text)),
        None if op == "remove" => (typed, None),
        _ if op == "remove" => (typed, None),
        _ => return Err(Failure::usage(format!("--{op} takes /path=value"))),
    };
    if !path.starts_with('/') && !path.is_empty() {
        return Err(Failure::usage(format!("--{op} {path}: a JSON pointer begins with a slash, as in /{path}")));
    }
    let mut change = json!({ "op": op, "path": path });
    if let Some(text) = text {
        let schema = patched.and_then(|schema| at(schema, path));
        change["value"] = meant(schema.as_ref(), text);
    }
    Ok(change)
}

/// A text as the kind that stands at its place in what is patched. What is not of that kind may still be right, because
/// no document says what a patch may set: it is JSON, or a text.
fn meant(schema: Option<&Schema>, text: &str) -> Value {
    let typed = schema.filter(|schema| schema.kind() == Kind::Text && !text.starts_with('"'));
    typed.and_then(|schema| schema.typed(text).ok()).unwrap_or_else(|| loose(text))
}

/// The schema of what is patched, if the response shows it.
fn patched(target: &Target) -> Option<Schema> {
    let media = target.entry.responses.iter().find_map(|response| response.media_types.first())?;
    Some(Schema::read(target.catalog, media.schema)).filter(|schema| schema.kind() == Kind::Object)
}

/// The schema at a JSON pointer (RFC 6901).
fn at(schema: &Schema, pointer: &str) -> Option<Schema> {
    pointer.split('/').skip(1).try_fold(schema.clone(), |schema, step| {
        let name = step.replace("~1", "/").replace("~0", "~");
        match schema.kind() {
            Kind::List => schema.items(),
            _ => schema.property(&name),
        }
    })
}
