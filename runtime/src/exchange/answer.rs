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
        let said = message_of(&self.bytes)?;
        Some(match &self.hide {
            Some(held) if !held.secret.expose_secret().is_empty() => {
                said.replace(held.secret.expose_secret(), "[redacted]")
            }
            _ => said,
        })
    }

    /// SailPoint's id of the call.
    pub(crate) fn tracking_id(&self) -> Option<String> {
        if self.status.is_success() {
            return tracking_id(&self.headers).map(str::to_owned);
        }
        tracking_id_of(&self.headers, &self.bytes)
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
