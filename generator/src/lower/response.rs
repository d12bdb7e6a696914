//! What comes back: each documented answer, what a successful one carries, and what is accepted.

use indexmap::IndexSet;
use openapiv3::{Content, MediaType, ReferenceOr, Response, StatusCode};

use super::body::{essence, is_json, is_text, preference};
use super::context::{DraftKind, Lowering, Site, follow};
use super::operation::Call;
use crate::ir::{Answer, AnswerVariant, Answers, Docs, Name, Rank, StatusRange, Success, Type, TypeKind};
use crate::pointer::escape;

/// The names of the statuses that answers come with (RFC 9110, section 15; RFC 4918, 5842, 3229 and 6585).
fn reason(status: &str) -> Option<&'static str> {
    Some(match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritativeInformation",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "207" => "MultiStatus",
        "208" => "AlreadyReported",
        "226" => "ImUsed",
        "2XX" => "Success",
        "400" => "BadRequest",
        "401" => "Unauthorized",
        "402" => "PaymentRequired",
        "403" => "Forbidden",
        "404" => "NotFound",
        "405" => "MethodNotAllowed",
        "406" => "NotAcceptable",
        "408" => "RequestTimeout",
        "409" => "Conflict",
        "410" => "Gone",
        "412" => "PreconditionFailed",
        "413" => "ContentTooLarge",
        "415" => "UnsupportedMediaType",
        "422" => "UnprocessableContent",
        "429" => "TooManyRequests",
        "500" => "InternalServerError",
        "502" => "BadGateway",
        "503" => "ServiceUnavailable",
        "504" => "GatewayTimeout",
        _ => return None,
    })
}

impl<'a> Lowering<'a> {
    /// Every documented answer, in the order of the statuses, `default` last.
    pub(super) fn answers(&mut self, call: &Call<'a>) -> Vec<Answer> {
        let mut sources = sources(call);
        sources.sort_by(|(a, _), (b, _)| (a == "default").cmp(&(b == "default")).then_with(|| a.cmp(b)));
        let mut answers = Vec::with_capacity(sources.len());
        for (status, source) in sources {
            let Some((response, site)) = self.response(call, &status, source) else { continue };
            let body = self.content(&site, &status, &response.content);
            answers.push(Answer { status, description: response.description.clone(), body });
        }
        answers
    }

    /// The answer itself, and the place that names its inline body: the component where it is one.
    fn response(
        &self,
        call: &Call<'a>,
        status: &str,
        source: &'a ReferenceOr<Response>,
    ) -> Option<(&'a Response, Site)> {
        let openapi = self.openapi;
        let at = format!("{}/responses/{status}", call.pointer);
        let (response, pointer, component) =
            follow(source, at, "responses", |name| openapi.components.as_ref()?.responses.get(name))?;
        let site = match component {
            // A component that is called after its status says less than the status itself does.
            Some(name) => {
                let root = reason(&name).map_or(name.clone(), str::to_owned);
                Site::root(pointer, Rank::Response, root)
            }
            None if status.starts_with('2') && self.is_first_success(call, status) => {
                Site::root(pointer, Rank::Operation, format!("{} response", call.id))
            }
            None => {
                let root = format!("{} {status} response", call.id);
                let media_type = chosen(&response.content).map(|(media_type, _)| media_type);
                let shared = media_type
                    .filter(|_| !status.starts_with('2'))
                    .and_then(|media_type| self.error_names.site(self, &pointer, media_type));
                shared.unwrap_or_else(|| Site::root(pointer, Rank::Operation, root))
            }
        };
        Some((response, site))
    }

    /// Whether no success with a smaller status is documented that has a body: the first is called after the operation
    /// alone.
    fn is_first_success(&self, call: &Call<'a>, status: &str) -> bool {
        !sources(call).iter().any(|(other, source)| {
            let has_body = match source {
                ReferenceOr::Item(response) => !response.content.is_empty(),
                // A component is called after itself.
                ReferenceOr::Reference { .. } => false,
            };
            other.starts_with('2') && other.as_str() < status && has_body
        })
    }

    /// What an answer with this `content` carries.
    fn content(&mut self, site: &Site, status: &str, content: &'a Content) -> Success {
        let Some((media_type, media)) = chosen(content) else { return Success::Empty };
        // These statuses never have content (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5).
        if matches!(status, "204" | "205" | "304") {
            return Success::Empty;
        }
        match kind(media_type) {
            Kind::Json => self.json(site, media_type, media),
            Kind::Text => Success::Text,
            Kind::Bytes => Success::Binary,
        }
    }

