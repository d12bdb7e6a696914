//! A stub as the server keeps it.

use http::HeaderName;
use serde_json::Value;

use super::reply::Reply;
use super::request::{Incoming, decoded};
use super::route::matched;
use super::seen::Seen;
use crate::operation::Operation;

/// What a request must have for a stub to be meant.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Path(&'static str, String),
    Query(String, String),
    Header(HeaderName, String),
    Json(Value),
}

/// A stub as the server keeps it.
pub(super) struct Stubbed {
    pub(super) operation: &'static Operation,
    pub(super) conditions: Vec<Condition>,
    /// In this order; the last one stays.
    pub(super) replies: Vec<Reply>,
    pub(super) seen: Vec<Seen>,
    pub(super) expected: Option<usize>,
}

impl Stubbed {
    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// A sentence, if it was not called as often as expected.
    pub(super) fn missed(&self) -> Option<String> {
        let expected = self.expected.filter(|expected| *expected != self.seen.len())?;
        Some(format!("{} was called {} times, not {expected}", self.operation, self.seen.len()))
    }

    /// What a request would have to have otherwise; nothing if the stub is for it.
    pub(super) fn differences(&self, incoming: &Incoming<'_>) -> Vec<String> {
        let mut found = Vec::new();
        if self.operation.method != *incoming.method {
            found.push(format!("the method is {}, not {}", incoming.method, self.operation.method));
        }
        let Some(path) = matched(self.operation.path, incoming.path) else {
            found.push(format!("the path is {}, not {}", incoming.path, self.operation.path));
            return found;
        };
        for condition in &self.conditions {
            let (what, sent, wanted) = match condition {
                Condition::Path(name, wanted) => {
                    let sent = path.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
                    (format!("path `{name}`"), sent, wanted.clone())
                }
                Condition::Query(name, wanted) => {
                    let sent = incoming.query_values(name).first().map(|text| decoded(text));
                    (format!("query `{name}`"), sent, wanted.clone())
                }
                Condition::Header(name, wanted) => {
                    (format!("header `{name}`"), incoming.header(name.as_str()).map(str::to_owned), wanted.clone())
                }
                Condition::Json(wanted) => {
                    let sent = serde_json::from_slice::<Value>(incoming.body).ok().map(|body| body.to_string());
                    ("the body".to_owned(), sent, wanted.to_string())
                }
            };
            match sent {
                Some(sent) if sent == wanted => {}
                Some(sent) => found.push(format!("{what} is `{sent}`, not `{wanted}`")),
                None => found.push(format!("{what} is missing, not `{wanted}`")),
            }
        }
        found
    }
}
