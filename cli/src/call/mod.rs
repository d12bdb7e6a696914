//! From arguments to a request of the client core.

mod body;
mod fields;
mod form;
mod patch;
mod read;

use clap::ArgMatches;
use runtime::catalog::{Parameter, Place, Style};
use runtime::{Client, Request};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::index::Target;
use crate::line::{Input, Source, inputs};
use crate::schema::{Kind, plain};
use crate::style;

pub(crate) use form::{FormPart, PartValue, Sources};

/// A request, and what is worth telling about it beside what it says itself.
pub(crate) struct Prepared {
    pub(crate) request: Request,
    /// Where its body comes from.
    pub(crate) sources: Sources,
}

/// The request that the arguments of an operation describe.
///
/// # Errors
///
/// If an argument or a file cannot be used.
pub(crate) fn prepare(client: &Client, target: &Target, matches: &ArgMatches) -> Result<Prepared, Failure> {
    let mut request = client.request(target.entry.operation);
    let inputs = inputs(target);
    for input in &inputs {
        let values: Vec<&str> =
            matches.get_many::<String>(&input.name).into_iter().flatten().map(String::as_str).collect();
        if let Source::Parameter(parameter) = input.source
            && !values.is_empty()
        {
            warn_unknown(input, &values);
            set(&mut request, parameter, input, &values)?;
        }
    }
    let sources = body::set(&mut request, target, &inputs, matches)?;
    further(&mut request, matches)?;
    Ok(Prepared { request, sources })
}

/// A value that the document does not list may still be one that the server knows.
fn warn_unknown(input: &Input, values: &[&str]) {
    let schema = if input.schema.kind() == Kind::List { input.schema.items() } else { Some(input.schema.clone()) };
    let known = schema.map(|schema| schema.values()).unwrap_or_default();
    for value in values.iter().filter(|value| !known.is_empty() && !known.iter().any(|known| known == *value)) {
        style::warn(&format!("`{value}` is not a documented value of {}; it is sent all the same", input.name));
    }
}

fn set(request: &mut Request, parameter: &'static Parameter, input: &Input, values: &[&str]) -> Result<(), Failure> {
    let joined = || values.join(",");
    match (parameter.place, parameter.style) {
        (Place::Path, _) => request.path(parameter.name, &joined()),
        (Place::Header, _) => request.header(parameter.name, &joined()),
        (Place::Cookie, _) => request.cookie(parameter.name, &joined()),
        (Place::Query, Style::Object(style)) => request.query_object(parameter.name, style, &members(input, values)?),
        (Place::Query, Style::Text(style)) if input.schema.kind() == Kind::List => {
            let items = values.iter().flat_map(|value| items(value));
            request.query_list(parameter.name, style, items)
        }
        (Place::Query, _) => request.query(parameter.name, &joined()),
    };
    Ok(())
}

/// The values that one word holds: the items of a JSON list, else the word itself.
fn items(word: &str) -> Vec<String> {
    match serde_json::from_str(word) {
        Ok(Value::Array(items)) => items.iter().map(plain).collect(),
        _ => vec![word.to_owned()],
    }
}

/// An object, typed as JSON or as `name=value` for each member.
fn members(input: &Input, values: &[&str]) -> Result<Value, Failure> {
    let mut object = Map::new();
    for value in values {
        match (serde_json::from_str(value), value.split_once('=')) {
            (Ok(Value::Object(members)), _) => object.extend(members),
            (_, Some((name, value))) => {
                let typed = match input.schema.property(name) {
                    Some(schema) => schema.typed(value),
                    None => Ok(Value::String(value.to_owned())),
                };
                let typed =
                    typed.map_err(|wrong| Failure::usage(format!("--{} {name}={value}: {wrong}", input.name)))?;
                object.insert(name.to_owned(), typed);
            }
            _ => return Err(Failure::usage(format!("--{} takes JSON, or name=value for each member", input.name))),
        }
    }
    Ok(Value::Object(object))
}

/// Headers and query parameters that the API's description does not know.
pub(crate) fn further(request: &mut Request, matches: &ArgMatches) -> Result<(), Failure> {
    for header in matches.get_many::<String>("header").into_iter().flatten() {
        let (name, value) = header.split_once(':').ok_or_else(|| Failure::usage("--header takes `Name: value`"))?;
        request.header(name.trim(), &value.trim());
    }
    let mut by_name: Vec<(String, Vec<&str>)> = Vec::new();
    for parameter in matches.get_many::<String>("query").into_iter().flatten() {
        let (name, value) = parameter.split_once('=').ok_or_else(|| Failure::usage("--query takes name=value"))?;
        match by_name.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value),
            None => by_name.push((name.to_owned(), vec![value])),
        }
    }
    for (name, values) in by_name {
        request.query_list(name, runtime::ListStyle::Multi, values);
    }
    Ok(())
}

/// Sets a body that was typed as a whole, for a request that no catalog describes.
pub(crate) fn whole_body(request: &mut Request, matches: &ArgMatches) -> Result<(), Failure> {
    let Some(typed) = matches.get_one::<String>("body") else { return Ok(()) };
    let content_type = matches.get_one::<String>("content-type").cloned();
    match content_type {
        Some(content_type) if !content_type.contains("json") => {
            request.bytes(content_type, read::bytes("--body", typed)?);
        }
        content_type => {
            let value = read::value("--body", typed)?;
            request.json(content_type.unwrap_or_else(|| "application/json".to_owned()), &value);
        }
    }
    Ok(())
}
