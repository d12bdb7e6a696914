//! Access tokens that could not be obtained.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::cause::BoxError;
use super::response::FailedResponse;
use super::{chain, message};
use crate::operation::url::push_encoded;

/// No access token could be obtained, so the call was not sent.
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
    tracking_id: Option<String>,
    /// How long the token endpoint, or a refusal that is remembered, asks to wait.
    retry_after: Option<Duration>,
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
            tracking_id: None,
            retry_after: None,
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
            tracking_id: None,
            retry_after: None,
            source: Some(source.into()),
        }))
    }

    /// The token endpoint responded, but not with a token. `hide` are the secrets that it may have repeated, plain
    /// or as they were sent.
    ///
    /// A body that is not what it should be may hold a token all the same, so nothing of it is shown but its length, its
    /// content type, and OAuth's own words for an error.
    pub(crate) fn refused(response: FailedResponse, hide: &[&str]) -> Self {
        let FailedResponse { status, headers, bytes, attempts, tracking_id, retry_after, .. } = response;
        let mut secrets = Vec::new();
        for secret in hide.iter().filter(|secret| !secret.is_empty()) {
            let mut encoded = String::new();
            // A `str` always prints itself.
            let _ = push_encoded(&mut encoded, secret);
            secrets.extend([encoded, (*secret).to_owned()]);
        }
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        let said = message::oauth_message_of(&bytes, &secrets);
        let mut message = format!("the token endpoint returned {status}");
        match said {
            Some(said) => {
                message.push_str(": ");
                message.push_str(&said);
            }
            None => {
                let _ = write!(message, " with {} bytes of {}", bytes.len(), media_type(&headers));
            }
        }
        if status.is_success() {
            message.push_str("; there is no access token in them: check the base URL");
        } else if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
            message.push_str("; check the client id, the client secret and the base URL");
        }
        let status = Some(status);
        Self(Arc::new(Inner { message, status, headers, bytes, attempts, tracking_id, retry_after, source: None }))
    }

    /// This error for callers that ask again while it is remembered; it says how long that is.
    pub(crate) fn again_in(&self, wait: Duration) -> Self {
        let Inner { message, status, headers, bytes, attempts, tracking_id, .. } = &*self.0;
        let seconds = wait.as_millis().div_ceil(1_000);
        Self(Arc::new(Inner {
            message: format!("{message}; not asked for again within {seconds} s"),
            status: *status,
            headers: headers.clone(),
            bytes: bytes.clone(),
            attempts: *attempts,
            tracking_id: tracking_id.clone(),
            retry_after: Some(wait),
            source: None,
        }))
    }

    /// This error and how long it is remembered, if asking again at once would bring the same: for `wait` if the credentials
    /// were refused, and as long as the endpoint asks for, up to a minute, if it was asked too often.
    pub(crate) fn refusal(&self, wait: Duration) -> Option<(Self, Duration)> {
        const LONGEST: Duration = Duration::from_secs(60);
        let status =
            self.0.status.filter(|status| status.is_client_error() && *status != StatusCode::REQUEST_TIMEOUT)?;
        let wait = match status {
            StatusCode::TOO_MANY_REQUESTS => self.0.retry_after?.min(LONGEST),
            _ => wait,
        };
        Some((self.clone(), wait))
    }

    /// The status of the token endpoint's response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The headers of the token endpoint's response; empty if there was none.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body of the token endpoint's response; empty if there was none.
    pub fn bytes(&self) -> &Bytes {
        &self.0.bytes
    }

    /// The body of the token endpoint's response as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0.bytes)
    }

    /// The id by which the API's support finds the token call.
    pub fn tracking_id(&self) -> Option<&str> {
        self.0.tracking_id.as_deref()
    }

    /// How long the token endpoint asks to wait before the next attempt (`Retry-After`), counted from when its response
    /// came.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How many times the token call was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no access token: {}", self.0.message)?;
        if self.0.attempts > 1 {
            write!(f, " (after {} attempts)", self.0.attempts)?;
        }
        if let Some(id) = self.tracking_id() {
            write!(f, "; tracking id {id}")?;
        }
        chain::write(f, StdError::source(self))
    }
}

impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthError")
            .field("message", &self.0.message)
            .field("status", &self.0.status)
            .field("attempts", &self.0.attempts)
            .field("bytes", &self.0.bytes.len())
            .field("source", &chain::Causes(StdError::source(self)))
            .finish_non_exhaustive()
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

/// The media type of a body, if its header holds one and nothing else.
fn media_type(headers: &HeaderMap) -> &str {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    let named = |part: &str| {
        (1..=40).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase() || b"+-.".contains(&byte))
    };
    match essence.split_once('/') {
        Some((kind, name)) if named(kind) && named(name) => essence,
        _ => "no known content type",
    }
}
