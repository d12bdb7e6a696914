//! Reading the body of a response within limits.

use std::mem;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};

use super::attempt::Attempt;
use super::response::RawResponse;
use crate::error::TransportError;
use crate::policy::limits::Limits;
use crate::transport::wire::{Head, body_error};

/// How many bytes of an error's body are kept.
const ERROR_BODY: usize = 256 * 1024;

/// A response whose body arrives.
pub(crate) struct Receiving {
    head: Head,
    /// Whether the body is left to be read by others.
    streamed: bool,
    /// Most bodies are one chunk, which needs no copy.
    first: Bytes,
    all: BytesMut,
    /// The limit at which the body was cut off, if it was.
    cut: Option<usize>,
}

impl Receiving {
    pub(super) fn new(head: Head, streamed: bool) -> Self {
        Self { head, streamed, first: Bytes::new(), all: BytesMut::new(), cut: None }
    }

    /// Reads the body up to the limit; an error's body up to what is kept of it.
    pub(super) fn poll(&mut self, limit: usize, context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        let success = self.head.status.is_success();
        let limit = if success { limit } else { limit.min(ERROR_BODY) };
        while self.cut.is_none() && !self.streamed {
            match ready!(self.head.body.poll_chunk(context)) {
                Some(Ok(chunk)) => self.push(chunk, limit),
                Some(Err(error)) if success => return Poll::Ready(Err(body_error(error).after(self.head.status))),
                // The status of an error says more than the connection that broke after it.
                Some(Err(_)) => self.cut = Some(limit),
                None => break,
            }
        }
        Poll::Ready(Ok(()))
    }

    fn push(&mut self, mut chunk: Bytes, limit: usize) {
        let room = limit - self.first.len() - self.all.len();
        if chunk.len() > room {
            self.cut = Some(limit);
            chunk.truncate(room);
        }
        if self.first.is_empty() && self.all.is_empty() {
            self.first = chunk;
            return;
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&mem::take(&mut self.first));
        }
        self.all.extend_from_slice(&chunk);
    }

    pub(super) fn finish(self, attempt: Attempt<'_>, limits: Limits) -> RawResponse {
        let Head { status, headers, body } = self.head;
        RawResponse {
            not_followed: attempt.not_followed(status, &headers),
            operation: attempt.message.operation,
            api: attempt.message.api,
            status,
            headers,
            bytes: if self.all.is_empty() { self.first } else { self.all.freeze() },
            stream: self.streamed.then_some(body),
            cut: self.cut,
            attempts: attempt.number,
            patience: limits.attempt,
            speed: limits.speed,
            deadline: None,
            hide: attempt.credential.cloned(),
        }
    }
}
