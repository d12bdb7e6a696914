//! What a call gives: each documented response, what a successful one carries, and what is accepted.

use indexmap::IndexSet;

use super::context::{ByStatus, Settling};
use super::types::ty;
use crate::model::{self, Docs, NamePath, Payload, Rank, Response, Status, Usage};
use crate::rust::name::{OTHER, TypeName, VariantNames};
use crate::rust::plan::{Answer, AnswerVariant, Answers, Success, Type, TypeDef, TypeId, TypeKind};

impl Settling<'_> {
    /// Every documented response, in the order of the statuses.
    pub(super) fn answers(&self, operation: &model::Operation) -> Vec<Answer> {
        let answer = |response: &Response| Answer {
            status: response.status,
            description: response.description.clone(),
            body: body(response),
        };
        operation.responses.iter().map(answer).collect()
    }

    /// What a successful response carries. Where several are documented and carry the same or nothing, that is what the
    /// method gives; otherwise one of several things, told apart by status.
    pub(super) fn success(&mut self, operation: &model::Operation, answers: &[Answer]) -> Success {
        let successes: Vec<&Answer> = answers.iter().filter(|answer| answer.status.is_success()).collect();
        let mut filled = successes.iter().map(|answer| &answer.body).filter(|body| **body != Success::Empty);
        let Some(first) = filled.next() else {
            return default_success(answers, successes.is_empty());
        };
        let same = |other: &Success| other == first || (first.ty().is_some() && other.ty() == first.ty());
        if filled.all(same) {
            let is_certain = successes.iter().all(|answer| answer.body == *first);
            return match first {
                Success::Json(ty) if !is_certain => Success::JsonOrEmpty(ty.clone()),
                body => body.clone(),
            };
        }
        // Bytes are handed over while they arrive, whatever else there might have been.
        if successes.iter().any(|answer| answer.body == Success::Binary) {
            let origin = operation.origin.below("responses");
            let what = "one of the successful answers of this operation is bytes, and another is not".to_owned();
            let help = "its method gives the bytes of all of them; tell them apart by `Response::status`".to_owned();
            self.report.warning("answers-differ", Some(origin), what, help);
            return Success::Binary;
        }
        self.by_status(operation, &successes)
    }

    /// An enum with a variant for each successful response.
    fn by_status(&mut self, operation: &model::Operation, answers: &[&Answer]) -> Success {
        // No schema has this number.
        let id = TypeId(self.api.schemas.next_id().0 + self.by_status.len());
        self.by_status.push(ByStatus {
            id,
            path: NamePath::root(Rank::Operation, format!("{} answer", operation.id)),
            operation: operation.id.clone(),
            answers: answers.iter().map(|answer| (*answer).clone()).collect(),
            origin: operation.origin.below("responses"),
        });
        Success::Answers(Type::Named(id))
    }
}

/// The enum for what an operation gives whose successful responses differ.
pub(super) fn define(found: ByStatus, name: TypeName) -> TypeDef {
    let mut names = VariantNames::before(OTHER);
    let variant = |answer: Answer| {
        let Answer { status, description, body } = answer;
        let word = status.word().map_or_else(|| format!("Status{status}"), str::to_owned);
        let docs = Docs { description: Some(description), ..Docs::default() };
        AnswerVariant { name: names.variant(&word), status, body, docs }
    };
    let variants = found.answers.into_iter().map(variant).collect();
    let description = format!("What `{}` is answered with, by status.", found.operation);
    TypeDef {
        id: found.id,
        path: found.path,
        ident: name.ident,
        module: name.module,
        docs: Docs { description: Some(description), ..Docs::default() },
        origin: found.origin,
        usage: Usage::Read,
        kind: TypeKind::Answers(Answers { variants }),
    }
}

/// What a response carries.
fn body(response: &Response) -> Success {
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

/// An operation that documents no success by number may still have a `default`; with neither, nothing is expected.
fn default_success(answers: &[Answer], undocumented: bool) -> Success {
    let default = answers.iter().find(|answer| answer.status == Status::Default);
    match default {
        Some(answer) if undocumented => answer.body.clone(),
        _ => Success::Empty,
    }
}

/// The media types of all responses, as far as they can be read, in the order of the statuses.
pub(super) fn accept(operation: &model::Operation) -> String {
    let types: IndexSet<&str> =
        operation.responses.iter().flat_map(Response::readable).map(model::MediaType::as_str).collect();
    if types.is_empty() { "*/*".to_owned() } else { types.into_iter().collect::<Vec<_>>().join(", ") }
}
