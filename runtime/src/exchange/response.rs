//! A response before anything knows the type of its body.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use secrecy::ExposeSecret;
use tokio::time::Instant;

use super::credential::Credential;
use crate::body::content::Body;
use crate::error::{DecodeReason, FailedResponse, NotFollowed, message_of, retry_after, tracking_id, tracking_id_of};
use crate::operation::api::Api;
use crate::operation::descriptor::Operation;
use crate::policy::speed::MinSpeed;

/// A response of any status: what sending returns and decoding starts from.
pub struct RawResponse {
    pub(crate) operation: &'static Operation,
    pub(crate) api: &'static Api,
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
    /// How slowly it may arrive.
    pub(crate) speed: MinSpeed,
    /// When the call began, and when the time for all of it is over; a streamed body is still a part of it.
    pub(crate) deadline: Option<(Instant, Instant)>,
    /// Why it is a redirect still, if it is one.
    pub(crate) not_followed: Option<NotFollowed>,
    /// The credential that was sent, so that a server that echoes it does not get it printed.
    pub(crate) hide: Option<Arc<Credential>>,
}

impl RawResponse {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; empty if it is streamed.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The id by which support finds the call.
    pub(crate) fn tracking_id(&self) -> Option<String> {
        let id = match self.status.is_success() {
            true => tracking_id(self.api, &self.headers).map(str::to_owned),
            false => tracking_id_of(self.api, &self.headers, &self.bytes),
        };
        id.filter(|id| self.secret().is_none_or(|secret| !id.contains(secret)))
    }

    /// What the body of an error says, without the credential.
    fn message(&self) -> Option<String> {
        match self.secret() {
            Some(secret) => message_of(self.api, &self.bytes, &[secret]),
            None => message_of(self.api, &self.bytes, &[]),
        }
    }

    /// The credential that was sent, which must not be printed.
    fn secret(&self) -> Option<&str> {
        self.hide.as_ref().map(|hide| hide.secret.expose_secret()).filter(|secret| !secret.is_empty())
    }

    /// The response as errors keep it.
    pub(crate) fn into_failed(self) -> FailedResponse {
        FailedResponse {
            operation: self.operation,
            status: self.status,
            message: if self.status.is_success() { None } else { self.message() },
            tracking_id: self.tracking_id(),
            retry_after: retry_after(&self.headers, SystemTime::now()),
            not_followed: self.not_followed,
            headers: self.headers,
            bytes: self.bytes,
            attempts: self.attempts,
        }
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

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("bytes", &self.bytes.len())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
