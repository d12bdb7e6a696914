//! The hand-written client core that generated crates stand on.
//!
//! [`model`] is what generated types are read and written with; everything else sends requests.

mod auth;
mod body;
mod call;
mod client;
mod error;
mod exchange;
pub mod guide;
pub mod model;
mod operation;
mod policy;
#[cfg(feature = "sailpoint")]
pub mod sailpoint;
#[cfg(feature = "test-util")]
pub mod testing;
mod transport;

/// Crates that macros and generated code use. Items of this module are not meant to be used by hand.
#[doc(hidden)]
pub mod codegen {
    pub use {serde, serde_json};
}

pub use bytes::Bytes;
/// Re-exported for transports and tests, which make requests and responses of its types.
#[doc(no_inline)]
pub use http;
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
pub use secrecy::SecretString;

pub use auth::provider::{Token, TokenProvider};
pub use auth::scheme::SchemeCredentials;
pub use body::content::Body;
pub use body::form::{FilePart, Form};
pub use body::json_patch::{patch_json, patch_value};
pub use call::download::Download;
pub use call::future::{Call, Sending};
pub use call::paging::{Items, Pages};
pub use call::request::Request;
pub use call::response::{Binary, Json, JsonOrEmpty, NoContent, Response, ResponseBody, Text};
#[cfg(feature = "blocking")]
pub use client::blocking;
pub use client::builder::ClientBuilder;
pub use client::handle::Client;
pub use error::{
    ApiError, AuthError, BoxError, ConfigError, DecodeError, DecodeReason, Error, ErrorBody, RequestError,
    TransportError, TransportErrorKind,
};
pub use exchange::middleware::{Attempt, Finished, Middleware};
pub use exchange::response::RawResponse;
pub use model::{DateTime, JsonError, JsonObject, UnknownValue};
pub use operation::query_object::json_text;
pub use operation::typed::TypedOperation;
pub use operation::url::comma_separated;
pub use operation::{Alternatives, Api, ListStyle, ObjectStyle, Operation, PageParameters, catalog};
pub use policy::rate::RateLimit;
pub use policy::retry::{FailedAttempt, RetryPolicy};
pub use policy::speed::MinSpeed;
pub use serde::Serialize;
pub use serde_json::Value;
pub use transport::wire::{BoxFuture, Transport};
