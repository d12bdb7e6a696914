//! Bodies that are handed over while they arrive.

use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use tokio::io::AsyncWriteExt;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep};

use crate::body::content::Body;
use crate::error::{BoxError, RequestError, TransportError, TransportErrorKind};
use crate::exchange::response::RawResponse;
use crate::operation::descriptor::Operation;
use crate::policy::speed::{MinSpeed, Pace, TooSlow};
use crate::transport::wire::body_error;

/// The media type of streams of events (HTML Living Standard, section 9.2).
const EVENTS: &[u8] = b"text/event-stream";

/// A body that arrives chunk by chunk, so that it needs no more memory than one chunk.
///
/// It is a [`Stream`]; [`chunk`](Self::chunk), [`bytes`](Self::bytes) and [`save`](Self::save) need no stream library.
/// Dropping it ends the transfer.
pub struct Download {
    operation: &'static Operation,
    status: StatusCode,
    attempts: u32,
    body: Body,
    /// How long the server may be silent, and the alarm for it.
    patience: Duration,
    /// When the call began, and when the time for all of it is over.
    deadline: Option<(Instant, Instant)>,
    alarm: Option<Pin<Box<Sleep>>>,
    /// The wait for the next chunk, for which the alarm is set; the time that the consumer takes is not counted.
    waiting: Option<Waiting>,
    /// How fast it arrives.
    pace: Pace,
}

/// A wait for a chunk.
struct Waiting {
    since: Instant,
    /// Up to when its time has been counted.
    judged: Instant,
}

impl Waiting {
    /// When the alarm is to ring. A time that no clock can count to is a day ahead.
    fn end(&self, patience: Duration, pace: Pace, deadline: Option<(Instant, Instant)>) -> Instant {
        let silent = self.since.checked_add(patience);
        let judged = pace.left().and_then(|left| self.judged.checked_add(left));
        let ends = silent.into_iter().chain(judged).chain(deadline.map(|(_, end)| end));
        ends.min().unwrap_or(self.judged + Duration::from_secs(24 * 60 * 60))
    }
}

impl Download {
    pub(crate) fn new(response: &mut RawResponse) -> Self {
        // Events come when something happens.
        let events = response.headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(EVENTS));
        let speed = if events { MinSpeed::none() } else { response.speed };
        Self {
            operation: response.operation,
            status: response.status,
            attempts: response.attempts,
            body: response.stream.take().unwrap_or_else(|| std::mem::take(&mut response.bytes).into()),
            patience: response.patience,
            deadline: response.deadline,
            alarm: None,
            waiting: None,
            pace: Pace::new(speed),
        }
    }

    /// The next chunk; `None` after the last.
    ///
    /// # Errors
    ///
    /// If the connection breaks, the server is silent for longer than the time for an attempt or slower than
    /// [`MinSpeed`](crate::MinSpeed) allows, or the time for the whole call is over.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| self.poll_chunk(context)).await
    }

    /// All of the body, in memory.
    ///
    /// # Errors
    ///
    /// As for [`chunk`](Self::chunk), and if the body is larger than `limit` bytes.
    pub async fn bytes(mut self, limit: usize) -> Result<Bytes, TransportError> {
        let mut all = Vec::new();
        while let Some(chunk) = self.chunk().await {
            let chunk = chunk?;
            if all.len() + chunk.len() > limit {
                let why = format!("the body is larger than {limit} bytes");
                return Err(self.failed(TransportError::new(TransportErrorKind::Broken, why)));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.into())
    }

    /// Writes the body to a file, which is created or replaced, and returns its length in bytes.
    ///
    /// # Errors
    ///
    /// As for [`chunk`](Self::chunk), and if the file cannot be written. What was written so far stays there.
    pub async fn save(mut self, path: impl AsRef<Path>) -> Result<u64, TransportError> {
        let path = path.as_ref();
        let failed = |error: std::io::Error| {
            TransportError::new(TransportErrorKind::Body, format!("{}: {error}", path.display()))
        };
        if Handle::try_current().is_err() {
            return Err(self.failed(TransportError::new(TransportErrorKind::Body, RequestError::outside_tokio())));
        }
        let mut file = tokio::fs::File::create(path).await.map_err(failed)?;
        let mut written = 0;
        while let Some(chunk) = self.chunk().await {
            let chunk = chunk?;
            file.write_all(&chunk).await.map_err(failed)?;
            written += chunk.len() as u64;
        }
        file.flush().await.map_err(failed)?;
        Ok(written)
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        if let Some((started, _)) = self.deadline.filter(|(_, end)| Instant::now() >= *end) {
            return Poll::Ready(Some(Err(self.late(started.elapsed()))));
        }
        if let Poll::Ready(chunk) = self.body.poll_chunk(context) {
            return Poll::Ready(chunk.map(|chunk| self.arrived(chunk)));
        }
        if self.alarm.is_none() && Handle::try_current().is_err() {
            return Poll::Ready(Some(Err(self.broken(RequestError::outside_tokio().into()))));
        }
        loop {
            let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep(Duration::ZERO)));
            if self.waiting.is_none() {
                let now = Instant::now();
                let waiting = Waiting { since: now, judged: now };
                alarm.as_mut().reset(waiting.end(self.patience, self.pace, self.deadline));
                self.waiting = Some(waiting);
            }
            ready!(alarm.as_mut().poll(context));
            if let Err(error) = self.rung() {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// A chunk that arrived, or what came in its place.
    fn arrived(&mut self, chunk: Result<Bytes, BoxError>) -> Result<Bytes, TransportError> {
        let chunk = chunk.map_err(|error| self.broken(error))?;
        self.pace.count(chunk.len() as u64);
        if let Some(waiting) = self.waiting.take()
            && self.pace.left().is_some()
        {
            self.pace.pass(waiting.judged.elapsed()).map_err(|slow| self.slow(slow))?;
        }
        Ok(chunk)
    }

    /// What the alarm means: nothing, if it was only time to judge the speed.
    fn rung(&mut self) -> Result<(), TransportError> {
        let now = Instant::now();
        if let Some((started, _)) = self.deadline.filter(|(_, end)| now >= *end) {
            return Err(self.late(started.elapsed()));
        }
        let Some(waiting) = &mut self.waiting else { return Ok(()) };
        if now - waiting.since >= self.patience {
            return Err(self.late(self.patience));
        }
        let passed = self.pace.pass(now - waiting.judged);
        waiting.judged = now;
        let end = waiting.end(self.patience, self.pace, self.deadline);
        if let Some(alarm) = &mut self.alarm {
            alarm.as_mut().reset(end);
        }
        passed.map_err(|slow| self.slow(slow))
    }

    fn slow(&mut self, slow: TooSlow) -> TransportError {
        self.body = Body::empty();
        self.failed(TransportError::new(TransportErrorKind::TooSlow, slow))
    }

    fn late(&mut self, waited: Duration) -> TransportError {
        self.body = Body::empty();
        self.deadline = None;
        self.failed(TransportError::timeout(waited))
    }

    fn broken(&mut self, error: BoxError) -> TransportError {
        self.body = Body::empty();
        self.failed(body_error(error))
    }

    fn failed(&self, error: TransportError) -> TransportError {
        error.after(self.status).of(self.operation, self.attempts)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
