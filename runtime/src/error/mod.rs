//! What can go wrong with a call, one type per cause, and the one enum that users match on.
//!
//! Only [`Error`] and [`ApiError`] are generic, and only in the typed body of an error answer. No text made here holds a
//! credential or a query string.

mod api;
mod auth;
mod chain;
mod config;
mod decode;
mod message;
mod redact;
mod request;
mod retry_after;
mod transport;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

pub use api::{ApiError, ErrorBody};
pub use auth::AuthError;
pub use config::ConfigError;
pub use decode::{DecodeError, DecodeReason};
pub use request::RequestError;
pub use transport::{TransportError, TransportErrorKind};

pub(crate) use message::{message_of, tracking_id, tracking_id_of, without_mark};
pub(crate) use retry_after::retry_after;

/// Any error that an operation of the runtime's own hooks may come with.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a call failed.
///
/// `E` is the typed body of the API's error answers; every API version has its own alias of this type.
///
/// Its text (`{}`) does not repeat its causes, which [`source`](StdError::source) gives; its alternate form (`{:#}`) is one
/// line with all of them.
#[non_exhaustive]
pub enum Error<E> {
    /// The request could not be made: a parameter, a body or a file is not usable. Nothing was sent.
    Request(RequestError),
    /// No access token could be had, so the call was not sent.
    Auth(AuthError),
    /// The network or the server failed before there was a complete answer.
    Transport(TransportError),
    /// The API answered with a status other than success.
    Api(Box<ApiError<E>>),
    /// The API answered with success, but the body is not what it should be.
    Decode(Box<DecodeError>),
}

impl<E> Error<E> {
    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Request(_) => None,
            Self::Auth(error) => error.status(),
            Self::Transport(error) => error.status(),
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
        }
    }

    /// How long the server asks to wait before the next attempt (`Retry-After`), counted from when its response came.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Request(_) | Self::Transport(_) | Self::Decode(_) => None,
            Self::Auth(error) => error.retry_after(),
            Self::Api(error) => error.retry_after(),
        }
    }

    /// Whether the API says that there is no such thing (404).
    pub fn is_not_found(&self) -> bool {
        self.is_api(StatusCode::NOT_FOUND)
    }

    /// Whether the API refuses the credentials (401), or no access token could be had with them.
    pub fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Auth(error) if error.status().is_some_and(|status| status.is_client_error()))
            || self.is_api(StatusCode::UNAUTHORIZED)
    }

    /// Whether the credentials may not do this (403).
    pub fn is_forbidden(&self) -> bool {
        self.is_api(StatusCode::FORBIDDEN)
    }

    /// Whether the request is in conflict with what is there (409).
    pub fn is_conflict(&self) -> bool {
        self.is_api(StatusCode::CONFLICT)
    }

    /// Whether too many requests were sent (429), by this call or by the one for its access token.
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the server is at fault (500 to 599).
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }

    /// Whether time was over before there was a complete response.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    fn is_api(&self, status: StatusCode) -> bool {
        matches!(self, Self::Api(error) if error.status() == status)
    }

    /// SailPoint's id of this call, to quote to its support.
    pub fn tracking_id(&self) -> Option<&str> {
        match self {
            Self::Request(_) | Self::Transport(_) => None,
            Self::Auth(error) => error.tracking_id(),
            Self::Api(error) => error.tracking_id(),
            Self::Decode(error) => error.tracking_id(),
        }
    }

    /// How often the call was sent before this error was returned. Zero if it never was.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Request(_) => 0,
            Self::Auth(error) => error.attempts(),
            Self::Transport(error) => error.attempts(),
            Self::Api(error) => error.attempts(),
            Self::Decode(error) => error.attempts(),
        }
    }

    fn inner(&self) -> &(dyn StdError + 'static)
    where
        E: fmt::Debug + 'static,
    {
        match self {
            Self::Request(error) => error,
            Self::Auth(error) => error,
            Self::Transport(error) => error,
            Self::Api(error) => error.as_ref(),
            Self::Decode(error) => error.as_ref(),
        }
    }
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => f.debug_tuple("Request").field(error).finish(),
            Self::Auth(error) => f.debug_tuple("Auth").field(error).finish(),
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::Api(error) => f.debug_tuple("Api").field(error).finish(),
            Self::Decode(error) => f.debug_tuple("Decode").field(error).finish(),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Auth(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + 'static> StdError for Error<E> {
    /// What stands behind the error: the text of the variant itself is already this error's text.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner().source()
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<E> From<AuthError> for Error<E> {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// What the part of a call that knows no types can fail with; becomes an [`Error`] at the very end.
#[derive(Debug)]
pub(crate) enum Failure {
    Request(RequestError),
    Auth(AuthError),
    Transport(TransportError),
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            Failure::Auth(error) => Self::Auth(error),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<AuthError> for Failure {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
