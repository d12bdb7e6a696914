//! What all clones of a client may spend on retries, so that many calls together do not make an outage worse.
//!
//! Each retry costs tokens, and each call that succeeds at once gives one back; while the bucket is empty, failures stand.
//! The numbers are those of the AWS SDKs, which have run with them for years.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::TransportErrorKind;

use super::retry::Outcome;

/// What a retry costs.
const RETRY: u32 = 5;

/// What a retry after a timeout costs: the server may be at its limit.
const TIMEOUT: u32 = 10;

/// What a call that succeeds at its first attempt gives back.
const REFILL: u32 = 1;

/// The tokens of a client; `None` inside if retries are not limited.
#[derive(Debug)]
pub(crate) struct Bucket(Option<AtomicU32>);

impl Bucket {
    /// A full bucket of so many tokens; `None`: retries are not limited.
    pub(crate) fn new(tokens: Option<u32>) -> Self {
        Self(tokens.map(AtomicU32::new))
    }

    /// Pays for a retry, and says how much; `None` if there is not enough.
    pub(crate) fn pay(&self, outcome: &Outcome<'_>) -> Option<u32> {
        let Some(tokens) = &self.0 else { return Some(0) };
        let price = match outcome {
            Outcome::Failure(TransportErrorKind::Timeout | TransportErrorKind::TooSlow) => TIMEOUT,
            _ => RETRY,
        };
        let paid = tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(price));
        paid.ok().map(|_| price)
    }

    /// Gives back what a call paid for the retry that succeeded, or the little that a call without one brings.
    pub(crate) fn refill(&self, paid: u32, full: u32) {
        let Some(tokens) = &self.0 else { return };
        // Most calls find the bucket full, and then there is nothing to write that other threads would have to read.
        if tokens.load(Ordering::Relaxed) < full {
            let more = |left: u32| Some(left.saturating_add(paid.max(REFILL)).min(full));
            let _ = tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: u32 = 500;

    const BROKEN: Outcome<'static> = Outcome::Failure(TransportErrorKind::Broken);

    #[test]
    fn an_empty_bucket_ends_retries_until_calls_succeed() {
        let bucket = Bucket::new(Some(FULL));
        let timeouts = (0..).take_while(|_| bucket.pay(&Outcome::Failure(TransportErrorKind::Timeout)).is_some());
        assert_eq!(timeouts.count(), 50);
        assert_eq!(bucket.pay(&BROKEN), None);
        for _ in 0..4 {
            bucket.refill(0, FULL);
        }
        assert_eq!(bucket.pay(&BROKEN), None);
        bucket.refill(0, FULL);
        assert_eq!(bucket.pay(&BROKEN), Some(RETRY));
        bucket.refill(RETRY, FULL);
        assert_eq!(bucket.pay(&BROKEN), Some(RETRY), "a retry that succeeds costs nothing");
    }

    #[test]
    fn it_is_never_more_than_full_and_may_be_without_bounds() {
        let bucket = Bucket::new(Some(10));
        bucket.refill(1_000, 10);
        assert_eq!((0..).take_while(|_| bucket.pay(&BROKEN).is_some()).count(), 2);
        let endless = Bucket::new(None);
        assert!((0..10_000).all(|_| endless.pay(&BROKEN).is_some()));
    }
}
