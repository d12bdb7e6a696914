//! Responses as the document has them: their bodies, headers and pages.

use http::StatusCode;
use http::header::HeaderName;
use serde_json::Value;

use super::call::{Call, code_of};
use super::check::is_json;
use super::fault::Fault;
use super::reply::{Reply, problem};
use super::{damage, sample, schema};
use crate::operation::catalog::Response;

impl Call<'_> {
    /// The response that the caller ordered by its status.
    pub(super) fn preferred(&self, code: u16) -> (Vec<String>, Reply) {
        match self.response_for(code) {
            Some(response) => {
                let mut reply = self.documented(response, None);
                reply.status = StatusCode::from_u16(code).unwrap_or(reply.status);
                (Vec::new(), reply)
            }
            None => {
                let fault = format!("header `Prefer`: {} documents no {code}", self.target.entry.operation.id);
                (vec![fault.clone()], Reply::problem(StatusCode::NOT_FOUND, "there is no such response", &[fault]))
            }
        }
    }

    /// An error as the document has it, with the members of a problem beside its own; where it has none, a problem.
    pub(super) fn refused(&self, status: StatusCode, detail: &str, faults: Vec<String>) -> (Vec<String>, Reply) {
        let form = self.response_for(status.as_u16()).and_then(|response| self.media_type(response));
        let reply = match form.filter(|form| is_json(form.name)) {
            Some(form) => {
                let mut body = sample::of(&self.shared.schemas, self.target.catalog, form);
                let problem = problem(status, detail, &faults);
                if let (Value::Object(members), Value::Object(problem)) = (&mut body, problem) {
                    for (name, value) in problem {
                        members.entry(name).or_insert(value);
                    }
                }
                // A schema may forbid members of others.
                match self.shared.schemas.admits(self.target.catalog, form.schema, &body) {
                    true => Reply::of(status, form.name, body.to_string()),
                    false => Reply::problem(status, detail, &faults),
                }
            }
            None => Reply::problem(status, detail, &faults),
        };
        (faults, reply)
    }

    /// A documented response: with this body, or with its example.
    pub(super) fn documented(&self, response: &'static Response, body: Option<Value>) -> Reply {
        let status = code_of(response.status);
        let Some(form) = self.media_type(response) else { return self.headers(Reply::empty(status), response) };
        let is_kept = body.is_some();
        let mut body = body.unwrap_or_else(|| self.example(form));
        if !is_json(form.name) {
            let is_xml = form.name.ends_with("xml");
            let text = match body {
                // Clients parse XML, and a schema that says no more than "string" has no XML to show.
                Value::String(text) if is_kept || !is_xml || text.trim_start().starts_with('<') => text,
                _ if is_xml => "<example/>".to_owned(),
                _ => "example".to_owned(),
            };
            return self.headers(Reply::of(status, form.name, text), response);
        }
        damage::content(&mut body, self.ordered, self.target, form.schema);
        let total = self.page(&mut body);
        let mut reply = Reply::of(status, form.name, body.to_string());
        if let Some(total) = total {
            reply.set(HeaderName::from_static("x-total-count"), &total.to_string());
        }
        self.headers(reply, response)
    }

    /// Headers that the document declares and that are not set yet.
    fn headers(&self, mut reply: Reply, response: &Response) -> Reply {
        for header in response.headers {
            let name = HeaderName::try_from(header.name);
            let Some(name) = name.ok().filter(|name| !reply.headers.contains_key(name)) else { continue };
            match sample::of_schema(self.target.catalog, &schema::parsed(header.schema)) {
                Value::String(text) => reply.set(name, &text),
                value @ (Value::Number(_) | Value::Bool(_)) => reply.set(name, &value.to_string()),
                _ => {}
            }
        }
        reply
    }

    /// Cuts a list to the page that was asked for; returns how many items there are, if that was asked for.
    fn page(&self, body: &mut Value) -> Option<usize> {
        let Value::Array(items) = body else { return None };
        let page = self.target.entry.operation.page?;
        let number = |name: &str| self.incoming.query_values(name).first().and_then(|text| text.parse::<usize>().ok());
        let size = usize::try_from(page.size).unwrap_or(usize::MAX);
        if self.ordered.contains(&Fault::FullPage)
            && let Some(first) = items.first().cloned()
        {
            *items = vec![first; size];
        }
        let total = items.len();
        items.drain(..number(page.offset).unwrap_or(0).min(total));
        items.truncate(number(page.limit).unwrap_or(size));
        (self.incoming.query_values("count").first() == Some(&"true")).then_some(total)
    }
}
