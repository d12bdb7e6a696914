//! The operations of a document, each with the parameters and responses that belong to it, references followed.

use std::collections::BTreeSet;

use openapiv3::{Content, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, Response, StatusCode};

use super::source::{Found, Source};
use crate::model::{MediaType, Method, Status};
use crate::pointer::escape;

/// An operation of the document, with what stands around it.
pub(super) struct Call<'a> {
    /// `operationId`.
    pub id: String,
    pub method: Method,
    /// The path template as the document has it.
    pub path: &'a str,
    /// JSON pointer of the operation.
    pub pointer: String,
    pub operation: &'a Operation,
    pub item: &'a PathItem,
    /// Its own parameters, then those of its path that it does not override.
    pub parameters: Vec<Found<'a, Parameter>>,
    /// Every response that it documents, in the order of the statuses.
    pub responses: Vec<(Status, Found<'a, Response>)>,
}

impl<'a> Call<'a> {
    /// Every operation of the document, in its order.
    pub(super) fn all(source: Source<'a>) -> Vec<Self> {
        let openapi: &OpenAPI = source.openapi;
        let mut calls = Vec::new();
        for (path, item) in &openapi.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            for (key, operation) in item.iter() {
                let Some(method) = method_of(key) else { continue };
                let pointer = format!("/paths/{}/{key}", escape(path));
                let id = operation.operation_id.clone().unwrap_or_else(|| format!("{key} {path}"));
                let parameters = parameters(source, path, &pointer, operation, item);
                let responses = responses(source, &pointer, operation);
                calls.push(Self { id, method, path, pointer, operation, item, parameters, responses });
            }
        }
        calls
    }
}

fn parameters<'a>(
    source: Source<'a>,
    path: &str,
    pointer: &str,
    operation: &'a Operation,
    item: &'a PathItem,
) -> Vec<Found<'a, Parameter>> {
    let path_pointer = format!("/paths/{}", escape(path));
    let own = operation.parameters.iter().enumerate().map(|(i, p)| (p, format!("{pointer}/parameters/{i}")));
    let shared = item.parameters.iter().enumerate().map(|(i, p)| (p, format!("{path_pointer}/parameters/{i}")));
    let mut known = BTreeSet::new();
    let found = own.chain(shared).filter_map(|(parameter, at)| source.parameter(parameter, at));
    found.filter(|found| known.insert(identity(found.item))).collect()
}

/// A parameter is known by its place and its name (OpenAPI 3.0.3, Parameter Object).
fn identity(parameter: &Parameter) -> (&'static str, &str) {
    let place = match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    };
    (place, &parameter.parameter_data_ref().name)
}

fn responses<'a>(source: Source<'a>, pointer: &str, operation: &'a Operation) -> Vec<(Status, Found<'a, Response>)> {
    let stated = operation.responses.responses.iter().map(|(status, response)| {
        let status = match status {
            StatusCode::Code(code) => Status::Code(*code),
            StatusCode::Range(hundred) => Status::Range(*hundred),
        };
        (status, response)
    });
    let default = operation.responses.default.iter().map(|response| (Status::Default, response));
    let mut found: Vec<(Status, Found<'a, Response>)> = stated
        .chain(default)
        .filter_map(|(status, response)| {
            Some((status, source.response(response, format!("{pointer}/responses/{status}"))?))
        })
        .collect();
    found.sort_by_key(|(status, _)| *status);
    found
}

fn method_of(key: &str) -> Option<Method> {
    Some(match key {
        "delete" => Method::Delete,
        "get" => Method::Get,
        "head" => Method::Head,
        "options" => Method::Options,
        "patch" => Method::Patch,
        "post" => Method::Post,
        "put" => Method::Put,
        "trace" => Method::Trace,
        _ => return None,
    })
}

/// The media type of a response that clients read.
pub(super) fn preferred(content: &Content) -> Option<&String> {
    content.keys().min_by_key(|name| {
        let media_type = MediaType::new(*name);
        media_type.preference_of_response(media_type.syntax_of_response())
    })
}
