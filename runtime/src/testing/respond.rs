//! From a request to a response: the steps that the room's front page lists.

use bytes::Bytes;
use http::header::ALLOW;
use http::{Method, StatusCode};

use super::call::{Call, code_of};
use super::check::Check;
use super::prefer::Preferences;
use super::reply::Reply;
use super::request::Incoming;
use super::route::Found;
use super::seen::Seen;
use super::shared::{Held, Shared};
use super::state::Outcome;
use super::{admin, damage, fault};

impl Shared {
    pub(super) fn respond(&self, request: &http::Request<Bytes>) -> Reply {
        let incoming = Incoming::new(request);
        if let Some(reply) = admin::respond(self, &incoming) {
            return reply;
        }
        let mut held = self.held();
        let (operation, faults, mut reply) = self.decide(&mut held, &incoming);
        reply.faults.clone_from(&faults);
        let seen = Seen {
            method: request.method().clone(),
            target: request.uri().path_and_query().map_or_else(String::new, ToString::to_string),
            headers: request.headers().clone(),
            body: request.body().clone(),
            operation,
            status: reply.status,
            faults,
        };
        self.remember(&mut held, seen);
        drop(held);
        reply
    }

    fn decide(&self, held: &mut Held, incoming: &Incoming<'_>) -> (Option<&'static str>, Vec<String>, Reply) {
        if let Some((operation, reply)) = held.stubbed(incoming) {
            return (Some(operation), Vec::new(), reply);
        }
        if self.routes.all().next().is_none() {
            let why = held.unexpected(incoming);
            return (
                None,
                vec![why.clone()],
                Reply::problem(StatusCode::NOT_IMPLEMENTED, "nobody expected this request", &[why]),
            );
        }
        let preferences = match Preferences::read(incoming.headers) {
            Ok(preferences) => preferences,
            Err(wrong) => {
                let reply = Reply::problem(StatusCode::BAD_REQUEST, "the header `Prefer` cannot be fulfilled", &wrong);
                return (None, wrong, reply);
            }
        };
        let found = self.routes.find(incoming);
        let operation = match &found {
            Found::Operation(target, _) => Some(target.entry.operation.id),
            _ => None,
        };
        let mut ordered = fault::take(&mut held.ordered, operation);
        ordered.extend(&preferences.faults);
        let is_token = *incoming.method == Method::POST && self.token_paths.iter().any(|path| path == incoming.path);
        let (faults, mut reply) = match (damage::instead(&ordered), found) {
            (Some(reply), _) => (Vec::new(), reply),
            (None, _) if is_token => (Vec::new(), held.tokens.issue(incoming, self.options.token_life)),
            (None, Found::Operation(target, path)) => {
                Call { shared: self, target, path, incoming, preferences, ordered: &ordered }.respond(held)
            }
            (None, found) => nothing(&found, incoming),
        };
        damage::delivery(&mut reply, &ordered);
        (operation, faults, reply)
    }
}

/// There is no such operation.
fn nothing(found: &Found, incoming: &Incoming<'_>) -> (Vec<String>, Reply) {
    if let Found::OtherMethod(methods) = found {
        let names: Vec<&str> = methods.iter().map(Method::as_str).collect();
        let fault = format!("method: {} takes {}, not {}", incoming.path, names.join(", "), incoming.method);
        let mut reply =
            Reply::problem(StatusCode::METHOD_NOT_ALLOWED, "the path has other methods", std::slice::from_ref(&fault));
        reply.set(ALLOW, &names.join(", "));
        return (vec![fault], reply);
    }
    let nearest = match found {
        Found::Nothing(Some(path)) => format!("; the nearest is {path}"),
        _ => String::new(),
    };
    let fault = format!("path: no operation has {}{nearest}", incoming.path);
    (vec![fault.clone()], Reply::problem(StatusCode::NOT_FOUND, "there is no such path", &[fault]))
}

impl Call<'_> {
    fn respond(&self, held: &mut Held) -> (Vec<String>, Reply) {
        if let Some(code) = self.preferences.code {
            return self.preferred(code);
        }
        if let Some(why) = held.tokens.refuse(self.target.catalog, self.target.entry, self.incoming) {
            return self.refused(StatusCode::UNAUTHORIZED, why, vec![format!("header `Authorization`: {why}")]);
        }
        let check =
            Check { schemas: &self.shared.schemas, target: self.target, incoming: self.incoming, faults: Vec::new() };
        let checked = match check.run(&self.path, self.shared.options.strict) {
            Ok(checked) => checked,
            Err(faults) => {
                return self.refused(StatusCode::BAD_REQUEST, "the request is not what the document says", faults);
            }
        };
        let Some(success) = self.success() else { return (Vec::new(), Reply::empty(StatusCode::OK)) };
        match self.act(held, &checked, success) {
            Outcome::Example => (Vec::new(), self.documented(success, None)),
            Outcome::Json(value) => (Vec::new(), self.documented(success, Some(value))),
            Outcome::Text(bytes) => {
                let name = self.media_type(success).map_or("application/octet-stream", |form| form.name);
                (Vec::new(), Reply::of(code_of(success.status), name, bytes))
            }
            Outcome::Refused(status, why) => self.refused(status, &why, vec![why.clone()]),
        }
    }
}
