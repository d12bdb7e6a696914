//! A call of an operation, and what the catalog says about it.

use http::StatusCode;
use serde_json::Value;

use super::check::is_json;
use super::fault::Fault;
use super::prefer::Preferences;
use super::request::Incoming;
use super::route::{PathValues, Target};
use super::shared::Shared;
use super::{sample, schema};
use crate::operation::catalog::{MediaType, Response, Status};

/// A call of an operation.
pub(super) struct Call<'a> {
    pub(super) shared: &'a Shared,
    pub(super) target: Target,
    pub(super) path: PathValues,
    pub(super) incoming: &'a Incoming<'a>,
    pub(super) preferences: Preferences,
    pub(super) ordered: &'a [Fault],
}

impl Call<'_> {
    pub(super) fn response_for(&self, code: u16) -> Option<&'static Response> {
        let find = |status: Status| self.target.entry.responses.iter().find(|response| response.status == status);
        find(Status::Code(code)).or_else(|| find(Status::Range(code / 100))).or_else(|| find(Status::Default))
    }

    /// The documented response of success.
    pub(super) fn success(&self) -> Option<&'static Response> {
        let success = |response: &&Response| matches!(response.status, Status::Code(200..=299) | Status::Range(2));
        self.target.entry.responses.iter().find(success).or_else(|| self.response_for(200))
    }

    /// The media type of a response that the caller takes, else its first.
    pub(super) fn media_type(&self, response: &'static Response) -> Option<&'static MediaType> {
        let accepted = response.media_types.iter().find(|form| self.incoming.accepts(form.name));
        accepted.or_else(|| response.media_types.first())
    }

    /// The example that the caller ordered by its name, else any.
    pub(super) fn example(&self, form: &MediaType) -> Value {
        let wanted = self.preferences.example.as_deref();
        let named = form.examples.iter().find(|(name, _)| Some(*name) == wanted);
        let parsed = named.and_then(|(_, text)| serde_json::from_str(text).ok());
        parsed.unwrap_or_else(|| sample::of(&self.shared.schemas, self.target.catalog, form))
    }

    /// The JSON example of a response.
    pub(super) fn example_of(&self, response: &'static Response) -> Option<Value> {
        self.media_type(response).filter(|form| is_json(form.name)).map(|form| self.example(form))
    }

    pub(super) fn schema_of(&self, response: &'static Response) -> Value {
        let text = self.media_type(response).map_or("", |form| form.schema);
        schema::resolved(self.target.catalog, &schema::parsed(text))
    }

    /// The schema of the items, if the response is a list.
    pub(super) fn list_item(&self, response: &'static Response) -> Option<Value> {
        let items = self.schema_of(response).get("items").cloned()?;
        Some(schema::resolved(self.target.catalog, &items))
    }
}

/// The status that a documented response is sent with.
pub(super) fn code_of(status: Status) -> StatusCode {
    let code = match status {
        Status::Code(code) => code,
        Status::Range(hundreds) => hundreds * 100,
        Status::Default => 200,
    };
    StatusCode::from_u16(code).unwrap_or(StatusCode::OK)
}
