//! Whether a request is what the catalog says: parameters, media type, body. Every fault is named.

use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::form::{self, Part};
use super::known::KNOWN_HEADERS;
use super::request::{Incoming, fits};
use super::route::{PathValues, Target, fixed_query};
use super::schema::{self, Schemas};
use crate::operation::catalog::{Body, MediaType, Parameter, PartKind, Place, Style};
use crate::operation::{ListStyle, ObjectStyle};

/// What a request holds, where it is what the catalog says.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// The body, if it is JSON.
    pub(super) json: Option<Value>,
    /// The parts of a form.
    pub(super) parts: Vec<Part>,
}

/// Checks requests to one operation.
pub(super) struct Check<'a> {
    pub(super) schemas: &'a Schemas,
    pub(super) target: Target,
    pub(super) incoming: &'a Incoming<'a>,
    pub(super) faults: Vec<String>,
}

impl Check<'_> {
    /// Checks everything.
    pub(super) fn run(mut self, path: &PathValues, strict: bool) -> Result<Checked, Vec<String>> {
        let parameters = self.target.entry.parameters;
        for parameter in parameters {
            self.parameter(parameter, path);
        }
        if strict {
            self.undocumented(parameters);
        }
        let checked = match &self.target.entry.body {
            Some(body) => self.body(body),
            None => {
                if !self.incoming.body.is_empty() {
                    self.faults.push("body: the operation takes none".to_owned());
                }
                Checked::default()
            }
        };
        if self.faults.is_empty() { Ok(checked) } else { Err(self.faults) }
    }

    fn parameter(&mut self, parameter: &Parameter, path: &PathValues) {
        let texts: Vec<String> = match parameter.place {
            Place::Path => {
                path.iter().filter(|(name, _)| *name == parameter.name).map(|(_, text)| text.clone()).collect()
            }
            Place::Header => self.incoming.header(parameter.name).map(str::to_owned).into_iter().collect(),
            Place::Cookie => self.incoming.cookie(parameter.name).map(decoded).into_iter().collect(),
            Place::Query => return self.query(parameter),
        };
        self.texts(parameter, &texts);
    }

    fn query(&mut self, parameter: &Parameter) {
        let sent = self.incoming.query_values(parameter.name);
        let texts = match parameter.style {
            // The members are parameters of their own names, with a schema that leaves few of them out.
            Style::Object(ObjectStyle::Members | ObjectStyle::Deep) => return,
            Style::Text(style) => sent.iter().flat_map(|text| split(style, text)).map(decoded_query).collect(),
            Style::Object(ObjectStyle::Csv) | Style::Json => sent.into_iter().map(decoded_query).collect::<Vec<_>>(),
        };
        self.texts(parameter, &texts);
    }

    /// Checks the values of a parameter.
    fn texts(&mut self, parameter: &Parameter, texts: &[String]) {
        let place = place_name(parameter.place);
        if texts.is_empty() {
            if parameter.required {
                self.faults.push(format!("{place} `{}`: it is required", parameter.name));
            }
            return;
        }
        let resolved = schema::resolved(self.target.catalog, &schema::parsed(parameter.schema));
        let value = if parameter.style == Style::Json {
            serde_json::from_str(&texts[0]).unwrap_or_else(|_| Value::from(texts[0].as_str()))
        } else if schema::is_of(&resolved, "array") {
            let items = resolved.get("items").map(|items| schema::resolved(self.target.catalog, items));
            texts.iter().map(|text| typed(items.as_ref().unwrap_or(&Value::Null), text)).collect()
        } else if matches!(parameter.style, Style::Object(_)) {
            return;
        } else {
            if texts.len() > 1 {
                self.faults.push(format!("{place} `{}`: it is sent {} times", parameter.name, texts.len()));
            }
            typed(&resolved, &texts[0])
        };
        for (at, why) in self.schemas.faults(self.target.catalog, parameter.schema, &value) {
            self.faults.push(format!("{place} `{}`{}: {why}", parameter.name, at_pointer(&at)));
        }
    }

    /// Query parameters and headers that the document does not have.
    fn undocumented(&mut self, parameters: &[Parameter]) {
        let objects = parameters
            .iter()
            .any(|parameter| matches!(parameter.style, Style::Object(ObjectStyle::Members | ObjectStyle::Deep)));
        let known = |name: &str, place: Place| {
            parameters.iter().any(|known| known.place == place && known.name.eq_ignore_ascii_case(name))
        };
        let fixed = fixed_query(self.target.entry.operation.path);
        let query = self.incoming.query.iter().filter(|(name, _)| !objects && !known(name, Place::Query));
        let query = query.filter(|pair| !fixed.contains(pair));
        let unknown_query = query.map(|(name, _)| format!("query `{name}`: the operation has no such parameter"));
        let headers = self.incoming.headers.keys().map(http::HeaderName::as_str);
        let headers = headers.filter(|name| !known(name, Place::Header) && !KNOWN_HEADERS.contains(name));
        let unknown_headers = headers.map(|name| format!("header `{name}`: the operation has no such header"));
        self.faults.extend(unknown_query.chain(unknown_headers));
    }

    fn body(&mut self, body: &Body) -> Checked {
        if self.incoming.body.is_empty() && self.incoming.header(CONTENT_TYPE.as_str()).is_none() {
            if body.required {
                self.faults.push("body: it is required".to_owned());
            }
            return Checked::default();
        }
        let sent = self.incoming.media_type().unwrap_or_default();
        let Some(form) = body.media_types.iter().find(|known| fits(known.name, &sent)) else {
            let names: Vec<&str> = body.media_types.iter().map(|known| known.name).collect();
            self.faults.push(format!("header `Content-Type`: `{sent}` is not one of {}", names.join(", ")));
            return Checked::default();
        };
        match sent.as_str() {
            "multipart/form-data" => match form::multipart(self.incoming) {
                Ok(parts) => self.parts(form, parts),
                Err(why) => {
                    self.faults.push(format!("body: {why}"));
                    Checked::default()
                }
            },
            "application/x-www-form-urlencoded" => self.parts(form, form::urlencoded(self.incoming)),
            json if is_json(json) => self.json(form),
            _ => Checked::default(),
        }
    }

    fn json(&mut self, form: &MediaType) -> Checked {
        match serde_json::from_slice::<Value>(self.incoming.body) {
            Err(error) => {
                self.faults.push(format!("body: it is not JSON: {error}"));
                Checked::default()
            }
            Ok(json) => {
                for (at, why) in self.schemas.faults(self.target.catalog, form.schema, &json) {
                    self.faults.push(format!("body{}: {why}", at_pointer(&at)));
                }
                Checked { json: Some(json), parts: Vec::new() }
            }
        }
    }

    fn parts(&mut self, form: &MediaType, parts: Vec<Part>) -> Checked {
        for declared in form.parts {
            let sent: Vec<&Part> = parts.iter().filter(|part| part.name == declared.name).collect();
            if sent.is_empty() && declared.required {
                self.faults.push(format!("part `{}`: it is required", declared.name));
            }
            let files = matches!(declared.kind, PartKind::File | PartKind::Files);
            let plain = sent.iter().filter(|part| files && part.file.is_none()).count();
            if plain > 0 {
                self.faults.push(format!("part `{}`: it is a file, and has no file name", declared.name));
            }
        }
        Checked { json: None, parts }
    }
}

/// Whether a media type is JSON: by name, or by suffix (RFC 6839).
pub(super) fn is_json(media_type: &str) -> bool {
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    media_type.ends_with("/json") || media_type.ends_with("+json")
}

fn place_name(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    }
}

fn at_pointer(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(" at `{pointer}`") }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn decoded_query(text: &str) -> String {
    super::request::decoded(text)
}

/// The values in a text of this style; a separator is one only where it is not encoded, except for spaces and bars.
fn split(style: ListStyle, text: &str) -> Vec<&str> {
    match style {
        ListStyle::Multi => vec![text],
        ListStyle::Csv => text.split(',').collect(),
        ListStyle::Ssv => text.split("%20").flat_map(|part| part.split('+')).collect(),
        ListStyle::Pipes => text.split("%7C").flat_map(|part| part.split('|')).collect(),
    }
}

/// The value that a text stands for where this schema describes it; the text itself where it is not such a value.
fn typed(schema: &Value, text: &str) -> Value {
    let plain = || Value::String(text.to_owned());
    if schema::is_of(schema, "string") || schema.get("type").is_none() {
        return plain();
    }
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_) | Value::Null)) => value,
        _ => plain(),
    }
}
