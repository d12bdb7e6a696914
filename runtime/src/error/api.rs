//! Answers with a status other than success.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::retry_after;
use crate::exchange::answer::{Answer, NotFollowed};
use crate::operation::descriptor::Operation;

/// The typed body of an API's error answers; generated, one per API version.
pub trait ErrorBody: Sized + fmt::Debug + Send + 'static {
    /// Reads the body of an error answer; `None` if it is not what the API documents for this operation and status.
    fn decode(operation: &str, status: u16, body: &[u8]) -> Option<Self>;
}

/// The API answered with a status other than success.
pub struct ApiError<E> {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
    attempts: u32,
    message: Option<String>,
    tracking_id: Option<String>,
    retry_after: Option<Duration>,
    advice: Option<&'static str>,
    body: Option<E>,
}

impl<E: ErrorBody> ApiError<E> {
    pub(crate) fn new(answer: Answer) -> Self {
        let body = E::decode(answer.operation.id, answer.status.as_u16(), &answer.bytes);
        Self::with(answer, body)
    }
}

impl<E> ApiError<E> {
    fn with(answer: Answer, body: Option<E>) -> Self {
        Self {
            operation: answer.operation,
            status: answer.status,
            message: answer.message(),
            tracking_id: answer.tracking_id(),
            advice: answer.not_followed.map(NotFollowed::text).or_else(|| advice(answer.status)),
            retry_after: retry_after(&answer.headers, SystemTime::now()),
            headers: answer.headers,
            bytes: answer.bytes,
            attempts: answer.attempts,
            body,
        }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came; cut off if it was larger than what is kept of an error.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
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
        self.message.as_deref()
    }

    /// SailPoint's id of this call, to quote to its support.
    pub fn tracking_id(&self) -> Option<&str> {
        self.tracking_id.as_deref()
    }

    /// How long the server asks to wait before the next attempt (`Retry-After`), counted from when its response came.
    ///
    /// If it asks for longer than the retry policy waits, the call fails at once and this says for how long.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

/// What to do about a status, where that can be said without knowing the operation.
fn advice(status: StatusCode) -> Option<&'static str> {
    Some(match status {
        StatusCode::UNAUTHORIZED => "the access token is not accepted: check the credentials and the tenant",
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
        write!(f, "{} answered {}", self.operation, self.status)?;
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        if self.attempts > 1 {
            write!(f, "; after {} attempts", self.attempts)?;
        }
        if let Some(id) = self.tracking_id() {
            write!(f, "; tracking id {id}")?;
        }
        if let Some(wait) = self.retry_after {
            write!(f, "; retry after {} s", wait.as_secs())?;
        }
        match self.advice {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl<E> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("message", &self.message)
            .field("tracking_id", &self.tracking_id())
            .field("attempts", &self.attempts)
            .field("bytes", &self.bytes.len())
            .field("typed", &self.body.is_some())
            .finish()
    }
}

impl<E: fmt::Debug> StdError for ApiError<E> {}
