//! Forms: files, texts and JSON under the names of their parts.

use clap::ArgMatches;
use runtime::catalog::{MediaType, PartKind};
use runtime::{FilePart, Form, Request};

use super::read;
use crate::failure::Failure;
use crate::line::{Input, Source};
use crate::schema::{WrongKind, loose, plain};

/// What is sent from files, or in parts, as `--dry-run` and `--curl` show it: by its source, not by its bytes.
#[derive(Clone, Debug)]
pub(crate) enum Sources {
    /// The body is text, and is shown as it is.
    Text,
    /// The body is the content of the file at this path; `-` is standard input.
    File(String),
    /// The parts of a form.
    Form(Vec<FormPart>),
}

/// A part of a form that is sent.
#[derive(Clone, Debug)]
pub(crate) struct FormPart {
    pub(crate) name: String,
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
            parts.push(FormPart { name: part.name.to_owned(), value });
        }
    }
    if !missing.is_empty() {
        return Err(Failure::usage(format!("the form is incomplete: it needs {}", missing.join(" and "))));
    }
    send(request, media, &parts)?;
    Ok(parts)
}

/// Sets a form of which the document declares no part.
///
/// # Errors
///
/// If there is none although there must be one, or a file cannot be read.
pub(super) fn set_open(
    request: &mut Request,
    media: &'static MediaType,
    required: bool,
    matches: &ArgMatches,
) -> Result<Vec<FormPart>, Failure> {
    let files = matches.get_many::<String>("file").into_iter().flatten();
    let mut parts: Vec<FormPart> =
        files.map(|path| FormPart { name: "file".to_owned(), value: PartValue::File(path.clone()) }).collect();
    for typed in matches.get_many::<String>("part").into_iter().flatten() {
        let (name, text) =
            typed.split_once('=').ok_or_else(|| Failure::usage("--part takes name=text or name=@path"))?;
        let value = match text.strip_prefix('@') {
            Some(path) => PartValue::File(path.to_owned()),
            None => PartValue::Text(text.to_owned()),
        };
        parts.push(FormPart { name: name.to_owned(), value });
    }
    if required && parts.is_empty() {
        return Err(Failure::usage("the operation needs a form: --file PATH, or --part NAME=@PATH"));
    }
    send(request, media, &parts)?;
    Ok(parts)
}

/// Puts the parts into the request.
fn send(request: &mut Request, media: &MediaType, parts: &[FormPart]) -> Result<(), Failure> {
    let encoded = media.name.contains("x-www-form-urlencoded");
    for FormPart { name, value } in parts {
        match value {
            PartValue::Text(text) | PartValue::Json(text) if encoded => {
                request.form_field(name, text);
            }
            PartValue::File(path) => {
                request.form(Form::new().file(name, file(path)?));
            }
            PartValue::Text(text) => {
                request.form(Form::new().text(name, text));
            }
            PartValue::Json(text) => {
                request.json_part(name.clone(), &loose(text));
            }
        }
    }
    Ok(())
}

/// A file to send. Standard input is read to its end first, because a call that is repeated sends it again.
fn file(path: &str) -> Result<FilePart, Failure> {
    if path == "-" {
        return Ok(FilePart::from_bytes("stdin", read::stdin("-")?));
    }
    Ok(FilePart::from_path(path)?)
}

fn json(input: &Input, text: &str) -> Result<String, Failure> {
    let wrong = |wrong: WrongKind| Failure::usage(format!("--{}: {wrong}", input.name));
    let value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(_) => input.schema.typed(text).map_err(wrong)?,
    };
    Ok(match value {
        serde_json::Value::String(_) => value.to_string(),
        other => plain(&other),
    })
}
