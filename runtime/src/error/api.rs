//! Responses with a status other than success.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::response::{FailedResponse, NotFollowed};
use crate::operation::descriptor::Operation;

/// The typed body of an API's error responses; generated, one per API version.
pub trait ErrorBody: Sized + fmt::Debug + Send + 'static {
    /// Reads the body of an error response; `None` if it is not what the API documents for this operation and status.
    fn decode(operation: &str, status: u16, body: &[u8]) -> Option<Self>;
}

/// The API returned a non-success status.
pub struct ApiError<E> {
    response: FailedResponse,
    body: Option<E>,
}

impl<E: ErrorBody> ApiError<E> {
    pub(crate) fn new(response: FailedResponse) -> Self {
        let body = E::decode(response.operation.id, response.status.as_u16(), &response.bytes);
        Self { response, body }
    }
}

impl<E> ApiError<E> {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.response.operation
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// The body as it came; cut off if it was larger than what is kept of an error.
    pub fn bytes(&self) -> &Bytes {
        &self.response.bytes
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.response.bytes)
    }

    /// The body as the type that the API documents for this status; `None` if it is something else.
    pub fn body(&self) -> Option<&E> {
        self.body.as_ref()
    }

    /// Takes the typed body out.
    pub fn into_body(self) -> Option<E> {
        self.body
    }

    /// What the API says went wrong, found in its body.
    pub fn message(&self) -> Option<&str> {
        self.response.message.as_deref()
    }

    /// The id by which the API's support finds this call, if its servers send one.
    pub fn tracking_id(&self) -> Option<&str> {
        self.response.tracking_id.as_deref()
    }

    /// How long the server asks to wait before the next attempt (`Retry-After`), counted from when its response came.
    ///
    /// If it asks for longer than the retry policy waits, the call fails at once and this says for how long.
    pub fn retry_after(&self) -> Option<Duration> {
        self.response.retry_after
    }

    /// How many times the call was sent.
    pub fn attempts(&self) -> u32 {
        self.response.attempts
    }
}

/// What to do about a status, where that can be said without knowing the operation.
fn advice(status: StatusCode) -> Option<&'static str> {
    Some(match status {
        StatusCode::UNAUTHORIZED => "the access token is not accepted: check the credentials and the base URL",
        StatusCode::FORBIDDEN => {
            "the credentials lack a scope or a user level that this operation needs (see its documentation)"
        }
        StatusCode::TOO_MANY_REQUESTS => {
            "too many requests: call less often, or set a rate limit or more attempts on the client"
        }
        StatusCode::NOT_MODIFIED => {
            "there is no body, because the request asked for one only if it had changed (`If-None-Match`, \
             `If-Modified-Since`)"
        }
        _ => return None,
    })
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} returned {}", self.response.operation, self.response.status)?;
        if let Some(message) = &self.response.message {
            write!(f, ": {message}")?;
        }
        if self.response.attempts > 1 {
            write!(f, "; after {} attempts", self.response.attempts)?;
        }
        if let Some(id) = self.tracking_id() {
            write!(f, "; tracking id {id}")?;
        }
        if let Some(wait) = self.response.retry_after {
            write!(f, "; retry after {} s", wait.as_secs())?;
        }
        match self.response.not_followed.map(NotFollowed::text).or_else(|| advice(self.response.status)) {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl<E> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.response.operation.id)
            .field("status", &self.response.status)
            .field("message", &self.response.message)
            .field("tracking_id", &self.tracking_id())
            .field("attempts", &self.response.attempts)
            .field("bytes", &self.response.bytes.len())
            .field("typed", &self.body.is_some())
            .finish()
    }
}

impl<E: fmt::Debug> StdError for ApiError<E> {}
