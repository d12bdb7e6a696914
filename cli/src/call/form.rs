//! Forms: files, texts and JSON under the names of their parts.

use clap::ArgMatches;
use runtime::catalog::{MediaType, PartKind};
use runtime::{FilePart, Request};

use super::read;
use crate::failure::Failure;
use crate::line::{Input, Source};
use crate::schema::plain;

/// A part of a form that is sent, as `--dry-run` and `--curl` tell of it.
#[derive(Clone, Debug)]
pub(crate) struct FormPart {
    pub(crate) name: &'static str,
    pub(crate) value: PartValue,
}

/// What a part holds.
#[derive(Clone, Debug)]
pub(crate) enum PartValue {
    /// The path of a file; `-` is standard input.
    File(String),
    Text(String),
    Json(String),
}

/// Sets the form, and returns its parts.
///
/// # Errors
///
/// If a part that must be there is not, or a file cannot be read.
pub(super) fn set(
    request: &mut Request,
    media: &'static MediaType,
    inputs: &[Input],
    matches: &ArgMatches,
) -> Result<Vec<FormPart>, Failure> {
    let encoded = media.name.contains("x-www-form-urlencoded");
    let mut parts = Vec::new();
    let mut missing = Vec::new();
    for input in inputs {
        let Source::Part(part) = input.source else { continue };
        let typed: Vec<&String> = matches.get_many::<String>(&input.name).into_iter().flatten().collect();
        if typed.is_empty() && part.required {
            missing.push(format!("--{}", input.name));
        }
        for text in typed {
            let value = match part.kind {
                PartKind::File | PartKind::Files => PartValue::File(text.clone()),
                PartKind::Text => PartValue::Text(text.clone()),
                PartKind::Json => PartValue::Json(json(input, text)?),
            };
            parts.push(FormPart { name: part.name, value });
        }
    }
    if !missing.is_empty() {
        return Err(Failure::usage(format!("the form is incomplete: it needs {}", missing.join(" and "))));
    }
    for part in &parts {
        match &part.value {
            PartValue::File(path) => request.file(part.name, file(path)?),
            PartValue::Text(text) | PartValue::Json(text) if encoded => request.form_field(part.name, text),
            PartValue::Text(text) => request.text(part.name, text),
            PartValue::Json(text) => request.json_part(part.name, &crate::schema::loose(text)),
        };
    }
    Ok(parts)
}

/// A file to send. Standard input is read to its end first, because a call that is repeated sends it again.
fn file(path: &str) -> Result<FilePart, Failure> {
    if path == "-" {
        return Ok(FilePart::from_bytes("stdin", read::stdin("-")?));
    }
    Ok(FilePart::from_path(path)?)
}

fn json(input: &Input, text: &str) -> Result<String, Failure> {
    let wrong = |wrong: crate::schema::WrongKind| Failure::usage(format!("--{}: {wrong}", input.name));
    let value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(_) => input.schema.typed(text).map_err(wrong)?,
    };
    Ok(match value {
        serde_json::Value::String(_) => value.to_string(),
        other => plain(&other),
    })
}
