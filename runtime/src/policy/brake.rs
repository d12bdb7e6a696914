//! What a 429 means for the other calls of a client: none is sent before the one that got it is tried again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

/// Holds back the calls of a client for as long as the server asked one of them to wait.
#[derive(Debug, Default)]
pub(crate) struct Brake {
    /// Read by every call, so that only those that are held back take the lock.
    on: AtomicBool,
    until: Mutex<Option<Instant>>,
}

impl Brake {
    /// Holds calls back until this time, if they are not held back longer already.
    pub(crate) fn hold(&self, until: Instant) {
        let mut held = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some(held.map_or(until, |held| held.max(until)));
        self.on.store(true, Ordering::Release);
    }

    /// Until when a call is held back; `None` if it is not.
    pub(crate) fn until(&self, now: impl FnOnce() -> Instant) -> Option<Instant> {
        if !self.on.load(Ordering::Acquire) {
            return None;
        }
        let mut held = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now();
        *held = held.filter(|until| *until > now);
        self.on.store(held.is_some(), Ordering::Release);
        *held
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_longest_time_holds_and_ends() {
        let (brake, now) = (Brake::default(), Instant::now());
        assert_eq!(brake.until(|| now), None);
        let (near, far) = (now + Duration::from_secs(1), now + Duration::from_secs(2));
        brake.hold(far);
        brake.hold(near);
        assert_eq!(brake.until(|| now), Some(far));
        assert_eq!(brake.until(|| far), None);
        assert_eq!(brake.until(|| now), None);
    }
}
