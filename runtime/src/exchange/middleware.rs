//! Hooks of users around each attempt of a call.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::error::{BoxError, TransportError};
use crate::operation::descriptor::Operation;

/// A user's own code before and after each attempt of each call, the calls for access tokens included.
///
/// For instance: a header with a trace id, metrics, a circuit breaker. Several are run in the order in which they were
/// added.
pub trait Middleware: Send + Sync + 'static {
    /// Runs before an attempt is sent, and again before each redirect that it follows; may change the headers.
    ///
    /// # Errors
    ///
    /// An error ends the call: nothing is sent, and nothing is retried.
    fn before(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        let _ = attempt;
        Ok(())
    }

    /// Runs after an attempt, whether there was a response or not; not if the call is dropped before, nor if nothing was sent.
    fn after(&self, attempt: &Finished<'_>) {
        let _ = attempt;
    }
}

/// An attempt that is about to be sent.
pub struct Attempt<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) number: u32,
    pub(crate) headers: &'a mut HeaderMap,
}

impl Attempt<'_> {
    /// The operation that is called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Which attempt of the call this is, from one on.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The headers, `Authorization` (marked as sensitive) among them.
    pub fn headers(&self) -> &HeaderMap {
        self.headers
    }

    /// The headers, to change them.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.headers
    }
}

/// An attempt that is over.
pub struct Finished<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) number: u32,
    pub(crate) duration: Duration,
    pub(crate) result: Result<(StatusCode, &'a HeaderMap), &'a TransportError>,
}

impl<'a> Finished<'a> {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Which attempt of the call this was, from one on.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How long it took, until the body was read or, if it is streamed, until the headers were there.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Status and headers of the response, or why there is none.
    pub fn result(&self) -> Result<(StatusCode, &'a HeaderMap), &'a TransportError> {
        self.result
    }
}

impl fmt::Debug for Attempt<'_> {
    /// Leaves out what the headers say, which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("operation", &self.operation.id)
            .field("number", &self.number)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish()
    }
}

impl fmt::Debug for Finished<'_> {
    /// Leaves out what the headers say, which may be cookies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finished")
            .field("operation", &self.operation.id)
            .field("number", &self.number)
            .field("duration", &self.duration)
            .field("result", &self.result.map(|(status, _)| status))
            .finish()
    }
}
