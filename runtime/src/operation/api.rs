//! What generated code says about an API as a whole: where its tokens come from, and how its errors speak.

use serde_json::Value;

/// The constants of one API that are not about a single operation.
///
/// Generated code keeps one `static` per API, which each [`Operation`](super::Operation) refers to.
#[derive(Debug)]
pub struct Api {
    token_url: Option<&'static str>,
    tracking_header: &'static str,
    tracking_member: Option<&'static str>,
    error_message: fn(&Value) -> Option<String>,
    security: Option<(Alternatives, &'static [(&'static str, Alternatives)])>,
}

/// Which security schemes a call needs: all of one list, by their names in the API's description. No list: none is needed. An
/// empty list: none has to be there.
pub type Alternatives = &'static [&'static [&'static str]];

impl Api {
    /// An API without a token endpoint, with `X-Request-ID` as the header of its tracking id, and with errors as RFC 9457 or
    /// RFC 6749 describes them.
    pub const fn new() -> Self {
        Self {
            token_url: None,
            tracking_header: "x-request-id",
            tracking_member: None,
            error_message: standard_message,
            security: None,
        }
    }

    /// The endpoint that exchanges client credentials for an access token (RFC 6749, section 4.4): an absolute URL, or one
    /// relative to the client's base URL.
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.token_url = Some(url);
        self
    }

    /// Where responses carry the id by which support finds a call: a header, and a member of the JSON body of an error, which
    /// wins.
    pub const fn tracking_id(mut self, header: &'static str, member: Option<&'static str>) -> Self {
        self.tracking_header = header;
        self.tracking_member = member;
        self
    }

    /// How to find the message for people in the JSON body of an error.
    pub const fn error_message(mut self, read: fn(&Value) -> Option<String>) -> Self {
        self.error_message = read;
        self
    }

    /// The security schemes that calls need: those of most operations, and those of the others by their ids, which are in
    /// ascending order. Without this, each call is sent with the access token that the client has.
    pub const fn security(mut self, most: Alternatives, others: &'static [(&'static str, Alternatives)]) -> Self {
        self.security = Some((most, others));
        self
    }

    /// What calls of this operation need, as far as the description says.
    pub(crate) fn needs(&self, operation: &str) -> Option<Alternatives> {
        let (most, others) = self.security?;
        let other = others.binary_search_by_key(&operation, |(id, _)| id).ok().and_then(|index| others.get(index));
        Some(other.map_or(most, |(_, alternatives)| alternatives))
    }

    pub(crate) fn token_endpoint(&self) -> Option<&'static str> {
        self.token_url
    }

    pub(crate) fn tracking_header(&self) -> &'static str {
        self.tracking_header
    }

    pub(crate) fn tracking_member(&self) -> Option<&'static str> {
        self.tracking_member
    }

    /// The message in the JSON body of an error.
    pub(crate) fn message_in(&self, body: &Value) -> Option<String> {
        (self.error_message)(body)
    }
}

impl Default for Api {
    fn default() -> Self {
        Self::new()
    }
}

/// The messages of RFC 6749 (`error`, `error_description`), a plain `message`, and those of RFC 9457 (`title`, `detail`).
pub(crate) fn standard_message(body: &Value) -> Option<String> {
    let text = |name: &&str| body.get(*name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let said = |names: &[&str]| {
        let parts: Vec<&str> = names.iter().filter_map(text).collect();
        (!parts.is_empty()).then(|| parts.join(": "))
    };
    said(&["error", "error_description", "message"]).or_else(|| said(&["title", "detail"]))
}
