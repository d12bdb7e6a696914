//! Operations: what is called, with which arguments, and what comes back.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Operation as Source, Parameter as SourceParameter, PathItem, ReferenceOr};

use super::context::{Lowering, Site};
use super::docs;
use super::parameter::{Bounds, Lowered, resolve_parameter};
use crate::ir::{
    Body, Docs, Method, Name, Need, Operation, Paging, Parameter, Place, Rank, Requirement, Success, Type,
};
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
    pub operation: &'a Source,
    item: &'a PathItem,
}

impl<'a> Call<'a> {
    /// Every operation of the document, in its order.
    pub(super) fn all(openapi: &'a OpenAPI) -> Vec<Self> {
        let mut calls = Vec::new();
        for (path, item) in &openapi.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            for (method, operation) in item.iter() {
                let Some(known) = method_of(method) else { continue };
                let pointer = format!("/paths/{}/{method}", escape(path));
                let id = operation.operation_id.clone().unwrap_or_else(|| format!("{method} {path}"));
                calls.push(Self { id, method: known, path, pointer, operation, item });
            }
        }
        calls
    }

    /// Its parameters and those of its path, which it may override; each with the pointer of its definition.
    pub(super) fn parameters(&self, lowering: &Lowering<'a>) -> Vec<(&'a SourceParameter, String)> {
        let path_pointer = format!("/paths/{}", escape(self.path));
        let own =
            self.operation.parameters.iter().enumerate().map(|(i, p)| (p, format!("{}/parameters/{i}", self.pointer)));
        let shared =
            self.item.parameters.iter().enumerate().map(|(i, p)| (p, format!("{path_pointer}/parameters/{i}")));
        let mut known = BTreeSet::new();
        let mut found: Vec<(&SourceParameter, String)> = Vec::new();
        for (parameter, pointer) in own.chain(shared) {
            let Some((parameter, pointer)) = resolve_parameter(lowering, parameter, pointer) else { continue };
            if known.insert(identity(parameter)) {
                found.push((parameter, pointer));
            }
        }
        found
    }
}

