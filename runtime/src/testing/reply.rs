//! A response of the mock server, and the way in which it is delivered.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::body::content::Body;
use crate::error::{BoxError, TransportError, TransportErrorKind};

/// How long a slow body rests before each of its pieces.
const PAUSE: Duration = Duration::from_millis(200);
/// How long a broken body rests before each of its pieces: a server sends what it has while it waits, so that head and
/// first half leave before the connection ends.
const FLUSH: Duration = Duration::from_millis(10);
/// The pieces of a slow body.
const PIECES: usize = 5;

/// A response, and the way in which it is delivered.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Status and headers.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// How much of it is delivered, and how.
    pub delivery: Delivery,
    /// What is wrong with the request, a sentence for each fault.
    pub faults: Vec<String>,
}

/// How a response is delivered: whole, or with a fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// It arrives.
    #[default]
    Whole,
    /// The connection ends before it.
    Never,
    /// The connection ends in the middle of its body.
    Broken,
    /// Its body arrives in pieces, with a pause before each.
    Slow,
}

impl Reply {
    /// A response without a body.
    pub(super) fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Bytes::new(), delivery: Delivery::Whole, faults: Vec::new() }
    }

    /// A response with a body.
    pub(super) fn of(status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::empty(status);
        reply.body = body.into();
        reply.set(CONTENT_TYPE, content_type);
        reply
    }

    pub(super) fn json(status: StatusCode, body: &Value) -> Self {
        Self::of(status, "application/json", body.to_string())
    }

    /// Says what is wrong, as RFC 9457 has it.
    pub(super) fn problem(status: StatusCode, detail: &str, faults: &[String]) -> Self {
        Self::of(status, "application/problem+json", problem(status, detail, faults).to_string())
    }

    /// Sets a header; a value that no header can hold is left out.
    pub(super) fn set(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// The response as a transport delivers it.
    ///
    /// # Errors
    ///
    /// If it is not delivered: [`Delivery::Never`].
    pub fn into_response(self) -> Result<http::Response<Body>, TransportError> {
        let body = match self.delivery {
            Delivery::Never => return Err(TransportError::new(TransportErrorKind::Broken, CUT)),
            Delivery::Whole => Body::from(self.body),
            Delivery::Broken => {
                let half = self.body.slice(..self.body.len() / 2);
                Body::stream(Pieces::new([Ok(half), Err(CUT.into())].into(), FLUSH))
            }
            Delivery::Slow => {
                let size = self.body.len().div_ceil(PIECES).max(1);
                let pieces = self.body.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece)));
                Body::stream(Pieces::new(pieces.collect(), PAUSE))
            }
        };
        let mut response = http::Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        Ok(response)
    }
}

const CUT: &str = "the mock server ended the connection, as it was told to";

/// The members of a problem (RFC 9457), with every fault.
pub(super) fn problem(status: StatusCode, detail: &str, faults: &[String]) -> Value {
    json!({
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "detail": detail,
        "faults": faults,
    })
}

type Piece = Result<Bytes, BoxError>;

/// A body in pieces, with a pause before each.
struct Pieces {
    left: std::collections::VecDeque<Piece>,
    pause: Duration,
    resting: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl Pieces {
    fn new(left: std::collections::VecDeque<Piece>, pause: Duration) -> Self {
        Self { left, pause, resting: None }
    }
}

impl Stream for Pieces {
    type Item = Piece;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Piece>> {
        let pause = self.pause;
        let resting = self.resting.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        if resting.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        self.resting = None;
        Poll::Ready(self.left.pop_front())
    }
}
