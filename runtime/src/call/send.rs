//! The one place where a call runs: token, attempts, and the waits between them.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use tokio::runtime::Handle;
use tokio::time::Instant;
use tracing::Instrument;

use super::request::Request;
use crate::auth::cache::Held;
use crate::body::payload::Payload;
use crate::error::{Failure, RequestError, TransportError};
use crate::exchange::answer::Answer;
use crate::exchange::attempt::{Attempt, Limits};
use crate::exchange::trace;
use crate::policy::rate::Limiter;
use crate::policy::retry::{Outcome, Retries, Seen};
use crate::transport::wire::BoxFuture;

/// Runs a call to its end: an answer of any status, or the reason why there is none.
pub(crate) fn boxed(request: Request, streamed: bool) -> BoxFuture<'static, Result<Answer, Failure>> {
    // A block, not an `async fn`: that would hold the request twice, as it was handed over and as it is used.
    Box::pin(async move {
        // Tokio's timers and the HTTP library would panic.
        if Handle::try_current().is_err() {
            return Err(RequestError::outside_tokio().into());
        }
        let mut running = Running::new(&request);
        let Some(span) = trace::span(request.client(), request.operation()) else {
            return running.run(streamed).await;
        };
        // The future is large, and wrapping it copies it: only those who trace pay for that.
        let result = Box::pin(running.run(streamed)).instrument(span.clone()).await;
        trace::end(&span, running.started.elapsed(), &result);
        result
    })
}

/// A call that is being sent.
struct Running<'a> {
    request: &'a Request,
    started: Instant,
    deadline: Option<Instant>,
    retries: Retries,
    /// How often it was sent.
    attempts: u32,
}

impl<'a> Running<'a> {
    fn new(request: &'a Request) -> Self {
        let started = Instant::now();
        Self {
            request,
            started,
            deadline: Limits::of(request).total.and_then(|total| started.checked_add(total)),
            retries: request.client().0.retry.start(request.0.options.attempts),
            attempts: 0,
        }
    }

    /// What is rare waits in a box, so that the future of every call is small; see [`attempt`](crate::exchange::attempt).
    async fn run(&mut self, streamed: bool) -> Result<Answer, Failure> {
        let request = self.request;
        request.check()?;
        let mut waited = request.client().0.limiter.is_some();
        let mut token = match self.token_at_hand() {
            Some(token) => token,
            None => {
                waited = true;
                // What cannot be sent needs no token.
                request.url()?;
                Box::pin(self.token(None)).await?
            }
        };
        let mut renewed = request.0.options.anonymous || !request.client().0.auth.renewable();
        loop {
            if let Some(limiter) = &request.client().0.limiter {
                Box::pin(self.turn(limiter)).await?;
            }
            let form = match request.0.payload {
                Payload::Form(_) => {
                    waited = true;
                    Box::pin(Attempt::open(request)).await?
                }
                Payload::None | Payload::Bytes { .. } => None,
            };
            // A look at the clock costs as much as a good part of what is done here, so the first one serves twice.
            let now = if waited { Instant::now() } else { self.started };
            let left = self.time_left(now)?;
            self.attempts += 1;
            let attempt = Attempt { request, token: token.as_ref(), number: self.attempts, streamed };
            waited = true;
            let verdict = {
                let sent = attempt.start(form).finish(now, left).await;
                match self.judge(&sent, !renewed) {
                    Verdict::Done => return sent.map_err(|failure| self.counted(failure)),
                    other => other,
                }
            };
            if let Verdict::Wait(wait) = verdict {
                Box::pin(tokio::time::sleep(wait)).await;
            } else {
                renewed = true;
                trace::refused(request.operation());
                token = Box::pin(self.token(token.take())).await?;
            }
        }
    }

    /// What follows from an attempt.
    fn judge(&mut self, sent: &Result<Answer, Failure>, may_renew: bool) -> Verdict {
        let outcome = match sent {
            Ok(answer) if answer.status.is_success() => return Verdict::Done,
            Ok(answer) if answer.status == StatusCode::UNAUTHORIZED && may_renew => return Verdict::Renew,
            Ok(answer) => Outcome::Answer(answer.status, &answer.headers),
            Err(Failure::Transport(error)) => Outcome::Failure(error.kind()),
            Err(_) => return Verdict::Done,
        };
        self.wait(outcome).map_or(Verdict::Done, Verdict::Wait)
    }

    /// A failure that knows its operation and how often it was sent.
    fn counted(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Transport(error) => error.of(self.request.operation(), self.attempts).into(),
            other => other,
        }
    }

    /// The token for the call, if it is there without waiting. Inside: none, if none is to be sent.
    fn token_at_hand(&self) -> Option<Option<Arc<Held>>> {
        match self.request.0.options.anonymous {
            true => Some(None),
            false => self.request.client().0.auth.at_hand(self.started),
        }
    }

    /// The token for the call, or the one in place of a token that was refused. The time for the call goes on.
    async fn token(&self, refused: Option<Arc<Held>>) -> Result<Option<Arc<Held>>, Failure> {
        let client = self.request.client();
        let auth = &client.0.auth;
        let token = async {
            match &refused {
                None => auth.token(client, self.deadline).await,
                Some(held) => auth.renew(client, held).await,
            }
        };
        match self.deadline {
            None => Ok(token.await?),
            Some(deadline) => match tokio::time::timeout_at(deadline, token).await {
                Ok(token) => Ok(token?),
                Err(_) => Err(self.late()),
            },
        }
    }

    /// Waits for the client's own limit on its rate.
    async fn turn(&self, limiter: &Limiter) -> Result<(), Failure> {
        let turn = limiter.reserve(self.deadline).ok_or_else(|| self.late())?;
        tokio::time::sleep_until(turn).await;
        Ok(())
    }

    /// The time that is left for the next attempt, where there is a limit on the whole call.
    fn time_left(&self, now: Instant) -> Result<Option<Duration>, Failure> {
        match self.deadline {
            None => Ok(None),
            Some(deadline) => match deadline.saturating_duration_since(now) {
                Duration::ZERO => Err(self.late()),
                left => Ok(Some(left)),
            },
        }
    }

    fn late(&self) -> Failure {
        TransportError::timeout(self.started.elapsed()).of(self.request.operation(), self.attempts).into()
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    fn wait(&mut self, outcome: Outcome<'_>) -> Option<Duration> {
        let seen = Seen {
            attempt: self.attempts,
            elapsed: self.started.elapsed(),
            repeatable: self.request.is_repeatable(),
            outcome,
        };
        let wait = self.request.client().0.retry.next(&mut self.retries, &seen)?;
        if self.deadline.is_some_and(|deadline| deadline.saturating_duration_since(Instant::now()) <= wait) {
            return None;
        }
        trace::retry(self.request.operation(), self.attempts, wait, &seen.outcome);
        Some(wait)
    }
}

/// What follows from an attempt.
enum Verdict {
    /// No other one.
    Done,
    /// Another one, after this time.
    Wait(Duration),
    /// Another one, with a new token.
    Renew,
}
