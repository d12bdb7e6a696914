//! Media types, as far as the model has to understand them.

use std::fmt;

use serde::Serialize;

use super::{TextFormat, Value, ValueKind};

/// A media type as the document writes it, parameters included: `application/json; charset=utf-8`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct MediaType(String);

/// Server-sent events (HTML Living Standard, section 9.2).
const EVENT_STREAM: &str = "text/event-stream";

/// How a body of some media type is written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    Json,
    /// `multipart/form-data`.
    Form,
    /// `application/x-www-form-urlencoded`.
    UrlEncoded,
    Text,
    Bytes,
}

impl MediaType {
    /// As the document writes it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As the document writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How the names of files of this type end: as its subtype says, where that is a short word.
    pub fn ending(&self) -> &str {
        let essence = self.0.split(';').next().unwrap_or_default();
        let subtype = essence.trim().split_once('/').map(|(_, subtype)| subtype);
        subtype.filter(|name| name.len() <= 4 && name.chars().all(|c| c.is_ascii_alphanumeric())).unwrap_or("bin")
    }

    /// Whether it is every media type: `*/*`.
    pub fn is_any(&self) -> bool {
        self.essence() == "*/*"
    }

    /// Whether it is a stream of events: `text/event-stream`.
    pub fn is_event_stream(&self) -> bool {
        self.essence() == EVENT_STREAM
    }

    /// How a request body of this type is written.
    pub(crate) fn syntax(&self) -> Syntax {
        let essence = self.essence();
        match essence.as_str() {
            "multipart/form-data" => Syntax::Form,
            "application/x-www-form-urlencoded" => Syntax::UrlEncoded,
            _ => self.syntax_of_response(),
        }
    }

    /// How a response body of this type is read: forms are only sent.
    pub(crate) fn syntax_of_response(&self) -> Syntax {
        let essence = self.essence();
        if is_json(&essence) {
            Syntax::Json
        } else if is_text(&essence) {
            Syntax::Text
        } else {
            Syntax::Bytes
        }
    }

    /// How a body of this type with such a schema is read, other than a form.
    ///
    /// `*/*` says nothing itself: what is structured is JSON, text is text, and what may be anything is bytes. Bytes
    /// are so whatever the media type: JSON has no form for them.
    pub(crate) fn syntax_of(&self, value: Option<&Value>) -> Syntax {
        let kind = value.map_or(&ValueKind::Any, |value| &value.kind);
        match (self.syntax_of_response(), kind) {
            (Syntax::Json, ValueKind::Text(text)) if text.format == TextFormat::Binary => Syntax::Bytes,
            (Syntax::Json, ValueKind::Any) if self.is_any() => Syntax::Bytes,
            (Syntax::Json, ValueKind::Text(_)) if self.is_any() => Syntax::Text,
            (syntax, _) => syntax,
        }
    }

    /// Which of several a client sends, the smallest first: the most expressive that it can write.
    pub(crate) fn preference(&self, syntax: Syntax) -> usize {
        let essence = self.essence();
        match essence.as_str() {
            _ if syntax == Syntax::Bytes => 6,
            "application/json" => 0,
            "application/json-patch+json" => 1,
            _ if syntax == Syntax::Json => 2,
            "multipart/form-data" => 3,
            "application/x-www-form-urlencoded" => 4,
            _ if essence.starts_with("text/") => 5,
            _ => 6,
        }
    }

    /// Which of several a client reads, the smallest first: JSON if there is any, then bytes, which text can be read as
    /// too.
    pub(crate) fn preference_of_response(&self, syntax: Syntax) -> (usize, usize) {
        match syntax {
            Syntax::Json => (0, self.preference(syntax)),
            Syntax::Text => (2, 0),
            _ => (1, 0),
        }
    }

    /// The type without its parameters, in small letters (RFC 9110, section 8.3.1).
    fn essence(&self) -> String {
        self.0.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether bodies of this type are JSON (RFC 6839 for the suffix).
fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}

/// Whether bodies of this type are text.
fn is_text(essence: &str) -> bool {
    // Events come one by one, perhaps without an end.
    (essence.starts_with("text/") && essence != EVENT_STREAM) || essence.ends_with("/xml") || essence.ends_with("+xml")
}
