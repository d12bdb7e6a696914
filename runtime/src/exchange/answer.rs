//! What came back from the server, before anything knows its type.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use secrecy::ExposeSecret;

use crate::auth::cache::Held;
use crate::body::content::Body;
use crate::error::{DecodeReason, message_of, tracking_id, tracking_id_of};
use crate::operation::descriptor::Operation;

/// Why a redirect was not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotFollowed {
    /// It says nowhere to go.
    Nowhere,
    /// It leads to another scheme, host or port.
    Elsewhere,
    /// The request writes: what it carries is for the place that it was sent to.
    Writes,
    /// It came after as many redirects as are followed.
    TooMany,
}

impl NotFollowed {
    /// What happened, and what to do about it.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Nowhere => "the redirect does not say where to (it has no usable `Location`)",
            Self::Elsewhere => "redirects to another host or scheme are not followed: check the base URL",
            Self::Writes => "redirects of a request that writes are not followed: check the base URL and the path",
            Self::TooMany => "the redirects do not end: the server may be sending the call in a circle",
        }
    }
}

/// A complete answer. What sending returns and decoding starts from.
pub struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body, unless it is streamed.
    pub(crate) bytes: Bytes,
    /// The rest of the body, if the operation streams it.
    pub(crate) stream: Option<Body>,
    /// Whether the body went on after what `bytes` holds; the limit in force then.
    pub(crate) cut: Option<usize>,
    pub(crate) attempts: u32,
    /// How long the server may be silent while a streamed body arrives.
    pub(crate) patience: Duration,
    /// Why it is a redirect still, if it is one.
    pub(crate) not_followed: Option<NotFollowed>,
    /// The credential that was sent, so that a server that echoes it does not get it printed.
    pub(crate) hide: Option<Arc<Held>>,
}

impl Answer {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; empty if it is streamed.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// What the body of an error says, without the credential.
    pub(crate) fn message(&self) -> Option<String> {
        match self.secret() {
            Some(secret) => message_of(&self.bytes, &[secret]),
            None => message_of(&self.bytes, &[]),
        }
    }

    /// SailPoint's id of the call.
    pub(crate) fn tracking_id(&self) -> Option<String> {
        let id = match self.status.is_success() {
            true => tracking_id(&self.headers).map(str::to_owned),
            false => tracking_id_of(&self.headers, &self.bytes),
        };
        id.filter(|id| self.secret().is_none_or(|secret| !id.contains(secret)))
    }

    /// The credential that was sent, which must not be printed.
    fn secret(&self) -> Option<&str> {
        self.hide.as_ref().map(|held| held.secret.expose_secret()).filter(|secret| !secret.is_empty())
    }

    /// Why the body of a success cannot be decoded, whatever its type.
    pub(crate) fn unusable(&self) -> Option<DecodeReason> {
        if let Some(limit) = self.cut {
            return Some(DecodeReason::TooLarge { limit });
        }
        let encoding = self.headers.get(http::header::CONTENT_ENCODING)?;
        (encoding != "identity").then_some(DecodeReason::Compressed)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("bytes", &self.bytes.len())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
