//! What a call returns: each documented response, what a successful one carries, and what is accepted.

use indexmap::IndexSet;

use super::context::{Differing, Settling};
use super::types::ty;
use crate::model::{self, Docs, NamePath, Payload, Rank, Status, Usage};
use crate::rust::name::{OTHER, TypeName, VariantNames};
use crate::rust::plan::{ByStatus, Response, StatusVariant, Success, Type, TypeDef, TypeId, TypeKind};

impl Settling<'_> {
    /// Every documented response, in the order of the statuses.
    pub(super) fn responses(&self, operation: &model::Operation) -> Vec<Response> {
        let response = |response: &model::Response| Response {
            status: response.status,
            description: response.description.clone(),
            body: body(response),
        };
        operation.responses.iter().map(response).collect()
    }

    /// What a successful response carries. Where several are documented and carry the same or nothing, that is what the
    /// method gives; otherwise one of several things, told apart by status.
    pub(super) fn success(&mut self, operation: &model::Operation, responses: &[Response]) -> Success {
        let successes: Vec<&Response> = responses.iter().filter(|response| response.status.is_success()).collect();
        let mut filled = successes.iter().map(|response| &response.body).filter(|body| **body != Success::Empty);
        let Some(first) = filled.next() else {
            return default_success(responses, successes.is_empty());
        };
        let same = |other: &Success| other == first || (first.ty().is_some() && other.ty() == first.ty());
        if filled.all(same) {
            let is_certain = successes.iter().all(|response| response.body == *first);
            return match first {
                Success::Json(ty) if !is_certain => Success::JsonOrEmpty(ty.clone()),
                body => body.clone(),
            };
        }
        // Bytes are handed over while they arrive, whatever else there might have been.
        if successes.iter().any(|response| response.body == Success::Binary) {
            let origin = operation.origin.below("responses");
            let what = "one successful response of this operation is bytes, and another is not".to_owned();
            let help = "its method returns the bytes of either; tell them apart by `Response::status`".to_owned();
            self.report.warning("responses-differ", Some(origin), what, help);
            return Success::Binary;
        }
        self.by_status(operation, &successes)
    }

    /// An enum with a variant for each successful response.
    fn by_status(&mut self, operation: &model::Operation, responses: &[&Response]) -> Success {
        // No schema has this number.
        let id = TypeId(self.api.schemas.next_id().0 + self.by_status.len());
        self.by_status.push(Differing {
            id,
            path: NamePath::root(Rank::Operation, format!("{} responses", operation.id)),
            operation: operation.id.clone(),
            responses: responses.iter().map(|response| (*response).clone()).collect(),
            origin: operation.origin.below("responses"),
        });
        Success::ByStatus(Type::Named(id))
    }
}

/// The enum for what an operation gives whose successful responses differ.
pub(super) fn define(found: Differing, name: TypeName) -> TypeDef {
    let mut names = VariantNames::before(OTHER);
    let variant = |response: Response| {
        let Response { status, description, body } = response;
        let word = status.word().map_or_else(|| format!("Status{status}"), str::to_owned);
        let docs = Docs { description: Some(description), ..Docs::default() };
        StatusVariant { name: names.variant(&word), status, body, docs }
    };
    let variants = found.responses.into_iter().map(variant).collect();
    let description = format!("The response to `{}`, by status.", found.operation);
    TypeDef {
        id: found.id,
        path: found.path,
        first_name: name.ident.clone(),
        ident: name.ident,
        former: Vec::new(),
        module: name.module,
        docs: Docs { description: Some(description), ..Docs::default() },
        origin: found.origin,
        usage: Usage::Read,
        kind: TypeKind::ByStatus(ByStatus { variants }),
    }
}

/// What a response carries.
fn body(response: &model::Response) -> Success {
    match response.preferred().map(|content| &content.payload) {
        None => Success::Empty,
        Some(Payload::Json(value)) => match ty(value) {
            Type::Json => Success::Json(Type::Json),
            ty if value.nullable => Success::JsonOrEmpty(ty),
            ty => Success::Json(ty),
        },
        Some(Payload::Text(_)) => Success::Text,
        Some(Payload::Bytes(_) | Payload::Form(_) | Payload::UrlEncoded(_)) => Success::Binary,
    }
}

/// An operation that documents no successful status may still have a `default`; with neither, no body is expected.
fn default_success(responses: &[Response], undocumented: bool) -> Success {
    let default = responses.iter().find(|response| response.status == Status::Default);
    match default {
        Some(response) if undocumented => response.body.clone(),
        _ => Success::Empty,
    }
}

/// The media types of all responses, as far as they can be read, in the order of the statuses.
pub(super) fn accept(operation: &model::Operation) -> String {
    let types: IndexSet<&str> =
        operation.responses.iter().flat_map(model::Response::readable).map(model::MediaType::as_str).collect();
    if types.is_empty() { "*/*".to_owned() } else { types.into_iter().collect::<Vec<_>>().join(", ") }
}
