//! `--schema`: what an operation takes and returns, as one JSON Schema document for scripts and agents.

use std::collections::BTreeMap;

use runtime::catalog::{Place, Status};
use serde_json::{Map, Value, json};

use super::print;
use crate::failure::Ending;
use crate::index::Target;
use crate::line::{Source, inputs};
use crate::output::pretty;

/// Prints the description of an operation.
///
/// # Errors
///
/// If standard output cannot be written.
pub(crate) fn schema(target: &Target) -> Result<(), Ending> {
    let entry = target.entry;
    let mut defs = Defs { target, found: BTreeMap::new() };
    let mut properties = Map::new();
    let mut required = Vec::new();
    for input in inputs(target) {
        let Source::Parameter(parameter) = input.source else { continue };
        let mut schema = defs.read(parameter.schema);
        if let Value::Object(words) = &mut schema {
            words.insert("description".to_owned(), parameter.description.into());
            words.insert("x-in".to_owned(), place(parameter.place).into());
            words.insert("x-argument".to_owned(), argument(&input.name, input.is_positional()).into());
        }
        properties.insert(parameter.name.to_owned(), schema);
        if parameter.required {
            required.push(Value::from(parameter.name));
        }
    }
    let mut document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": entry.operation.id,
        "description": format!("{}\n\n{}", entry.summary, entry.description).trim(),
        "x-command": target.command(),
        "x-api": target.catalog.name,
        "x-method": entry.operation.method.as_str(),
        "x-path": entry.operation.path,
        "type": "object",
        "properties": { "parameters": { "type": "object", "properties": properties, "required": required } },
    });
    if let Some(media) = entry.body.as_ref().and_then(|body| body.media_types.first()) {
        let mut schema = defs.read(media.schema);
        if let Value::Object(words) = &mut schema {
            words.insert("contentMediaType".to_owned(), media.name.into());
        }
        document["properties"]["body"] = schema;
    }
    for response in entry.responses {
        let media = response.media_types.first();
        let schema = media.map_or(Value::Null, |media| defs.read(media.schema));
        document["x-responses"][status(response.status)] =
            json!({ "description": response.description, "schema": schema });
    }
    document["$defs"] = Value::Object(defs.found.into_iter().collect());
    print(&format!("{}\n", pretty(&document)))
}

/// The schemas that were referred to.
struct Defs<'a> {
    target: &'a Target,
    found: BTreeMap<String, Value>,
}

impl Defs<'_> {
    /// A schema whose references lead to the document's own definitions.
    fn read(&mut self, text: &str) -> Value {
        let mut value = serde_json::from_str(text).unwrap_or_else(|_| json!({}));
        self.redirect(&mut value);
        value
    }

    fn redirect(&mut self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.redirect(item)),
            Value::Object(members) => {
                for (name, member) in members.iter_mut() {
                    match member {
                        Value::String(reference) if name == "$ref" => *reference = self.define(reference),
                        member => self.redirect(member),
                    }
                }
            }
            _ => {}
        }
    }

    fn define(&mut self, reference: &str) -> String {
        let name = reference.rsplit('/').next().unwrap_or_default().to_owned();
        if !self.found.contains_key(&name) {
            // Noted before it is read, because it may lead back to itself.
            self.found.insert(name.clone(), Value::Bool(true));
            let schema = self.read(self.target.catalog.schema(&name).unwrap_or("true"));
            self.found.insert(name.clone(), schema);
        }
        format!("#/$defs/{name}")
    }
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

fn argument(name: &str, positional: bool) -> String {
    if positional { format!("<{name}>") } else { format!("--{name}") }
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "default".to_owned(),
    }
}
