//! What can go wrong with a call, one type per cause, and the one enum that users match on.
//!
//! Only [`Error`] and [`ApiError`] are generic, and only in the typed body of an error answer. No text made here holds a
//! credential or a query string.

mod api;
mod auth;
mod config;
mod decode;
mod message;
mod request;
mod transport;

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

pub use api::{ApiError, ErrorBody};
pub use auth::AuthError;
pub use config::ConfigError;
pub use decode::{DecodeError, DecodeReason};
pub use request::RequestError;
pub use transport::{TransportError, TransportErrorKind};

pub(crate) use message::{message_of, tracking_id, tracking_id_of};

/// Any error that an operation of the runtime's own hooks may come with.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a call failed.
///
/// `E` is the typed body of the API's error answers; every API version has its own alias of this type.
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
