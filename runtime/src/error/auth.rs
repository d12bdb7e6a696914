//! Access tokens that could not be had.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::{BoxError, message_of, tracking_id};
use crate::operation::url::push_encoded;

/// No access token could be had, so the call was not sent.
///
/// Callers that waited for the same token get the same error.
#[derive(Clone)]
pub struct AuthError(Arc<Inner>);

struct Inner {
    message: String,
    status: Option<StatusCode>,
    headers: HeaderMap,
    bytes: Bytes,
    attempts: u32,
    source: Option<BoxError>,
}

impl AuthError {
    /// An error for the token providers that users write.
    pub fn new(message: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            message: message.into(),
            status: None,
            headers: HeaderMap::new(),
            bytes: Bytes::new(),
            attempts: 0,
            source: None,
        }))
    }

    /// An error for the token providers that users write, with its cause.
    pub fn with_source(message: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self::unsent(message, source, 0)
    }

    pub(crate) fn unsent(message: impl Into<String>, source: impl Into<BoxError>, attempts: u32) -> Self {
        Self(Arc::new(Inner {
            message: message.into(),
            status: None,
            headers: HeaderMap::new(),
            bytes: Bytes::new(),
            attempts,
            source: Some(source.into()),
        }))
    }

    /// The token endpoint answered, but not with a token. `hide` is the secret that it may have echoed, plain
    /// or as it was sent.
    pub(crate) fn refused(status: StatusCode, headers: HeaderMap, bytes: Bytes, attempts: u32, hide: &str) -> Self {
        let mut message = format!("the token request was answered {status}");
        if let Some(said) = message_of(&bytes) {
            message.push_str(": ");
            let mut encoded = String::new();
            // A `str` always prints itself.
            let _ = push_encoded(&mut encoded, &hide);
            let said = [encoded.as_str(), hide]
                .into_iter()
                .filter(|secret| !secret.is_empty())
                .fold(said, |said, secret| said.replace(secret, "[redacted]"));
            message.push_str(&said);
        }
        if status.is_success() {
            message.push_str("; the answer holds no access token, so check the base URL");
        } else if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
            message.push_str("; check the client id, the client secret and the tenant");
        }
        Self(Arc::new(Inner { message, status: Some(status), headers, bytes, attempts, source: None }))
    }

    /// The status of the token endpoint's answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The headers of the token endpoint's answer; empty if there was none.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body of the token endpoint's answer; empty if there was none.
    pub fn bytes(&self) -> &Bytes {
        &self.0.bytes
    }

    /// The body of the token endpoint's answer as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0.bytes)
    }

    /// SailPoint's id of the token call.
    pub fn tracking_id(&self) -> Option<&str> {
        tracking_id(&self.0.headers)
    }

    /// How often the token call was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no access token: {}", self.0.message)?;
        if let Some(source) = &self.0.source {
            write!(f, ": {source}")?;
        }
        if self.0.attempts > 1 {
            write!(f, " (after {} attempts)", self.0.attempts)?;
        }
        if let Some(id) = self.tracking_id() {
            write!(f, "; tracking id {id}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthError")
            .field("message", &self.0.message)
            .field("status", &self.0.status)
            .field("attempts", &self.0.attempts)
            .field("bytes", &self.0.bytes.len())
            .finish_non_exhaustive()
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().and_then(StdError::source)
    }
}
