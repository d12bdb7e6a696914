//! Whether a failed attempt is followed by another one, and when.
//!
//! The waits come from `backon`, which has one small dependency; its own retry loop is not used, because what a server
//! says about when to come back must be able to override the wait.

use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use http::{HeaderMap, StatusCode};

use crate::error::{TransportErrorKind, retry_after};

/// How often a call is repeated, and how long is waited before each repetition.
///
/// What is repeated: an answer of 429, for every method; an answer of 502, 503 or 504, a broken connection and an attempt
/// out of time, if the call may be sent again although the server may have acted on it (GET, HEAD, OPTIONS, PUT and
/// DELETE; a single call can say otherwise); a connection that never came about, for every method.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    attempts: u32,
    budget: Duration,
    first_wait: Duration,
    longest_wait: Duration,
    longest_retry_after: Duration,
    statuses: Vec<StatusCode>,
}

impl Default for RetryPolicy {
    /// Four attempts within two minutes, waiting half a second, then one, then two, with jitter; one minute at most if the
    /// server says how long (`Retry-After`).
    fn default() -> Self {
        Self {
            attempts: 4,
            budget: Duration::from_secs(120),
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(20),
            longest_retry_after: Duration::from_secs(60),
            statuses: Vec::new(),
        }
    }
}

impl RetryPolicy {
    /// The default.
    pub fn new() -> Self {
        Self::default()
    }

    /// No call is ever repeated.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// How often a call is sent at most, the first time included.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// How long after its start a call may still be repeated.
    pub fn budget(mut self, budget: Duration) -> Self {
        self.budget = budget;
        self
    }

    /// The wait before the second attempt, which doubles with each one after it, and the longest it may become. Each wait
    /// is cut by up to a half, at random, so that many clients do not come back at the same moment.
    pub fn wait(mut self, first: Duration, longest: Duration) -> Self {
        self.first_wait = first;
        self.longest_wait = longest.max(first);
        self
    }

    /// The longest wait that a server can ask for with `Retry-After`. If it asks for more, or for more than is left of the
    /// budget, the call fails at once, and the error says for how long ([`Error::retry_after`](crate::Error::retry_after)).
    /// If it asks for less than the policy's own wait, that is waited.
    pub fn longest_retry_after(mut self, longest: Duration) -> Self {
        self.longest_retry_after = longest;
        self
    }

    /// A further status that is answered by repeating the call, where the call may be repeated: for instance 500.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.statuses.push(status);
        self
    }

    pub(crate) fn start(&self, attempts: Option<u32>) -> Retries {
        let allowed = attempts.unwrap_or(self.attempts);
        Retries { allowed, waits: None }
    }

    fn waits(&self) -> ExponentialBackoff {
        // `backon` adds up to the wait itself as jitter, so half of it is asked for.
        ExponentialBuilder::new()
            .with_min_delay(self.first_wait / 2)
            .with_max_delay(self.longest_wait / 2)
            .with_jitter()
            .without_max_times()
            .build()
    }

    /// The wait before the next attempt; `None` if there is to be none.
    pub(crate) fn next(&self, retries: &mut Retries, seen: &Seen<'_>) -> Option<Duration> {
        if seen.attempt >= retries.allowed || !self.worth(seen) {
            return None;
        }
        let own = retries.waits.get_or_insert_with(|| Box::new(self.waits())).next().unwrap_or(self.longest_wait);
        let wait = match seen.retry_after() {
            // It would be in vain to come back earlier than the server says.
            Some(asked) if asked > self.longest_retry_after => return None,
            Some(asked) => own.max(asked.saturating_add(spread())),
            None => own,
        };
        (seen.elapsed.saturating_add(wait) <= self.budget).then_some(wait)
    }

    fn worth(&self, seen: &Seen<'_>) -> bool {
        match seen.outcome {
            Outcome::Answer(StatusCode::TOO_MANY_REQUESTS, _) => true,
            Outcome::Answer(
                StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT,
                _,
            ) => seen.repeatable,
            Outcome::Answer(status, _) => seen.repeatable && self.statuses.contains(&status),
            Outcome::Failure(TransportErrorKind::Connect) => true,
            Outcome::Failure(
                TransportErrorKind::Timeout | TransportErrorKind::Broken | TransportErrorKind::Malformed,
            ) => seen.repeatable,
            Outcome::Failure(
                TransportErrorKind::Body
                | TransportErrorKind::Tls
                | TransportErrorKind::Redirected
                | TransportErrorKind::Compression,
            ) => false,
        }
    }
}

/// The repetitions of one call.
pub(crate) struct Retries {
    allowed: u32,
    /// Made when the first wait is due: most calls have none.
    waits: Option<Box<ExponentialBackoff>>,
}

/// What is known when an attempt is over.
pub(crate) struct Seen<'a> {
    pub(crate) attempt: u32,
    pub(crate) elapsed: Duration,
    pub(crate) repeatable: bool,
    pub(crate) outcome: Outcome<'a>,
}

