//! The enum that users match on: every way in which a call can fail.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::api::ApiError;
use super::auth::AuthError;
use super::decode::DecodeError;
use super::request::RequestError;
use super::transport::TransportError;

/// Why a call failed.
///
/// `E` is the typed body of the API's error responses; every API version has its own alias of this type.
///
/// Its text (`{}`) does not repeat its causes, which [`source`](StdError::source) gives; its alternate form (`{:#}`) is one
/// line with all of them.
#[non_exhaustive]
pub enum Error<E> {
    /// The request could not be made: a parameter, a body or a file is not usable. Nothing was sent.
    Request(RequestError),
    /// No access token could be obtained, so the call was not sent.
    Auth(AuthError),
    /// The network or the server failed before there was a complete response.
    Transport(TransportError),
    /// The API returned a non-success status.
    Api(Box<ApiError<E>>),
    /// The API returned success, but the body is not what it should be.
    Decode(Box<DecodeError>),
}

impl<E> Error<E> {
    /// The status of the response, if there was one.
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

    /// Whether the API refuses the credentials (401), or no access token could be obtained with them.
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

    /// The id by which the API's support finds this call, if its servers send one.
    pub fn tracking_id(&self) -> Option<&str> {
        match self {
            Self::Request(_) | Self::Transport(_) => None,
            Self::Auth(error) => error.tracking_id(),
            Self::Api(error) => error.tracking_id(),
            Self::Decode(error) => error.tracking_id(),
        }
    }

    /// How many times the call was sent before this error was returned. Zero if it never was.
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
