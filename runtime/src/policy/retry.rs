//! Whether a failed attempt is followed by another one, and when.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use crate::error::{TransportErrorKind, retry_after};

/// How many times a call is retried, and how long the client waits before each retry.
///
/// What is retried: a response of 429, for every method; a response of 502, 503 or 504, a broken connection and an attempt
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
    /// How many tokens all calls of a client share for their retries; `None`: as many as they like.
    pub(crate) bucket: Option<u32>,
    classifier: Option<Classifier>,
}

/// A user's own decision about an attempt.
#[derive(Clone)]
struct Classifier(Arc<Decide>);

type Decide = dyn Fn(&FailedAttempt<'_>) -> Option<bool> + Send + Sync;

impl fmt::Debug for Classifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Classifier")
    }
}

/// An attempt that did not succeed, as [`RetryPolicy::classify`] shows it.
#[derive(Debug)]
pub struct FailedAttempt<'a> {
    number: u32,
    repeatable: bool,
    response: Option<(StatusCode, &'a HeaderMap)>,
    kind: Option<TransportErrorKind>,
}

impl FailedAttempt<'_> {
    /// Which attempt of the call it was, from one on.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Whether the call may be sent again when the server may already have acted on it.
    pub fn is_repeatable(&self) -> bool {
        self.repeatable
    }

    /// The status of the response; `None` if there was none.
    pub fn status(&self) -> Option<StatusCode> {
        self.response.map(|(status, _)| status)
    }

    /// The headers of the response; `None` if there was none.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response.map(|(_, headers)| headers)
    }

    /// Why there was no response; `None` if there was one.
    pub fn kind(&self) -> Option<TransportErrorKind> {
        self.kind
    }
}

/// How many tokens all calls of a client share for their retries, unless set otherwise.
const SHARED_TOKENS: u32 = 500;

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
            bucket: Some(SHARED_TOKENS),
            classifier: None,
        }
    }
}

impl RetryPolicy {
    /// The default.
    pub fn new() -> Self {
        Self::default()
    }

    /// No call is ever retried.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// How many times a call is sent at most, the first time included.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// How long after its start a call may still be retried.
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

