//! The body of a request: as a whole, by its members, by its changes, or as a form.

use std::path::Path;

use clap::ArgMatches;
use runtime::catalog::{Body, MediaType};
use runtime::{FilePart, Request};
use serde_json::{Map, Value};

use super::{Sources, fields, form, patch, read, warn_unknown};
use crate::failure::Failure;
use crate::index::Target;
use crate::line::{Input, Source, is_open_form, is_patch};
use crate::schema::Schema;

/// Sets the body, and returns where it comes from.
///
/// # Errors
///
/// If the body is missing, incomplete, or cannot be read.
pub(super) fn set(
    request: &mut Request,
    target: &Target,
    inputs: &[Input],
    matches: &ArgMatches,
) -> Result<Sources, Failure> {
    let Some((body, media)) = target.entry.body.as_ref().and_then(|body| Some((body, body.media_types.first()?)))
    else {
        return Ok(Sources::Text);
    };
    if !media.parts.is_empty() {
        return form::set(request, media, inputs, matches).map(Sources::Form);
    }
    if is_open_form(target) {
        return form::set_open(request, media, body.required, matches).map(Sources::Form);
    }
    if !media.name.contains("json") {
        return plain(request, body, media, matches);
    }
    let value = if is_patch(target) { patch::value(target, matches)? } else { object(target, media, inputs, matches)? };
    match value {
        Some(value) => {
            request.json(media.name, &value);
        }
        None if body.required => return Err(missing(target)),
        None => {}
    }
    Ok(Sources::Text)
}

/// A body that is not JSON: bytes, sent as they are.
fn plain(
    request: &mut Request,
    body: &Body,
    media: &'static MediaType,
    matches: &ArgMatches,
) -> Result<Sources, Failure> {
    let Some(typed) = matches.get_one::<String>("body") else {
        return match body.required {
            true => Err(Failure::usage("the operation needs a body: --body FILE, --body - or --body TEXT")),
            false => Ok(Sources::Text),
        };
    };
    let path = Path::new(typed);
    if path.is_file() {
        // A file is read while it is sent.
        request.upload(media.name, FilePart::from(path.to_owned()));
    } else {
        request.bytes(media.name, read::bytes("--body", typed)?);
    }
    Ok(if path.is_file() || typed == "-" { Sources::File(typed.clone()) } else { Sources::Text })
}

fn missing(target: &Target) -> Failure {
    let how = if is_patch(target) {
        "give changes (--add, --replace, --remove) or --body"
    } else {
        "give its members as options, or --body"
    };
    Failure::usage("the operation needs a body").advise(format!("{how}; --body-template prints one to fill in"))
}

/// A JSON body: what `--body` says, then the members that have options, then `--field`.
fn object(
    target: &Target,
    media: &'static MediaType,
    inputs: &[Input],
    matches: &ArgMatches,
) -> Result<Option<Value>, Failure> {
    let schema = Schema::read(target.catalog, media.schema);
    let typed = matches.get_one::<String>("body");
    let mut value = typed.map(|typed| read::value("--body", typed)).transpose()?;
    for input in inputs {
        let Source::Field(name) = &input.source else { continue };
        let values: Vec<&str> =
            matches.get_many::<String>(&input.name).into_iter().flatten().map(String::as_str).collect();
        if values.is_empty() {
            continue;
        }
        warn_unknown(input, &values);
        let member = fields::typed(&input.schema, &values)
            .map_err(|wrong| Failure::usage(format!("--{}: {wrong}", input.name)))?;
        match value.get_or_insert_with(|| Value::Object(Map::new())) {
            Value::Object(members) => members.insert(name.clone(), member),
            _ => return Err(Failure::usage(format!("--{} needs a body that is an object", input.name))),
        };
    }
    for field in matches.get_many::<String>("field").into_iter().flatten() {
        let (path, text) = field.split_once('=').ok_or_else(|| Failure::usage("--field takes path=value"))?;
        let root = value.get_or_insert_with(|| Value::Object(Map::new()));
        fields::set(root, Some(&schema), path, text)
            .map_err(|wrong| Failure::usage(format!("--field {path}: {wrong}")))?;
    }
    if typed.is_none()
        && let Some(Value::Object(members)) = &value
    {
        complete(&schema, members, inputs)?;
    }
    Ok(value)
}

/// Checks that a body that was typed member by member has the members that it must have.
fn complete(schema: &Schema, members: &Map<String, Value>, inputs: &[Input]) -> Result<(), Failure> {
    let options: Vec<String> = schema
        .required()
        .iter()
        .filter(|name| !members.contains_key(*name))
        .map(|name| {
            let own = inputs.iter().find(|input| matches!(&input.source, Source::Field(field) if field == name));
            own.map_or_else(|| format!("--field {name}=…"), |input| format!("--{}", input.name))
        })
        .collect();
    if options.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!("the body is incomplete: {} missing", listed(&options))))
}

fn listed(names: &[String]) -> String {
    match names {
        [one] => format!("{one} is"),
        several => format!("{} are", several.join(" and ")),
    }
}
