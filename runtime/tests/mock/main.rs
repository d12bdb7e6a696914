//! The mock server, with a catalog written by hand: a small shop of lamps.

#![cfg(feature = "test-util")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::field_reassign_with_default,
    reason = "all of it is part of a test"
)]

mod catalog;
mod checks;
mod faults;
mod state;
mod stubs;

use openapi_client_runtime::testing::{Mock, Reply};
use openapi_client_runtime::{Bytes, ErrorBody, Value};

/// The body of an error, which these tests look at as bytes.
#[derive(Debug)]
pub(crate) struct AnyBody;

impl ErrorBody for AnyBody {
    fn decode(_: &str, _: u16, _: &[u8]) -> Option<Self> {
        None
    }
}

/// Sends a request, with a token.
pub(crate) fn send(mock: &Mock, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut request = http::Request::builder().method(method).uri(target).header("authorization", "Bearer any");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    mock.respond(&request.body(Bytes::from(body.to_owned())).unwrap())
}

pub(crate) fn get(mock: &Mock, target: &str) -> (u16, Value) {
    read(&send(mock, "GET", target, &[], ""))
}

pub(crate) fn json(mock: &Mock, method: &str, target: &str, body: &str) -> (u16, Value) {
    read(&send(mock, method, target, &[("content-type", "application/json")], body))
}

/// The status, and the body as JSON; `null` where there is none.
pub(crate) fn read(reply: &Reply) -> (u16, Value) {
    (reply.status.as_u16(), serde_json::from_slice(&reply.body).unwrap_or_default())
}