    /// A further status that is retried, where the call may be sent again: for instance 500.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.statuses.push(status);
        self
    }

    /// Decides by own rules which attempts are worth a retry: `Some(true)` for yes, `Some(false)` for no, `None` for what this
    /// policy says otherwise. Attempts, budget and the shared tokens hold all the same.
    ///
    /// ```
    /// use openapi_client_runtime::{RetryPolicy, StatusCode};
    ///
    /// let policy = RetryPolicy::new().classify(|attempt| match attempt.status() {
    ///     Some(StatusCode::REQUEST_TIMEOUT) => Some(true),
    ///     Some(StatusCode::SERVICE_UNAVAILABLE) => attempt.headers()?.get("x-maintenance").map(|_| false),
    ///     _ => None,
    /// });
    /// ```
    pub fn classify(mut self, decide: impl Fn(&FailedAttempt<'_>) -> Option<bool> + Send + Sync + 'static) -> Self {
        self.classifier = Some(Classifier(Arc::new(decide)));
        self
    }

    /// How many tokens all calls of a client share for their retries: 500 if not set. A retry costs 5, one after a timeout
    /// 10; a retry that succeeds gives back what it cost, a call that succeeds at once gives back 1. While there are not
    /// enough, failures are returned at once, so that many calls together do not keep a struggling server down. `None`: retries
    /// are limited for each call alone.
    pub fn shared_tokens(mut self, tokens: Option<u32>) -> Self {
        self.bucket = tokens;
        self
    }

    pub(crate) fn start(&self, attempts: Option<u32>) -> Retries {
        let allowed = attempts.unwrap_or(self.attempts);
        Retries { allowed, waits: 0 }
    }

    /// The wait before the next attempt; `None` if there is to be none.
    pub(crate) fn next(&self, retries: &mut Retries, ended: &Ended<'_>) -> Option<Duration> {
        if ended.attempt >= retries.allowed || !self.worth(ended) {
            return None;
        }
        let own = self.wait_after(retries.waits);
        retries.waits = retries.waits.saturating_add(1);
        let wait = match ended.retry_after() {
            // It would be in vain to come back earlier than the server says.
            Some(asked) if asked > self.longest_retry_after => return None,
            Some(asked) => own.max(asked.saturating_add(spread())),
            None => own,
        };
        (ended.elapsed.saturating_add(wait) <= self.budget).then_some(wait)
    }

    /// The wait after so many others: twice as long each time, less up to a half at random.
    fn wait_after(&self, waits: u32) -> Duration {
        let doubled = self.first_wait.saturating_mul(2_u32.saturating_pow(waits));
        let half = doubled.min(self.longest_wait) / 2;
        let most = u64::try_from(half.as_nanos()).unwrap_or(u64::MAX);
        half.saturating_add(Duration::from_nanos(fastrand::u64(0..=most)))
    }

    fn worth(&self, ended: &Ended<'_>) -> bool {
        let own = self.classifier.as_ref().and_then(|Classifier(decide)| {
            let (response, kind) = match &ended.outcome {
                Outcome::Response(status, headers) => (Some((*status, *headers)), None),
                Outcome::Failure(kind) => (None, Some(*kind)),
            };
            decide(&FailedAttempt { number: ended.attempt, repeatable: ended.repeatable, response, kind })
        });
        if let Some(own) = own {
            return own;
        }
        match ended.outcome {
            Outcome::Response(StatusCode::TOO_MANY_REQUESTS, _) => true,
            Outcome::Response(
                StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT,
                _,
            ) => ended.repeatable,
            Outcome::Response(status, _) => ended.repeatable && self.statuses.contains(&status),
            Outcome::Failure(TransportErrorKind::Connect) => true,
            Outcome::Failure(
                TransportErrorKind::Timeout
                | TransportErrorKind::TooSlow
                | TransportErrorKind::Broken
                | TransportErrorKind::Malformed,
            ) => ended.repeatable,
            Outcome::Failure(
                TransportErrorKind::Body
                | TransportErrorKind::Tls
                | TransportErrorKind::Redirected
                | TransportErrorKind::Compression,
            ) => false,
        }
    }
}

/// The retries of one call.
pub(crate) struct Retries {
    allowed: u32,
    /// How many waits there were.
    waits: u32,
}

/// What is known when an attempt is over.
pub(crate) struct Ended<'a> {
    pub(crate) attempt: u32,
    pub(crate) elapsed: Duration,
    /// The wall clock, which a date in `Retry-After` is compared with.
    pub(crate) now: SystemTime,
    pub(crate) repeatable: bool,
    pub(crate) outcome: Outcome<'a>,
}

/// How an attempt ended.
pub(crate) enum Outcome<'a> {
    Response(StatusCode, &'a HeaderMap),
    Failure(TransportErrorKind),
}

