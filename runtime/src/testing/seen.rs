//! What the mock server has met.

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

/// A request that the mock server has met, and what became of it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The method.
    pub method: Method,
    /// Path and query, as they were sent.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The id of the operation, if the request leads to one.
    pub operation: Option<&'static str>,
    /// The status of the response.
    pub status: StatusCode,
    /// What was wrong with the request.
    pub faults: Vec<String>,
}

impl Seen {
    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// If it is not JSON.
    pub fn json(&self) -> serde_json::Result<Value> {
        serde_json::from_slice(&self.body)
    }

    /// For `/__mock/log`; without headers and body, which may hold secrets.
    pub(super) fn describe(&self) -> Value {
        json!({
            "method": self.method.as_str(),
            "target": self.target,
            "operation": self.operation,
            "status": self.status.as_u16(),
            "faults": self.faults,
        })
    }
}
