//! The one place where a call runs: token, attempts, and the waits between them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::StatusCode;
use tracing::Instrument;

use crate::answer::Answer;
use crate::attempt::{self, Limits};
use crate::client::Client;
use crate::config::{Outcome, Retries, Seen};
use crate::error::{Failure, TransportError};
use crate::operation::Operation;
use crate::request::Request;
use crate::token::Held;
use crate::trace;
use crate::transport::BoxFuture;

/// Runs a call to its end: an answer of any status, or the reason why there is none.
pub(crate) async fn run(request: Box<Request>, streamed: bool) -> Result<Answer, Failure> {
    let started = Instant::now();
    let span = trace::span(request.client(), request.operation());
    let mut running = Running::new(&request, started);
    // The future is large, and wrapping it copies it: only those who trace pay for that.
    let result = if span.is_disabled() {
        running.run(streamed).await
    } else {
        Box::pin(running.run(streamed)).instrument(span.clone()).await
    };
    trace::end(&span, started.elapsed(), &result);
    result
}

/// [`run`] in a box, for the call that gets the token of another call.
pub(crate) fn boxed(request: Request) -> BoxFuture<'static, Result<Answer, Failure>> {
    Box::pin(run(Box::new(request), false))
}

/// A call that is being sent.
struct Running<'a> {
    request: &'a Request,
    client: &'a Client,
    operation: &'static Operation,
    limits: Limits,
    started: Instant,
    deadline: Option<Instant>,
    retries: Retries,
    /// How often it was sent.
    attempts: u32,
}

impl<'a> Running<'a> {
    fn new(request: &'a Request, started: Instant) -> Self {
        let client = request.client();
        let limits = Limits::of(request);
        Self {
            request,
            client,
            operation: request.operation(),
            deadline: limits.total.and_then(|total| started.checked_add(total)),
            limits,
            started,
            retries: client.0.retry.start(request.options.attempts),
            attempts: 0,
        }
    }

    async fn run(&mut self, streamed: bool) -> Result<Answer, Failure> {
        self.request.check()?;
        let url = self.request.url()?;
        let mut token = self.token(None).await?;
        let mut renewed = self.request.options.anonymous || !self.client.0.auth.renewable();
        loop {
            self.turn().await?;
            self.attempts += 1;
            let time = self.time_left()?;
            let (token_now, limits, attempts) = (token.as_ref(), self.limits, self.attempts);
            let sent = attempt::send(self.request, &url, token_now, limits, time, attempts, streamed).await;
            match self.judge(&sent, !renewed) {
                Verdict::Done => return sent.map_err(|failure| self.counted(failure)),
                Verdict::Wait(wait) => {
                    drop(sent);
                    tokio::time::sleep(wait).await;
                }
                Verdict::Renew => {
                    drop(sent);
                    renewed = true;
                    trace::refused(self.operation);
                    token = self.token(token).await?;
                }
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
            Failure::Transport(error) => error.of(self.operation, self.attempts).into(),
            other => other,
        }
    }

    /// The token for the call, or the one in place of a token that was refused. The time for the call goes on.
    async fn token(&self, refused: Option<Arc<Held>>) -> Result<Option<Arc<Held>>, Failure> {
        if self.request.options.anonymous {
            return Ok(None);
        }
        let auth = &self.client.0.auth;
        let token = async {
            match &refused {
                None => auth.token(self.client).await,
                Some(held) => auth.renew(self.client, held).await,
            }
        };
        match self.deadline {
            None => Ok(token.await?),
            Some(deadline) => match tokio::time::timeout_at(deadline.into(), token).await {
                Ok(token) => Ok(token?),
                Err(_) => Err(self.late()),
            },
        }
    }

    /// Waits for the client's own limit on its rate.
    async fn turn(&self) -> Result<(), Failure> {
        let Some(limiter) = &self.client.0.limiter else {
            return Ok(());
        };
        let turn = limiter.reserve();
        if self.deadline.is_some_and(|deadline| turn > deadline.into()) {
            return Err(self.late());
        }
        tokio::time::sleep_until(turn).await;
        Ok(())
    }

    /// The time that is left for the next attempt, where there is a limit on the whole call.
    fn time_left(&self) -> Result<Option<Duration>, Failure> {
        match self.deadline {
            None => Ok(None),
            Some(deadline) => match deadline.saturating_duration_since(Instant::now()) {
                Duration::ZERO => Err(self.late()),
                left => Ok(Some(left)),
            },
        }
    }

    fn late(&self) -> Failure {
        TransportError::timeout(self.started.elapsed()).of(self.operation, self.attempts).into()
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    fn wait(&mut self, outcome: Outcome<'_>) -> Option<Duration> {
        let seen = Seen {
            attempt: self.attempts,
            elapsed: self.started.elapsed(),
            repeatable: self.request.is_repeatable(),
            outcome,
        };
        let wait = self.client.0.retry.next(&mut self.retries, &seen)?;
        if self.deadline.is_some_and(|deadline| Instant::now() + wait >= deadline) {
            return None;
        }
        trace::retry(self.operation, self.attempts, wait, &seen.outcome);
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
