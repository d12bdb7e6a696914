//! The attempts at one message, and the waits between them.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{HeaderValue, StatusCode};
use tokio::time::Instant;

use super::attempt::{Attempt, OpenUpload};
use super::channel::Channel;
use super::credential::Credential;
use super::message::Message;
use super::pending::Pending;
use super::response::RawResponse;
use super::trace;
use crate::error::{Failure, TransportError};
use crate::policy::rate::Turn;
use crate::policy::retry::{Ended, Outcome, Retries};

/// The attempts at one message.
pub(crate) struct Attempts<'a> {
    channel: &'a Channel,
    message: &'a Message,
    pub(crate) started: Instant,
    /// When the time for the whole call is over.
    pub(crate) deadline: Option<Instant>,
    /// How long it stood in queues of the client's own, which is not charged to the budget for retries.
    queued: Duration,
    retries: Retries,
    /// What the last retry cost.
    paid: u32,
    /// How many there were.
    count: u32,
    /// The client's own id of the call, if it sends one.
    pub(crate) id: Option<HeaderValue>,
    /// How the last attempt ended, if there is another one after it.
    last: Option<Box<Result<RawResponse, Failure>>>,
}

/// What follows from an attempt.
pub(crate) enum Step {
    /// There is no other one.
    Done(Result<RawResponse, Failure>),
    /// Another one is due now.
    Again,
    /// The server refused the credential, and there may be another one.
    Refused(RawResponse),
}

impl<'a> Attempts<'a> {
    /// Starts the clock. Nothing is sent yet.
    pub(crate) fn new(channel: &'a Channel, message: &'a Message) -> Self {
        let started = Instant::now();
        Self {
            channel,
            message,
            started,
            deadline: message.limits(channel).total.and_then(|total| started.checked_add(total)),
            queued: Duration::ZERO,
            retries: channel.retry.start(message.options.attempts),
            paid: 0,
            count: 0,
            id: channel
                .request_id
                .as_ref()
                .and_then(|_| HeaderValue::try_from(format!("{:032x}", fastrand::u128(..))).ok()),
            last: None,
        }
    }

    /// Waits until the client may send: for the end of a pause that a 429 asked for, and for its own limit on its rate.
    /// `None` if it has no such limit. What must be done before the request is sent and may take time is done while the turn
    /// is held.
    pub(crate) async fn turn(&mut self) -> Result<Option<Turn<'a>>, Failure> {
        let begun = Instant::now();
        while let Some(until) = self.channel.brake.until(Instant::now) {
            if self.deadline.is_some_and(|deadline| deadline <= until) {
                return Err(self.late());
            }
            tokio::time::sleep_until(until).await;
        }
        let turn = match &self.channel.limiter {
            None => None,
            Some(limiter) => Some(limiter.turn(self.deadline).await.ok_or_else(|| self.late())?),
        };
        self.queued = self.queued.saturating_add(begun.elapsed());
        Ok(turn)
    }

    /// Whether sending has to wait for others of the same client.
    pub(crate) fn must_wait(&self) -> bool {
        self.channel.limiter.is_some() || self.channel.brake.until(Instant::now).is_some()
    }

    /// Sends the message without a credential, out of turn, until there is a response that the policy does not retry, or no
    /// further attempt.
    pub(crate) async fn run(&mut self) -> Result<RawResponse, Failure> {
        loop {
            match self.once(None, None, false, false).await {
                Step::Again => {}
                Step::Done(result) => return result,
                Step::Refused(response) => return Ok(response),
            }
        }
    }

    /// Makes one attempt, and waits if there is to be another. Where `renewable`, a 401 is returned at once, so that the
    /// caller can go on with another credential.
    ///
    /// Thousands of calls may wait in here at once, so what is rare waits in a box of its own.
    pub(crate) async fn once(
        &mut self,
        credential: Option<&Arc<Credential>>,
        turn: Option<Turn<'a>>,
        streamed: bool,
        renewable: bool,
    ) -> Step {
        let upload = match self.message.payload.has_files() {
            true => match Box::pin(self.open()).await {
                Ok(upload) => upload,
                // What the server said before says more than a file that was lost since.
                Err(failure) => return Step::Done(self.last.take().map_or(Err(failure), |last| *last)),
            },
            false => None,
        };
        let now = Instant::now();
        let left = match self.time_left(now) {
            Ok(left) => left,
            Err(failure) => return Step::Done(Err(failure)),
        };
        if let Some(turn) = turn {
            turn.take(now);
        }
        self.count += 1;
        let (channel, message, number) = (self.channel, self.message, self.count);
        let attempt = Attempt { channel, message, credential, number, streamed, id: self.id.as_ref() };
        let mut result = Pending::start(attempt, upload).finish(now, left).await;
        if let Ok(response) = &mut result {
            response.deadline = self.deadline.map(|deadline| (self.started, deadline));
        }
        match result {
            Ok(response) if response.status == StatusCode::UNAUTHORIZED && renewable => Step::Refused(response),
            result => match self.wait(&result) {
                Some(wait) => {
                    self.last = Some(Box::new(result.map_err(|failure| self.counted(failure))));
                    Box::pin(tokio::time::sleep(wait)).await;
                    Step::Again
                }
                None => {
                    if result.as_ref().is_ok_and(|response| response.status.is_success()) {
                        self.channel.bucket.refill(self.paid, self.channel.retry.bucket.unwrap_or_default());
                    }
                    Step::Done(result.map_err(|failure| self.counted(failure)))
                }
            },
        }
    }

    /// Opens the files of the message, within the time for an attempt and for the call.
    async fn open(&self) -> Result<Option<OpenUpload>, Failure> {
        let limit = self.message.limits(self.channel).attempt;
        let end = Instant::now().checked_add(limit).into_iter().chain(self.deadline).min();
        match end {
            None => Ok(Attempt::open(self.message).await?),
            Some(end) => match tokio::time::timeout_at(end, Attempt::open(self.message)).await {
                Ok(upload) => Ok(upload?),
                Err(_) => Err(self.late()),
            },
        }
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    fn wait(&mut self, result: &Result<RawResponse, Failure>) -> Option<Duration> {
        let outcome = match result {
            Ok(response) if response.status.is_success() => return None,
            Ok(response) => Outcome::Response(response.status, &response.headers),
            Err(Failure::Transport(error)) => Outcome::Failure(error.kind()),
            Err(_) => return None,
        };
        let ended = Ended {
            attempt: self.count,
            elapsed: self.started.elapsed().saturating_sub(self.queued),
            now: SystemTime::now(),
            repeatable: self.message.is_repeatable(),
            outcome,
        };
        let wait = self.channel.retry.next(&mut self.retries, &ended)?;
        if self.deadline.is_some_and(|deadline| deadline.saturating_duration_since(Instant::now()) <= wait) {
            return None;
        }
        self.paid = self.channel.bucket.pay(&ended.outcome)?;
        if let Outcome::Response(StatusCode::TOO_MANY_REQUESTS, _) = ended.outcome
            && let Some(until) = Instant::now().checked_add(wait)
        {
            self.channel.brake.hold(until);
        }
        trace::retry(self.message.operation, self.count, wait, &ended.outcome);
        Some(wait)
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

    /// The failure of a call whose time is over.
    pub(crate) fn late(&self) -> Failure {
        TransportError::timeout(self.started.elapsed()).of(self.message.operation, self.count).into()
    }

    /// A failure that knows its operation and how many attempts there were.
    fn counted(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Transport(error) => error.of(self.message.operation, self.count).into(),
            other => other,
        }
    }
}
