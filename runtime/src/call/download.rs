//! Bodies that are handed over while they arrive.

use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use tokio::io::AsyncWriteExt;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep};

use crate::body::content::Body;
use crate::error::{BoxError, RequestError, TransportError, TransportErrorKind};
use crate::exchange::response::RawResponse;
use crate::operation::descriptor::Operation;
use crate::transport::wire::body_error;

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
    /// Whether the alarm was set for the chunk that is being waited for; the time that the consumer takes is not counted.
    waiting: bool,
}

impl Download {
    pub(crate) fn new(response: &mut RawResponse) -> Self {
        Self {
            operation: response.operation,
            status: response.status,
            attempts: response.attempts,
            body: response.stream.take().unwrap_or_else(|| std::mem::take(&mut response.bytes).into()),
            patience: response.patience,
            deadline: response.deadline,
            alarm: None,
            waiting: false,
        }
    }

    /// The next chunk; `None` after the last.
    ///
    /// # Errors
    ///
    /// If the connection breaks, the server is silent for longer than the time for an attempt, or the time for the whole call
    /// is over.
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
            self.waiting = false;
            return Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| self.broken(error))));
        }
        let patience = self.patience;
        if self.alarm.is_none() && Handle::try_current().is_err() {
            return Poll::Ready(Some(Err(self.broken(RequestError::outside_tokio().into()))));
        }
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep(patience)));
        if !self.waiting {
            // A time that no clock can count to is not waited for: `sleep` has set the alarm far ahead.
            let end = Instant::now().checked_add(patience);
            if let Some(end) = end.into_iter().chain(self.deadline.map(|(_, end)| end)).min() {
                alarm.as_mut().reset(end);
            }
            self.waiting = true;
        }
        if alarm.as_mut().poll(context).is_ready() {
            let over = self.deadline.filter(|(_, end)| Instant::now() >= *end);
            let waited = over.map_or(patience, |(started, _)| started.elapsed());
            return Poll::Ready(Some(Err(self.late(waited))));
        }
        Poll::Pending
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
