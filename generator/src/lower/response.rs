//! What comes back: each documented answer, what a successful one carries, and what is accepted.

use indexmap::IndexSet;
use openapiv3::{Content, MediaType, ReferenceOr, Response, StatusCode};

use super::body::{essence, is_json, is_text, preference};
use super::context::{Lowering, Site, follow};
use super::operation::Call;
use crate::ir::{Answer, Rank, Success, Type};
use crate::pointer::escape;

/// The names of the statuses that error bodies come with (RFC 9110, section 15; RFC 6585, section 4).
fn reason(status: &str) -> Option<&'static str> {
    Some(match status {
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
        let mut sources = self.sources(call);
        sources.sort_by(|(a, _), (b, _)| (a == "default").cmp(&(b == "default")).then_with(|| a.cmp(b)));
        let mut answers = Vec::with_capacity(sources.len());
        for (status, source) in sources {
            let Some((response, site)) = self.response(call, &status, source) else { continue };
            let body = self.content(&site, &status, &response.content);
            answers.push(Answer { status, description: response.description.clone(), body });
        }
        answers
    }

    fn sources(&self, call: &Call<'a>) -> Vec<(String, &'a ReferenceOr<Response>)> {
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
            None if status.starts_with('2') => Site::root(pointer, Rank::Operation, format!("{} response", call.id)),
            None => Site::root(pointer, Rank::Operation, format!("{} {status} response", call.id)),
        };
        Some((response, site))
    }

    /// What an answer with this `content` carries.
    fn content(&mut self, site: &Site, status: &str, content: &'a Content) -> Success {
        let chosen = content.iter().min_by_key(|(media_type, _)| preference(media_type));
        let Some((media_type, media)) = chosen else { return Success::Empty };
        // These statuses never have content (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5).
        if matches!(status, "204" | "205" | "304") {
            return Success::Empty;
        }
        let essence = essence(media_type);
        if is_json(&essence) { self.json(site, media_type, media) } else { raw(&essence) }
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

    /// What a successful answer carries. Where several are documented, the first of the richest kind is what the method
    /// gives; the others must agree with it, or the value is plain JSON.
    pub(super) fn success(&mut self, call: &Call<'a>, answers: &[Answer]) -> Success {
        let bodies: Vec<&Success> =
            answers.iter().filter(|answer| answer.status.starts_with('2')).map(|answer| &answer.body).collect();
        let mut filled = bodies.iter().filter(|body| ***body != Success::Empty);
        let has_empty = bodies.contains(&&Success::Empty);
        let Some(first) = filled.next() else {
            return default_success(answers, bodies.is_empty());
        };
        let agreed = filled.all(|body| body == first);
        match (*first, agreed) {
            (Success::Json(ty) | Success::JsonOrEmpty(ty), true) if has_empty => Success::JsonOrEmpty(ty.clone()),
            (body, true) => body.clone(),
            (_, false) => {
                let origin = self.origin(&format!("{}/responses", call.pointer));
                self.report.warning(
                    "answers-differ",
                    Some(origin),
                    "the successful answers of this operation carry different types".to_owned(),
                    "its method returns plain JSON; tell them apart by `Response::status`".to_owned(),
                );
                Success::JsonOrEmpty(Type::Json)
            }
        }
    }

    /// The media types of all answers, successful ones first.
    pub(super) fn accept(&self, call: &Call<'a>) -> String {
        let mut sources = self.sources(call);
        sources.sort_by(|(a, _), (b, _)| (a == "default").cmp(&(b == "default")).then_with(|| a.cmp(b)));
        let mut types: IndexSet<&str> = IndexSet::new();
        for (status, source) in sources {
            let Some((response, _)) = self.response(call, &status, source) else { continue };
            types.extend(response.content.keys().map(String::as_str));
        }
        if types.is_empty() { "*/*".to_owned() } else { types.into_iter().collect::<Vec<_>>().join(", ") }
    }
}

/// An operation that documents no success by number may still have a `default`; with neither, nothing is expected.
fn default_success(answers: &[Answer], undocumented: bool) -> Success {
    let default = answers.iter().find(|answer| answer.status == "default");
    match default {
        Some(answer) if undocumented => answer.body.clone(),
        _ => Success::Empty,
    }
}

fn raw(essence: &str) -> Success {
    if is_text(essence) { Success::Text } else { Success::Binary }
}
