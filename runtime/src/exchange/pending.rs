//! An attempt under way: the response and its body, read as they come, all within the time for them.
//!
//! Thousands of calls may be under way at once, and each waits in memory that the processor has to fetch again when its
//! response comes. So what is held while waiting is kept small: a request is made before there is a future, and what is
//! rare waits in a box of its own.

use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::attempt::{Attempt, OpenUpload};
use super::receive::Receiving;
use super::response::RawResponse;
use crate::body::multipart::Progress;
use crate::error::{Failure, TransportError, TransportErrorKind};
use crate::policy::speed::Pace;
use crate::transport::wire::{BoxFuture, Head, Sent};

/// A time that no clock can count to ends in a year.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// An attempt under way; its output is the whole response, or its start and the rest as a stream.
///
/// Written out instead of `async`, which would keep room for each step beside the others.
pub(crate) struct Pending<'a, S> {
    attempt: Attempt<'a>,
    stage: Stage<'a, S>,
    /// How to see the upload of a file get on.
    progress: Option<Progress>,
}

/// What an attempt is waiting for.
enum Stage<'a, S> {
    /// There is no request that could be sent.
    Unsent(Failure),
    Sending(S),
    Redirected(BoxFuture<'a, Result<Head, Failure>>),
    Receiving(Receiving),
    Over,
}

impl<'a> Pending<'a, ()> {
    /// Makes the request and begins to send it. `upload` is what [`open`](Attempt::open) returned.
    pub(crate) fn start(
        attempt: Attempt<'a>,
        upload: Option<OpenUpload>,
    ) -> Pending<'a, impl Future<Output = Sent> + Send + Unpin + 'a> {
        let Attempt { channel, message, .. } = attempt;
        let progress = upload.as_ref().map(|(_, upload)| upload.progress());
        let made = message.url(channel).map_err(Failure::from).and_then(|url| Ok((url, attempt.prepare(upload)?)));
        let stage = match made {
            Ok((url, (headers, body))) => {
                let method = message.operation.method.clone();
                Stage::Sending(channel.wire.send(method, url, headers, body))
            }
            Err(failure) => Stage::Unsent(failure),
        };
        Pending { attempt, stage, progress }
    }
}

impl<S: Future<Output = Sent> + Unpin> Pending<'_, S> {
    /// Runs within the time for an attempt, and within what is `left` of the time for the call. Both count from `started`,
    /// which is about now.
    pub(crate) async fn finish(&mut self, started: Instant, left: Option<Duration>) -> Result<RawResponse, Failure> {
        let result = match self.progress.take() {
            None => match timeout_at(self.end(started, started, left), &mut *self).await {
                Ok(result) => result,
                Err(_) => Err(TransportError::timeout(started.elapsed()).into()),
            },
            // Rare, so it is kept out of the future of every call by a box.
            Some(progress) => Box::pin(self.upload(&progress, started, left)).await,
        };
        self.attempt.report(started, &result);
        result
    }

    /// Runs while files are being uploaded: the time for an attempt begins anew whenever they get on, as long as they are not
    /// too slow. The time for the call does not.
    async fn upload(
        &mut self,
        progress: &Progress,
        started: Instant,
        left: Option<Duration>,
    ) -> Result<RawResponse, Failure> {
        let mut pace = Pace::new(self.attempt.message.limits(self.attempt.channel).speed);
        // When files last got on, as far as is known; and since when their speed is measured.
        let (mut begun, mut since, mut sent) = (started, started, 0);
        loop {
            let patience = self.end(begun, started, left);
            let judged = pace.left().filter(|_| !progress.is_over()).and_then(|left| since.checked_add(left));
            let end = judged.map_or(patience, |judged| judged.min(patience));
            if let Ok(result) = timeout_at(end, &mut *self).await {
                return result;
            }
            let (now, taken) = (Instant::now(), progress.sent());
            if left.is_some_and(|left| left <= started.elapsed()) || (taken == sent && now >= patience) {
                return Err(TransportError::timeout(started.elapsed()).into());
            }
            pace.count(taken - sent);
            if let Err(slow) = pace.pass(now - since)
                && !progress.is_over()
            {
                return Err(TransportError::new(TransportErrorKind::TooSlow, slow).into());
            }
            if taken > sent {
                begun = now;
            }
            (since, sent) = (now, taken);
        }
    }

    /// When the time for an attempt is over, if it begins now; at the end of the time for the call at the latest.
    fn end(&self, now: Instant, started: Instant, left: Option<Duration>) -> Instant {
        let end = now.checked_add(self.attempt.message.limits(self.attempt.channel).attempt).unwrap_or(now + FAR);
        left.and_then(|left| started.checked_add(left)).map_or(end, |last| last.min(end))
    }
}

impl<S: Future<Output = Sent> + Unpin> Future for Pending<'_, S> {
    type Output = Result<RawResponse, Failure>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let attempt = this.attempt;
        let limits = attempt.message.limits(attempt.channel);
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
            Stage::Receiving(receiving) => Ok(receiving.finish(attempt, limits)),
            Stage::Unsent(failure) => Err(failure),
            // Asked again after it was ready, which no caller does.
            _ => return Poll::Pending,
        })
    }
}