    fn json(&mut self, site: &Site, media_type: &str, media: &'a MediaType) -> Success {
        let at = site.below(&format!("content/{}/schema", escape(media_type)));
        let Some(schema) = &media.schema else { return Success::Json(Type::Json) };
        let value = self.schema(&at, schema);
        match value.ty {
            Type::Json => Success::Json(Type::Json),
            ty if value.nullable => Success::JsonOrEmpty(ty),
            ty => Success::Json(ty),
        }
    }

    /// What a successful answer carries. Where several are documented and carry the same or nothing, that is what the
    /// method gives; otherwise one of several things, told apart by status.
    pub(super) fn success(&mut self, call: &Call<'a>, answers: &[Answer]) -> Success {
        let successes: Vec<&Answer> = answers.iter().filter(|answer| answer.status.starts_with('2')).collect();
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
            let origin = self.origin(&format!("{}/responses", call.pointer));
            let what = "one of the successful answers of this operation is bytes, and another is not".to_owned();
            let help = "its method gives the bytes of all of them; tell them apart by `Response::status`".to_owned();
            self.report.warning("answers-differ", Some(origin), what, help);
            return Success::Binary;
        }
        self.by_status(call, &successes)
    }

    /// An enum with a variant for each successful answer.
    fn by_status(&mut self, call: &Call<'a>, answers: &[&Answer]) -> Success {
        let mut variants: Vec<AnswerVariant> = answers
            .iter()
            .filter_map(|answer| {
                let name = reason(&answer.status).map_or_else(|| format!("Status{}", answer.status), str::to_owned);
                let docs = Docs { description: Some(answer.description.clone()), ..Docs::default() };
                let status = StatusRange::parse(&answer.status)?;
                Some(AnswerVariant { name: Name::wire(name), status, body: answer.body.clone(), docs })
            })
            .collect();
        variants.sort_by_key(|variant| variant.status);
        let root = format!("{} answer", call.id);
        let site = Site::root(format!("{}/responses", call.pointer), Rank::Operation, root);
        let description = format!("What `{}` is answered with, by status.", call.id);
        let docs = Docs { description: Some(description), ..Docs::default() };
        let kind = TypeKind::Answers(Answers { variants, other_ident: String::new() });
        let id = self.define(&site, docs, DraftKind::Done(kind));
        Success::Answers(Type::Named(id))
    }

    /// The media types of all answers, as far as they can be read; successful ones first.
    pub(super) fn accept(&self, call: &Call<'a>) -> String {
        let mut sources = sources(call);
        sources.sort_by(|(a, _), (b, _)| (a == "default").cmp(&(b == "default")).then_with(|| a.cmp(b)));
        let mut types: IndexSet<&str> = IndexSet::new();
        for (status, source) in sources {
            let Some((response, _)) = self.response(call, &status, source) else { continue };
            let Some((chosen, _)) = chosen(&response.content) else { continue };
            // What could not be read must not be asked for; bytes can be anything.
            let readable =
                |media_type: &&String| matches!(kind(chosen), Kind::Bytes) || kind(media_type) == kind(chosen);
            types.extend(response.content.keys().filter(readable).map(String::as_str));
        }
        if types.is_empty() { "*/*".to_owned() } else { types.into_iter().collect::<Vec<_>>().join(", ") }
    }
}

/// Every answer that an operation documents, by its status.
pub(super) fn sources<'a>(call: &Call<'a>) -> Vec<(String, &'a ReferenceOr<Response>)> {
    let responses = &call.operation.responses;
    let stated = responses.responses.iter().map(|(status, response)| {
        let status = match status {
            StatusCode::Code(code) => code.to_string(),
            StatusCode::Range(hundred) => format!("{hundred}XX"),
        };
        (status, response)
    });
    stated.chain(responses.default.iter().map(|response| ("default".to_owned(), response))).collect()
}

/// An operation that documents no success by number may still have a `default`; with neither, nothing is expected.
fn default_success(answers: &[Answer], undocumented: bool) -> Success {
    let default = answers.iter().find(|answer| answer.status == "default");
    match default {
        Some(answer) if undocumented => answer.body.clone(),
        _ => Success::Empty,
    }
}

/// How a body is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Text,
    Bytes,
}

fn kind(media_type: &str) -> Kind {
    let essence = essence(media_type);
    if is_json(&essence) {
        Kind::Json
    } else if is_text(&essence) {
        Kind::Text
    } else {
        Kind::Bytes
    }
}

/// The media type that an answer is read as: JSON if that can be had, else bytes, which text can be read as too.
pub(super) fn chosen(content: &Content) -> Option<(&String, &MediaType)> {
    content.iter().min_by_key(|(media_type, _)| match kind(media_type) {
        Kind::Json => (0, preference(media_type)),
        Kind::Bytes => (1, 0),
        Kind::Text => (2, 0),
    })
}
