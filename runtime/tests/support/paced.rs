//! Bodies whose chunks arrive with a pause before each, on tokio's clock.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use openapi_client_runtime::{Body, BoxError, Bytes};
use tokio::time::{Instant, Sleep, sleep};

/// A body of `count` equal chunks.
pub fn body(pause: Duration, count: u32, chunk: impl Into<Bytes>) -> Body {
    Body::stream(Chunks { pause, left: count, chunk: chunk.into(), next: Box::pin(sleep(pause)) })
}

struct Chunks {
    pause: Duration,
    left: u32,
    chunk: Bytes,
    next: Pin<Box<Sleep>>,
}

impl Stream for Chunks {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        ready!(self.next.as_mut().poll(context));
        self.left -= 1;
        let next = Instant::now() + self.pause;
        self.next.as_mut().reset(next);
        Poll::Ready(Some(Ok(self.chunk.clone())))
    }
}
