//! An attempt under way: the answer and its body, read as they come, all within the time for them.
//!
//! Thousands of calls may be under way at once, and each waits in memory that the processor has to fetch again when its
//! answer comes. So what is held while waiting is kept small: a request is made before there is a future, and what is rare
//! waits in a box of its own.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::time::{Instant, timeout_at};

use super::answer::Answer;
use super::attempt::{Attempt, Limits};
use crate::body::multipart::Progress;
use crate::error::{Failure, TransportError};
use crate::transport::wire::{BoxFuture, Head, Sent, body_error};

/// How many bytes of an error's body are kept.
const ERROR_BODY: usize = 256 * 1024;

/// A time that no clock can count to ends in a year.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// An attempt under way; its output is the whole answer, or its start and the rest as a stream.
///
/// Written out instead of `async`, which would keep room for each step beside the others.
pub(crate) struct Exchange<'a, S> {
    attempt: Attempt<'a>,
    stage: Stage<'a, S>,
    /// How to see the upload of a file get on.
    progress: Option<Progress>,
}

/// What an attempt is waiting for.
pub(crate) enum Stage<'a, S> {
    /// There is no request that could be sent.
    Unsent(Failure),
    Sending(S),
    Redirected(BoxFuture<'a, Result<Head, Failure>>),
    Receiving(Receiving),
    Over,
}

impl<'a, S: Future<Output = Sent> + Unpin> Exchange<'a, S> {
    pub(crate) fn new(attempt: Attempt<'a>, stage: Stage<'a, S>, progress: Option<Progress>) -> Self {
        Self { attempt, stage, progress }
    }

    /// Runs within the time for an attempt, which begins anew whenever a file that is being uploaded gets on, and within
    /// what is `left` of the time for the call, which does not. It counts from `started`, which is about now.
    pub(crate) async fn finish(&mut self, started: Instant, left: Option<Duration>) -> Result<Answer, Failure> {
        let (mut sent, mut begun) = (0, started);
        let result = loop {
            if let Ok(result) = timeout_at(self.end(begun, started, left), &mut *self).await {
                break result;
            }
            let now = self.progress.as_ref().map_or(0, Progress::sent);
            if now == sent || left.is_some_and(|left| left <= started.elapsed()) {
                break Err(TransportError::timeout(started.elapsed()).into());
            }
            (sent, begun) = (now, Instant::now());
        };
        self.attempt.report(started, &result);
        result
    }

    /// When the time for an attempt is over, if it begins now; at the end of the time for the call at the latest.
    fn end(&self, now: Instant, started: Instant, left: Option<Duration>) -> Instant {
        let end = now.checked_add(Limits::of(self.attempt.request).attempt).unwrap_or(now + FAR);
        left.and_then(|left| started.checked_add(left)).map_or(end, |last| last.min(end))
    }
}

impl<S: Future<Output = Sent> + Unpin> Future for Exchange<'_, S> {
    type Output = Result<Answer, Failure>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let attempt = this.attempt;
        let limits = Limits::of(attempt.request);
        loop {
            let head = match &mut this.stage {
                Stage::Sending(sending) => match attempt.redirect(ready!(Pin::new(sending).poll(context))?) {
                    Ok(head) => head,
                    Err(there) => {
                        // Rare and large, so it is kept out of the future of every call by a box.
                        this.stage = Stage::Redirected(Box::pin(attempt.follow(there)));
                        continue;
                    }
                },
                Stage::Redirected(following) => ready!(following.as_mut().poll(context))?,
                Stage::Receiving(receiving) => {
                    ready!(receiving.poll(limits.body, context))?;
                    break;
                }
                Stage::Unsent(_) | Stage::Over => break,
            };
            let streamed = head.status.is_success() && attempt.streamed;
            this.stage = Stage::Receiving(Receiving::new(head, streamed));
        }
        Poll::Ready(match mem::replace(&mut this.stage, Stage::Over) {
            Stage::Receiving(receiving) => Ok(receiving.answer(attempt, limits)),
            Stage::Unsent(failure) => Err(failure),
            // Asked again after it was ready, which no caller does.
            _ => return Poll::Pending,
        })
    }
}

/// An answer whose body arrives.
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
    fn new(head: Head, streamed: bool) -> Self {
        Self { head, streamed, first: Bytes::new(), all: BytesMut::new(), cut: None }
    }

    /// Reads the body up to the limit; an error's body up to what is kept of it.
    fn poll(&mut self, limit: usize, context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
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

    fn answer(self, attempt: Attempt<'_>, limits: Limits) -> Answer {
        let Head { status, headers, body } = self.head;
        Answer {
            not_followed: attempt.not_followed(status, &headers),
            operation: attempt.request.operation(),
            status,
            headers,
            bytes: if self.all.is_empty() { self.first } else { self.all.freeze() },
            stream: self.streamed.then_some(body),
            cut: self.cut,
            attempts: attempt.number,
            patience: limits.attempt,
            hide: attempt.token.cloned(),
        }
    }
}
