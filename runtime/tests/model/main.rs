//! What generated types are read and written with: types as the generator writes them, and JSON as servers send it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test or measurement ends by panicking")]

mod dates;
mod depth;
mod enums;
mod errors;
mod formats;
mod objects;
mod tagged_unions;
mod types;
mod unions;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Decodes a value through its text, as it comes from a server.
fn decode<T: DeserializeOwned>(value: &Value) -> T {
    let text = value.to_string();
    openapi_client_runtime::model::from_json_slice(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Encodes a value through its text, as it is sent.
fn encode<T: Serialize>(value: &T) -> Value {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

/// Decodes a value, and checks that encoding gives back exactly what was met.
#[track_caller]
fn round_trip<T: DeserializeOwned + Serialize>(value: Value) -> T {
    let made: T = decode(&value);
    assert_eq!(encode(&made), value);
    made
}