impl Ended<'_> {
    /// What a 429 or 503 asks for.
    fn retry_after(&self) -> Option<Duration> {
        match &self.outcome {
            Outcome::Response(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE, headers) => {
                retry_after(headers, self.now)
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

    fn ended(attempt: u32, repeatable: bool, outcome: Outcome<'_>) -> Ended<'_> {
        Ended { attempt, elapsed: Duration::ZERO, now: SystemTime::UNIX_EPOCH, repeatable, outcome }
    }

    #[test]
    fn waits_double_within_their_jitter_and_end() {
        let policy = RetryPolicy::new().attempts(4).wait(Duration::from_millis(400), Duration::from_millis(1_000));
        let mut retries = policy.start(None);
        for (attempt, most) in [(1, 400), (2, 800), (3, 1_000)] {
            let wait = policy.next(&mut retries, &ended(attempt, true, Outcome::Failure(TransportErrorKind::Broken)));
            let wait = wait.unwrap().as_millis();
            assert!(wait >= most / 2 && wait <= most, "{attempt}: {wait}");
        }
        assert!(policy.next(&mut retries, &ended(4, true, Outcome::Failure(TransportErrorKind::Broken))).is_none());
    }

    #[test]
    fn the_defaults_are_those_that_the_docs_state() {
        let policy = RetryPolicy::default();
        assert_eq!(policy.attempts, 4);
        assert_eq!(policy.budget, Duration::from_secs(120));
        assert_eq!(policy.longest_retry_after, Duration::from_secs(60));
        assert_eq!(policy.longest_wait, Duration::from_secs(20));
        for (waits, most) in [(0, 500), (1, 1_000), (2, 2_000), (5, 16_000), (6, 20_000), (u32::MAX, 20_000)] {
            let most = Duration::from_millis(most);
            for _ in 0..50 {
                let wait = policy.wait_after(waits);
                assert!(wait >= most / 2 && wait <= most, "{waits}: {wait:?}");
            }
        }
        assert!(policy.statuses.is_empty());
        assert_eq!(RetryPolicy::never().attempts, 1);
        assert_eq!(RetryPolicy::new().attempts(0).attempts, 1);
    }

    #[test]
    fn waits_are_spread_so_that_clients_do_not_come_back_together() {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("7"));
        let policy = RetryPolicy::new();
        let asked = Duration::from_secs(7);
        let told = || ended(1, false, Outcome::Response(StatusCode::TOO_MANY_REQUESTS, &headers));
        let waits: Vec<Duration> = (0..64).map(|_| policy.next(&mut policy.start(None), &told()).unwrap()).collect();
        assert!(waits.iter().all(|wait| *wait >= asked && *wait < asked + Duration::from_millis(100)), "{waits:?}");
        assert!(waits.iter().any(|wait| *wait != waits[0]), "{waits:?}");
        let own: Vec<Duration> = (0..64).map(|_| policy.wait_after(0)).collect();
        assert!(own.iter().any(|wait| *wait != own[0]), "{own:?}");
    }

    #[test]
    fn what_a_server_may_have_acted_on_is_not_repeated() {
        let policy = RetryPolicy::new();
        let none = HeaderMap::new();
        let next = |repeatable, outcome| policy.next(&mut policy.start(None), &ended(1, repeatable, outcome)).is_some();
        for status in [502, 503, 504] {
            let status = StatusCode::from_u16(status).unwrap();
            assert!(next(true, Outcome::Response(status, &none)));
            assert!(!next(false, Outcome::Response(status, &none)));
        }
        for kind in [TransportErrorKind::Broken, TransportErrorKind::Timeout, TransportErrorKind::TooSlow] {
            assert!(next(true, Outcome::Failure(kind)));
            assert!(!next(false, Outcome::Failure(kind)));
        }
        assert!(next(false, Outcome::Failure(TransportErrorKind::Connect)));
        assert!(next(false, Outcome::Response(StatusCode::TOO_MANY_REQUESTS, &none)));
        for status in [200, 400, 401, 404, 500] {
            assert!(!next(true, Outcome::Response(StatusCode::from_u16(status).unwrap(), &none)));
        }
    }

    #[test]
    fn a_server_that_asks_for_more_than_the_budget_or_the_cap_is_not_asked_again() {
        let next = |policy: &RetryPolicy, asked: &'static str, elapsed| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(asked));
            let outcome = Outcome::Response(StatusCode::TOO_MANY_REQUESTS, &headers);
            let ended = Ended { elapsed: Duration::from_secs(elapsed), ..ended(1, false, outcome) };
            policy.next(&mut policy.start(None), &ended)
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
            let ended = ended(attempt, false, Outcome::Response(StatusCode::TOO_MANY_REQUESTS, &headers));
            assert!(policy.next(&mut retries, &ended).unwrap() >= Duration::from_millis(least));
        }
    }

    #[test]
    fn no_time_is_too_long_to_be_added() {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("99999999999999999999"));
        let told = || Outcome::Response(StatusCode::TOO_MANY_REQUESTS, &headers);
        let endless = RetryPolicy::new().longest_retry_after(Duration::MAX);
        let late = Ended { elapsed: Duration::from_secs(1), ..ended(1, false, told()) };
        assert!(endless.next(&mut endless.start(None), &late).is_none());
        let endless = endless.budget(Duration::MAX).wait(Duration::MAX, Duration::MAX);
        assert!(endless.next(&mut endless.start(None), &late).is_some());
        let broken = ended(1, true, Outcome::Failure(TransportErrorKind::Broken));
        assert!(endless.next(&mut endless.start(None), &broken).is_some());
    }
}
