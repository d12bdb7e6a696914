//! What comes back: each documented response, with the names of its inline bodies.

use openapiv3::{Header as SourceHeader, ParameterSchemaOrContent, Response as Source};

use super::call::{Call, preferred};
use super::context::Lowering;
use super::docs;
use super::site::Site;
use super::source::Found;
use crate::model::{Docs, Header, Need, Rank, Response, Status, Value};
use crate::pointer::escape;

impl<'a> Lowering<'a> {
    /// Every documented response, in the order of the statuses.
    pub(super) fn responses(&mut self, call: &Call<'a>) -> Vec<Response> {
        call.responses.iter().map(|(status, found)| self.response(call, *status, found)).collect()
    }

    fn response(&mut self, call: &Call<'a>, status: Status, found: &Found<'a, Source>) -> Response {
        let source = found.item;
        let contents = if status.is_bodiless() {
            Vec::new()
        } else {
            let chosen = preferred(&source.content).map(String::as_str);
            self.contents_of_response(&source.content, |lowering, media_type| {
                lowering.site_of_response(call, status, found, media_type, chosen == Some(media_type))
            })
        };
        Response {
            status,
            description: source.description.clone(),
            headers: self.headers(call, status, found),
            contents,
            origin: self.source.origin(&found.pointer),
        }
    }

    /// The place that names an inline body: the component where the response is one.
    fn site_of_response(
        &self,
        call: &Call<'a>,
        status: Status,
        found: &Found<'a, Source>,
        media_type: &str,
        is_chosen: bool,
    ) -> Site {
        let pointer = &found.pointer;
        match &found.component {
            Some(name) => Site::root(pointer, Rank::Response, root_of_component(name)),
            None if status.is_success() && is_first_success(call, status) => {
                Site::root(pointer, Rank::Operation, format!("{} response", call.id))
            }
            None => {
                // What clients do not read is repeated, too, but nobody needs a common name for it.
                let is_error = is_chosen && !status.is_success();
                let shared = is_error.then(|| self.error_names.site(self.source, pointer, media_type)).flatten();
                shared.unwrap_or_else(|| Site::root(pointer, Rank::Operation, format!("{} {status} response", call.id)))
            }
        }
    }

    fn headers(&mut self, call: &Call<'a>, status: Status, found: &Found<'a, Source>) -> Vec<Header> {
        let mut headers = Vec::with_capacity(found.item.headers.len());
        for (name, header) in &found.item.headers {
            let at = format!("{}/headers/{}", found.pointer, escape(name));
            let Some(header) = self.source.header(header, at) else { continue };
            let root = header.component.clone().unwrap_or_else(|| format!("{} {status} {name}", call.id));
            headers.push(self.header(name, &header, root));
        }
        headers
    }

    fn header(&mut self, name: &str, found: &Found<'a, SourceHeader>, root: String) -> Header {
        let Found { item: header, pointer, .. } = found;
        let value = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.schema(&Site::root(format!("{pointer}/schema"), Rank::Operation, root), schema)
            }
            ParameterSchemaOrContent::Content(_) => Value::any(),
        };
        Header {
            name: name.to_owned(),
            value,
            need: if header.required { Need::Required } else { Need::Optional },
            docs: Docs {
                description: header.description.clone(),
                example: header.example.clone(),
                deprecation: docs::deprecation(header.deprecated.unwrap_or(false)),
                ..Docs::default()
            },
        }
    }
}

/// A component that is called after its status says less than the status itself does.
fn root_of_component(name: &str) -> String {
    Status::parse(name).and_then(Status::word).map_or_else(|| name.to_owned(), str::to_owned)
}

/// Whether no success with a smaller status is documented that has a body in place: the first is called after the
/// operation alone. A component is called after itself.
fn is_first_success(call: &Call<'_>, status: Status) -> bool {
    !call.responses.iter().any(|(other, found)| {
        other.is_success() && *other < status && found.component.is_none() && !found.item.content.is_empty()
    })
}
