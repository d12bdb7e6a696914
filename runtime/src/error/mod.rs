//! What can go wrong, one type per cause, and the one enum that users match on.
//!
//! Errors are plain data, made by the rooms below. Only [`Error`] and [`ApiError`] are generic, and only in the typed body of
//! a non-success response. No text made here holds a credential or a query string.
//!
//! Imports `model/` and `operation/`.

mod any;
mod api;
mod auth;
mod cause;
mod chain;
mod config;
mod decode;
mod failure;
mod message;
mod redact;
mod request;
mod response;
mod retry_after;
mod transport;

pub use any::Error;
pub use api::{ApiError, ErrorBody};
pub use auth::AuthError;
pub use cause::BoxError;
pub use config::ConfigError;
pub use decode::{DecodeError, DecodeReason};
pub use request::RequestError;
pub use transport::{TransportError, TransportErrorKind};

pub(crate) use failure::Failure;
pub(crate) use message::{message_of, tracking_id, tracking_id_of, without_mark};
pub(crate) use response::{FailedResponse, NotFollowed};
pub(crate) use retry_after::retry_after;
