//! The attempts at one message, and the waits between them.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::StatusCode;
use tokio::time::Instant;

use super::attempt::Attempt;
use super::channel::Channel;
use super::credential::Credential;
use super::message::Message;
use super::pending::Pending;
use super::response::RawResponse;
use super::trace;
use crate::body::payload::Payload;
use crate::error::{Failure, TransportError};
use crate::policy::rate::Limiter;
use crate::policy::retry::{Ended, Outcome, Retries};

/// The attempts at one message.
pub(crate) struct Attempts<'a> {
    channel: &'a Channel,
    message: &'a Message,
    pub(crate) started: Instant,
    /// When the time for the whole call is over.
    pub(crate) deadline: Option<Instant>,
    retries: Retries,
    /// How many there were.
    count: u32,
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
            retries: channel.retry.start(message.options.attempts),
            count: 0,
        }
    }

    /// Sends the message until there is a response that the policy does not retry, or no further attempt. Where `renewable`,
    /// a 401 is returned at once, so that the caller can go on with another credential.
    ///
    /// Thousands of calls may wait in here at once, so what is rare waits in a box of its own.
    pub(crate) async fn run(
        &mut self,
        credential: Option<&Arc<Credential>>,
        streamed: bool,
        renewable: bool,
    ) -> Result<RawResponse, Failure> {
        loop {
            if let Some(limiter) = &self.channel.limiter {
                Box::pin(self.turn(limiter)).await?;
            }
            let form = match self.message.payload {
                Payload::Form(_) => Box::pin(Attempt::open(self.message)).await?,
                Payload::None | Payload::Bytes { .. } => None,
            };
            let now = Instant::now();
            let left = self.time_left(now)?;
            self.count += 1;
            let (channel, message, number) = (self.channel, self.message, self.count);
            let attempt = Attempt { channel, message, credential, number, streamed };
            let wait = {
                let result = Pending::start(attempt, form).finish(now, left).await;
                match self.wait(&result, renewable) {
                    Some(wait) => wait,
                    None => return result.map_err(|failure| self.counted(failure)),
                }
            };
            Box::pin(tokio::time::sleep(wait)).await;
        }
    }

    /// How long to wait before the next attempt; `None` if there is to be none.
    fn wait(&mut self, result: &Result<RawResponse, Failure>, renewable: bool) -> Option<Duration> {
        let outcome = match result {
            Ok(response) if response.status.is_success() => return None,
            Ok(response) if response.status == StatusCode::UNAUTHORIZED && renewable => return None,
            Ok(response) => Outcome::Response(response.status, &response.headers),
            Err(Failure::Transport(error)) => Outcome::Failure(error.kind()),
            Err(_) => return None,
        };
        let ended = Ended {
            attempt: self.count,
            elapsed: self.started.elapsed(),
            now: SystemTime::now(),
            repeatable: self.message.is_repeatable(),
            outcome,
        };
        let wait = self.channel.retry.next(&mut self.retries, &ended)?;
        if self.deadline.is_some_and(|deadline| deadline.saturating_duration_since(Instant::now()) <= wait) {
            return None;
        }
        trace::retry(self.message.operation, self.count, wait, &ended.outcome);
        Some(wait)
    }

    /// Waits for the client's own limit on its rate.
    async fn turn(&self, limiter: &Limiter) -> Result<(), Failure> {
        let turn = limiter.reserve(Instant::now(), self.deadline).ok_or_else(|| self.late())?;
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
