//! The response that an error is about, as plain data.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::operation::descriptor::Operation;

/// The response that an error is about.
pub(crate) struct FailedResponse {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body; cut off if it was larger than what may be kept.
    pub(crate) bytes: Bytes,
    /// How many times the request was sent.
    pub(crate) attempts: u32,
    /// What the body of an error says, without the credential that was sent.
    pub(crate) message: Option<String>,
    pub(crate) tracking_id: Option<String>,
    /// How long the server asks to wait before the next attempt.
    pub(crate) retry_after: Option<Duration>,
    /// Why it is a redirect still, if it is one.
    pub(crate) not_followed: Option<NotFollowed>,
}

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