/// A parameter is known by its place and its name (OpenAPI 3.0.3, Parameter Object).
fn identity(parameter: &SourceParameter) -> (&'static str, &str) {
    let place = match parameter {
        SourceParameter::Query { .. } => "query",
        SourceParameter::Header { .. } => "header",
        SourceParameter::Path { .. } => "path",
        SourceParameter::Cookie { .. } => "cookie",
    };
    (place, &parameter.parameter_data_ref().name)
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

impl<'a> Lowering<'a> {
    /// Lowers one operation; `base` is the path that all of them are below.
    pub(super) fn operation(&mut self, call: &Call<'a>, base: &str) -> Operation {
        let parameters: Vec<Lowered> = call
            .parameters(self)
            .into_iter()
            .map(|(parameter, pointer)| self.parameter(&call.id, parameter, &pointer))
            .collect();
        let answers = self.answers(call);
        let body = self.body(call);
        let success = self.success(call, &answers);
        let paging = paging(call.method, &parameters, &success);
        self.complete();
        let (mut arguments, setters) = split(parameters);
        arguments.sort_by_key(|parameter| rank(parameter, call.path));
        let source = call.operation;
        Operation {
            name: Name::wire(&call.id),
            builder: String::new(),
            method: call.method,
            path: format!("{base}{}", call.path),
            docs: Docs {
                summary: source.summary.clone(),
                description: described(source),
                deprecation: docs::deprecation(source.deprecated),
                ..Docs::default()
            },
            arguments,
            setters,
            body,
            success,
            accept: self.accept(call),
            answers,
            requirements: self.requirements(call),
            paging,
            origin: self.origin(&call.pointer),
        }
    }

    /// Scopes of each security scheme, and the extensions that the configuration wants to see.
    fn requirements(&self, call: &Call<'a>) -> Vec<Requirement> {
        let security = call.operation.security.as_ref().or(self.openapi.security.as_ref());
        let mut requirements: Vec<Requirement> = Vec::new();
        for (_, scopes) in security.into_iter().flatten().flatten() {
            let known = requirements.iter_mut().find(|requirement| requirement.label == "Scopes");
            match known {
                _ if scopes.is_empty() => {}
                Some(known) => {
                    let new: Vec<String> =
                        scopes.iter().filter(|scope| !known.values.contains(scope)).cloned().collect();
                    known.values.extend(new);
                }
                None => requirements.push(Requirement { label: "Scopes".to_owned(), values: scopes.clone() }),
            }
        }
        for (key, label) in self.documented_extensions {
            let Some(value) = call.operation.extensions.get(key) else { continue };
            let values: Vec<String> = match value {
                serde_json::Value::Array(items) => items.iter().map(plain).collect(),
                other => vec![plain(other)],
            };
            requirements.push(Requirement { label: label.clone(), values });
        }
        requirements
    }

    /// The request body, if the operation has one.
    fn body(&mut self, call: &Call<'a>) -> Option<Body> {
        let source = call.operation.request_body.as_ref()?;
        let openapi = self.openapi;
        let at = format!("{}/requestBody", call.pointer);
        let (source, pointer, component) = super::context::follow(source, at, "requestBodies", |name| {
            openapi.components.as_ref()?.request_bodies.get(name)
        })?;
        let root = component.unwrap_or_else(|| format!("{} request", call.id));
        let site = Site::root(pointer, Rank::Operation, root);
        let kind = self.body_kind(&site, &source.content)?;
        Some(Body {
            kind,
            need: if source.required { Need::Required } else { Need::Optional },
            ident: String::new(),
            docs: Docs { description: source.description.clone(), ..Docs::default() },
        })
    }
}

/// The description, and the link to more where there is one.
fn described(source: &Source) -> Option<String> {
    let link = source.external_docs.as_ref().map(|more| {
        let words = more.description.as_deref().unwrap_or("More about this operation");
        format!("[{}]({})", words.trim_end_matches('.'), more.url)
    });
    let parts: Vec<String> = source.description.clone().into_iter().chain(link).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is required becomes an argument, the rest setters.
fn split(parameters: Vec<Lowered>) -> (Vec<Parameter>, Vec<Parameter>) {
    let (required, optional): (Vec<_>, Vec<_>) = parameters.into_iter().partition(|lowered| lowered.required);
    (
        required.into_iter().map(|lowered| lowered.parameter).collect(),
        optional.into_iter().map(|lowered| lowered.parameter).collect(),
    )
}

/// Path parameters come first, in the order of the template; the rest keeps the document's order.
fn rank(parameter: &Parameter, path: &str) -> usize {
    match parameter.place {
        Place::Path => path.find(&format!("{{{}}}", parameter.name.wire)).unwrap_or(path.len()),
        _ => path.len() + 1,
    }
}

/// A list that takes `offset` and `limit` as integers is read page by page.
fn paging(method: Method, parameters: &[Lowered], success: &Success) -> Option<Paging> {
    let integer = |name: &str| -> Option<Bounds> {
        let found = parameters.iter().find(|lowered| {
            matches!(lowered.parameter.place, Place::Query(_)) && lowered.parameter.name.wire == name
        })?;
        matches!(found.parameter.ty, Type::Int64).then_some(found.bounds)
    };
    let Success::Json(Type::List(item)) = success else { return None };
    if method != Method::Get {
        return None;
    }
    integer("offset")?;
    let limit = integer("limit")?;
    // Where the document states neither, this is the size that most servers grant.
    const USUAL_PAGE: u32 = 100;
    let size = limit.default.or(limit.maximum).and_then(|size| u32::try_from(size).ok()).filter(|size| *size > 0);
    Some(Paging {
        offset: "offset".to_owned(),
        limit: "limit".to_owned(),
        size: size.unwrap_or(USUAL_PAGE),
        item: (**item).clone(),
    })
}
