//! Calls that ended without a complete response.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::cause::BoxError;
use super::chain;
use crate::operation::descriptor::Operation;

/// What kind of failure ended an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about (name lookup, TCP, TLS, proxy): the server has seen nothing of the request.
    Connect,
    /// The server's certificate, or its TLS, is not acceptable, or the server refuses the client's certificate or the lack of
    /// one: the server has seen nothing of the request.
    Tls,
    /// The time for one attempt, or for the whole call, was over.
    Timeout,
    /// An upload or a streamed download was slower than [`MinSpeed`](crate::MinSpeed) allows.
    TooSlow,
    /// The connection broke: the server may have acted on the request.
    Broken,
    /// The response is not valid HTTP, for instance in the name of a header: the server may have acted on the request.
    Malformed,
    /// The compressed body of the response cannot be decompressed: it came whole, so the call is not retried.
    Compression,
    /// A file of the request's body could not be read while it was being sent.
    Body,
    /// The HTTP client that was set followed a redirect to another host, although it should follow none.
    Redirected,
}

impl TransportErrorKind {
    /// Short, for traces.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::TooSlow => "too_slow",
            Self::Broken => "broken",
            Self::Malformed => "malformed",
            Self::Compression => "compression",
            Self::Body => "body",
            Self::Redirected => "redirected",
        }
    }
}

/// The network or the server failed before there was a complete response.
pub struct TransportError(Box<Inner>);

struct Inner {
    kind: TransportErrorKind,
    operation: Option<&'static Operation>,
    status: Option<StatusCode>,
    attempts: u32,
    waited: Option<Duration>,
    source: Option<BoxError>,
}

impl TransportError {
    /// An error for the transports that users write.
    ///
    /// The kind decides whether the call is retried: [`TransportErrorKind::Connect`] promises that the server has seen
    /// nothing of the request.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            status: None,
            attempts: 1,
            waited: None,
            source: Some(source.into()),
        }))
    }

    pub(crate) fn timeout(waited: Duration) -> Self {
        Self(Box::new(Inner {
            kind: TransportErrorKind::Timeout,
            operation: None,
            status: None,
            attempts: 1,
            waited: Some(waited),
            source: None,
        }))
    }

    pub(crate) fn redirected() -> Self {
        Self(Box::new(Inner {
            kind: TransportErrorKind::Redirected,
            operation: None,
            status: None,
            attempts: 1,
            waited: None,
            source: None,
        }))
    }

    pub(crate) fn of(mut self, operation: &'static Operation, attempts: u32) -> Self {
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn after(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    /// What kind of failure it was.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// The status of the response, if the connection failed only after it.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The operation that was called.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// How many times the call was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether time was over or the transfer too slow, rather than the connection broken.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, TransportErrorKind::Timeout | TransportErrorKind::TooSlow)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        match inner.operation {
            Some(operation) => write!(f, "{operation} failed: ")?,
            None => f.write_str("the call failed: ")?,
        }
        f.write_str(match inner.kind {
            TransportErrorKind::Connect => "no connection to the server",
            TransportErrorKind::Tls => "no secure connection to the server",
            TransportErrorKind::Timeout => "no complete response in time",
            TransportErrorKind::TooSlow => "the transfer was too slow",
            TransportErrorKind::Broken => "the connection broke before the response was complete",
            TransportErrorKind::Malformed => "the response is not valid HTTP",
            TransportErrorKind::Compression => "the compressed body of the response is corrupt",
            TransportErrorKind::Body => "the request's body could not be read",
            TransportErrorKind::Redirected => {
                "the HTTP client that was set followed a redirect to another host, which may have got the access \
                 token: build it with `redirect(Policy::none())`"
            }
        })?;
        if let Some(status) = inner.status {
            write!(f, ", after the status {status}")?;
        }
        if let Some(waited) = inner.waited {
            write!(f, ", after {waited:?}")?;
        }
        if inner.attempts > 1 {
            write!(f, ", after {} attempts", inner.attempts)?;
        }
        chain::write(f, self.source())
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation.map(|operation| operation.id))
            .field("status", &self.0.status)
            .field("attempts", &self.0.attempts)
            .field("source", &chain::Causes(self.source()))
            .finish()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|error| error as &(dyn StdError + 'static))
    }
}
