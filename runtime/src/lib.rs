//! The hand-written client core that the generated SailPoint crates stand on.
//!
//! [`model`] is what generated types are read and written with; everything else sends requests.

mod answer;
mod attempt;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod call;
mod client;
mod config;
mod credentials;
mod download;
mod error;
mod exchange;
mod form;
pub mod guide;
mod macros;
mod middleware;
pub mod model;
mod multipart;
mod network;
mod oauth;
mod operation;
mod paging;
mod payload;
mod query_object;
mod request;
mod response;
mod send;
mod token;
mod trace;
mod transport;
mod url;

/// Re-exported so that generated code names one crate only.
#[doc(hidden)]
pub use serde;
/// Re-exported so that generated code names one crate only.
pub use serde_json;

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};
pub use secrecy::SecretString;

pub use answer::Answer;
pub use body::Body;
pub use call::{Call, Sending};
pub use client::Client;
pub use config::{ClientBuilder, Config, RateLimit, RetryPolicy};
pub use credentials::{Token, TokenProvider};
pub use download::Download;
pub use error::{
    ApiError, AuthError, BoxError, ConfigError, DecodeError, DecodeReason, Error, ErrorBody, RequestError,
    TransportError, TransportErrorKind,
};
pub use form::{FilePart, Form};
pub use middleware::{Attempt, Finished, Middleware};
pub use model::{DateTime, JsonError, JsonObject, Nullable, UnknownValue};
pub use operation::{ListStyle, ObjectStyle, Operation, PageParameters, catalog};
pub use paging::{Items, Pages};
pub use query_object::json_text;
pub use request::Request;
pub use response::{Binary, Json, JsonOrEmpty, NoContent, Response, ResponseBody, Text};
pub use serde_json::Value;
pub use transport::{BoxFuture, Transport};
pub use url::comma_separated;
