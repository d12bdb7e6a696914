//! The client's own limit on how many requests it sends.
//!
//! An exact window: request `n` waits until request `n - limit` is a whole window old. The usual crates count with a
//! leaky bucket, which lets a full burst and a window's worth of refill through within one window: twice what a server
//! with an exact limit allows. To be safe with them, half the rate would have to be given away.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How many requests are sent within a time, by all clones of a client together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    requests: usize,
    window: Duration,
}

impl RateLimit {
    /// At most so many requests in any stretch of so much time. At least one request is let through; the longest time is a
    /// year.
    pub fn new(requests: usize, window: Duration) -> Self {
        Self { requests: requests.max(1), window: window.min(LONGEST) }
    }
}

/// The longest window: times beyond it could not be counted with.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// A limit at work.
pub(crate) struct Limiter {
    limit: RateLimit,
    /// When the latest requests were, or will be, sent; as many as the limit allows.
    sent: Mutex<VecDeque<Instant>>,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self { limit, sent: Mutex::new(VecDeque::new()) }
    }

    /// Takes the next place in the queue and says when its turn is; `None`, and no place taken, if that would be later
    /// than `latest`: callers that cannot wait must not make the queue longer for those who can. A place that is then not
    /// used is lost, which makes the client slower but never too fast.
    pub(crate) fn reserve(&self, now: Instant, latest: Option<Instant>) -> Option<Instant> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let full = sent.len() >= self.limit.requests;
        let oldest = sent.front().filter(|_| full);
        let turn = oldest.map_or(now, |oldest| now.max(*oldest + self.limit.window));
        if latest.is_some_and(|latest| turn > latest) {
            return None;
        }
        if full {
            sent.pop_front();
        }
        sent.push_back(turn);
        Some(turn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_holds_more_than_the_limit() {
        let (window, now) = (Duration::from_secs(10), Instant::now());
        let limiter = Limiter::new(RateLimit::new(100, window));
        let turns: Vec<Instant> = (0..1_000).map(|_| limiter.reserve(now, None).unwrap()).collect();
        for (index, turn) in (0..).zip(&turns) {
            assert_eq!(*turn, now + window * (index / 100));
        }
        let later = now + window * 20;
        assert_eq!(limiter.reserve(later, None), Some(later), "an idle limit lets the next request through at once");
    }

    #[test]
    fn who_cannot_wait_takes_no_place() {
        let now = Instant::now();
        let limiter = Limiter::new(RateLimit::new(1, Duration::MAX));
        assert_eq!(limiter.reserve(now, None), Some(now));
        for _ in 0..100 {
            assert_eq!(limiter.reserve(now, Some(now + Duration::from_secs(1))), None);
        }
        assert_eq!(limiter.reserve(now, None), Some(now + LONGEST));
    }

    #[test]
    fn a_limit_of_nothing_lets_one_request_through() {
        assert_eq!(RateLimit::new(0, Duration::from_secs(1)), RateLimit::new(1, Duration::from_secs(1)));
    }
}