/// How an attempt ended.
pub(crate) enum Outcome<'a> {
    Answer(StatusCode, &'a HeaderMap),
    Failure(TransportErrorKind),
}

impl Seen<'_> {
    /// What a 429 or 503 asks for.
    fn retry_after(&self) -> Option<Duration> {
        match &self.outcome {
            Outcome::Answer(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE, headers) => {
                retry_after(headers, SystemTime::now())
            }
            _ => None,
        }
    }
}

/// A little extra on a wait that the server chose, so that all who were told the same do not come back together.
fn spread() -> Duration {
    Duration::from_millis(fastrand::u64(0..100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use http::header::RETRY_AFTER;

    fn seen(attempt: u32, repeatable: bool, outcome: Outcome<'_>) -> Seen<'_> {
        Seen { attempt, elapsed: Duration::ZERO, repeatable, outcome }
    }

    #[test]
    fn waits_double_within_their_jitter_and_end() {
        let policy = RetryPolicy::new().attempts(4).wait(Duration::from_millis(400), Duration::from_millis(1_000));
        let mut retries = policy.start(None);
        for (attempt, most) in [(1, 400), (2, 800), (3, 1_000)] {
            let wait = policy.next(&mut retries, &seen(attempt, true, Outcome::Failure(TransportErrorKind::Broken)));
            let wait = wait.unwrap().as_millis();
            assert!(wait >= most / 2 && wait <= most, "{attempt}: {wait}");
        }
        assert!(policy.next(&mut retries, &seen(4, true, Outcome::Failure(TransportErrorKind::Broken))).is_none());
    }

    #[test]
    fn what_a_server_may_have_acted_on_is_not_repeated() {
        let policy = RetryPolicy::new();
        let none = HeaderMap::new();
        let next = |repeatable, outcome| policy.next(&mut policy.start(None), &seen(1, repeatable, outcome)).is_some();
        for status in [502, 503, 504] {
            let status = StatusCode::from_u16(status).unwrap();
            assert!(next(true, Outcome::Answer(status, &none)));
            assert!(!next(false, Outcome::Answer(status, &none)));
        }
        for kind in [TransportErrorKind::Broken, TransportErrorKind::Timeout] {
            assert!(next(true, Outcome::Failure(kind)));
            assert!(!next(false, Outcome::Failure(kind)));
        }
        assert!(next(false, Outcome::Failure(TransportErrorKind::Connect)));
        assert!(next(false, Outcome::Answer(StatusCode::TOO_MANY_REQUESTS, &none)));
        for status in [200, 400, 401, 404, 500] {
            assert!(!next(true, Outcome::Answer(StatusCode::from_u16(status).unwrap(), &none)));
        }
    }

    #[test]
    fn a_server_that_asks_for_more_than_the_budget_or_the_cap_is_not_asked_again() {
        let next = |policy: &RetryPolicy, asked: &'static str, elapsed| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(asked));
            let outcome = Outcome::Answer(StatusCode::TOO_MANY_REQUESTS, &headers);
            let seen = Seen { elapsed: Duration::from_secs(elapsed), ..seen(1, false, outcome) };
            policy.next(&mut policy.start(None), &seen)
        };
        let policy = RetryPolicy::new().longest_retry_after(Duration::from_secs(3));
        let wait = next(&policy, "3", 0).unwrap();
        assert!(wait >= Duration::from_secs(3) && wait < Duration::from_secs(4));
        for (asked, elapsed) in [("4", 0), ("99999999999999999999", 0), ("3", 118)] {
            assert_eq!(next(&policy, asked, elapsed), None, "{asked}");
        }
    }

    #[test]
    fn a_server_that_asks_for_less_than_the_own_wait_gets_that() {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("0"));
        let policy = RetryPolicy::new();
        let mut retries = policy.start(None);
        for (attempt, least) in [(1, 250), (2, 500), (3, 1_000)] {
            let seen = seen(attempt, false, Outcome::Answer(StatusCode::TOO_MANY_REQUESTS, &headers));
            assert!(policy.next(&mut retries, &seen).unwrap() >= Duration::from_millis(least));
        }
    }

    #[test]
    fn no_time_is_too_long_to_be_added() {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("99999999999999999999"));
        let answer = || Outcome::Answer(StatusCode::TOO_MANY_REQUESTS, &headers);
        let endless = RetryPolicy::new().longest_retry_after(Duration::MAX);
        let late = Seen { elapsed: Duration::from_secs(1), ..seen(1, false, answer()) };
        assert!(endless.next(&mut endless.start(None), &late).is_none());
        let endless = endless.budget(Duration::MAX).wait(Duration::MAX, Duration::MAX);
        assert!(endless.next(&mut endless.start(None), &late).is_some());
        let broken = seen(1, true, Outcome::Failure(TransportErrorKind::Broken));
        assert!(endless.next(&mut endless.start(None), &broken).is_some());
    }
}
