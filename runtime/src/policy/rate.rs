//! The client's own limit on how many requests it sends.
//!
//! An exact window: request `n` waits until request `n - limit` is a whole window old. The usual crates count with a
//! leaky bucket, which lets a full burst and a window's worth of refill through within one window: twice what a server
//! with an exact limit allows. To be safe with them, half the rate would have to be given away.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
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

/// How many requests are remembered one by one. Beyond that, several share one entry, with the time of the last of them, so
/// that no limit costs more memory than this; the client gets a little slower by it, never too fast.
const ENTRIES: usize = 4_096;

/// A limit at work.
///
/// Callers stand in a queue, and the first of them waits until the window has room. Whoever is dropped leaves the queue, and
/// nothing was counted for it.
pub(crate) struct Limiter {
    limit: RateLimit,
    /// How many requests one entry stands for.
    grain: usize,
    sent: Mutex<Sent>,
    waiting: AtomicUsize,
    /// The turn: held by the first caller of the queue.
    turn: Semaphore,
}

/// The requests that count against the window.
#[derive(Default)]
struct Sent {
    /// When they were sent, oldest first; one entry per `grain` requests.
    times: VecDeque<Instant>,
    /// How many requests the last entry stands for so far.
    last: usize,
}

/// A place in the queue.
struct Queued<'a>(&'a AtomicUsize);

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The turn of a caller: the window has room for its request. It is not counted before [`Turn::take`].
pub(crate) struct Turn<'a> {
    limiter: &'a Limiter,
    _permit: SemaphorePermit<'a>,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            limit,
            grain: limit.requests.div_ceil(ENTRIES),
            sent: Mutex::default(),
            waiting: AtomicUsize::new(0),
            turn: Semaphore::new(1),
        }
    }

    /// Waits for a turn; `None`, at once, if it would come later than `latest`: callers that cannot wait do not make the
    /// queue longer for those who can.
    pub(crate) async fn turn(&self, latest: Option<Instant>) -> Option<Turn<'_>> {
        let ahead = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _queued = Queued(&self.waiting);
        if latest.is_some_and(|latest| self.estimate(Instant::now(), ahead) > latest) {
            return None;
        }
        // The semaphore is never closed.
        let permit = self.turn.acquire().await.ok()?;
        while let Some(free) = self.free(Instant::now()) {
            tokio::time::sleep_until(free).await;
        }
        Some(Turn { limiter: self, _permit: permit })
    }

    /// When the window has room for one more request; `None` if it has now.
    fn free(&self, now: Instant) -> Option<Instant> {
        let mut sent = self.locked();
        while sent.times.front().is_some_and(|oldest| now.saturating_duration_since(*oldest) >= self.limit.window) {
            sent.times.pop_front();
        }
        if sent.times.is_empty() {
            sent.last = 0;
        }
        let room = self.count(&sent) < self.limit.requests;
        sent.times.front().filter(|_| !room).map(|oldest| *oldest + self.limit.window)
    }

    /// About when a caller with so many ahead of it gets its turn.
    fn estimate(&self, now: Instant, ahead: usize) -> Instant {
        let sent = self.locked();
        let is_over = |time: &&Instant| now.saturating_duration_since(**time) >= self.limit.window;
        let over = sent.times.iter().take_while(is_over).count();
        let counted = self.count(&sent).saturating_sub(over * self.grain);
        let Some(behind) = counted.saturating_add(ahead).checked_sub(self.limit.requests) else {
            return now;
        };
        // The request that has to leave the window first: one that was sent, or one of those ahead, whole windows later.
        let (windows, rest) = (behind / self.limit.requests, behind % self.limit.requests);
        let first = sent.times.get(over + rest / self.grain).copied().unwrap_or(now);
        let windows = u32::try_from(windows).unwrap_or(u32::MAX).saturating_add(1);
        first.checked_add(self.limit.window.saturating_mul(windows)).unwrap_or(now + LONGEST)
    }

    fn count(&self, sent: &Sent) -> usize {
        match sent.times.len() {
            0 => 0,
            entries => (entries - 1) * self.grain + sent.last,
        }
    }

    fn locked(&self) -> MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Counts the request, which is sent now, and lets the next caller have its turn.
    pub(crate) fn take(self, now: Instant) {
        let mut sent = self.limiter.locked();
        if sent.last == 0 || sent.last == self.limiter.grain {
            sent.times.push_back(now);
            sent.last = 1;
        } else {
            sent.last += 1;
            if let Some(time) = sent.times.back_mut() {
                *time = now;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn take(limiter: &Limiter) -> Instant {
        let turn = limiter.turn(None).await.unwrap();
        let now = Instant::now();
        turn.take(now);
        now
    }

    #[tokio::test(start_paused = true)]
    async fn no_window_holds_more_than_the_limit() {
        let (window, started) = (Duration::from_secs(10), Instant::now());
        let limiter = Limiter::new(RateLimit::new(100, window));
        for request in 0..1_000 {
            assert_eq!(take(&limiter).await.duration_since(started).as_secs(), request / 100 * 10);
        }
        tokio::time::sleep(window * 5).await;
        let now = Instant::now();
        assert_eq!(take(&limiter).await, now, "an idle limit lets the next request through at once");
    }

    #[tokio::test(start_paused = true)]
    async fn who_cannot_wait_is_told_at_once_and_takes_no_place() {
        let started = Instant::now();
        let limiter = Limiter::new(RateLimit::new(1, Duration::MAX));
        take(&limiter).await;
        for _ in 0..100 {
            assert!(limiter.turn(Some(started + Duration::from_secs(1))).await.is_none());
        }
        assert!(take(&limiter).await.duration_since(started) >= LONGEST);
    }

    /// Fault: calls that were dropped kept their places, so that the next one waited for nobody.
    #[tokio::test(start_paused = true)]
    async fn who_is_dropped_leaves_the_queue() {
        let limiter = std::sync::Arc::new(Limiter::new(RateLimit::new(100, Duration::from_secs(1))));
        let started = Instant::now();
        for _ in 0..100 {
            take(&limiter).await;
        }
        let tasks: Vec<_> = (0..2_000)
            .map(|_| {
                let limiter = limiter.clone();
                tokio::spawn(async move { take(&limiter).await })
            })
            .collect();
        tokio::task::yield_now().await;
        tasks.iter().for_each(tokio::task::JoinHandle::abort);
        assert!((take(&limiter).await - started) < Duration::from_millis(1_010), "as if nobody had been there");
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_that_is_not_taken_counts_for_nothing() {
        let limiter = Limiter::new(RateLimit::new(1, Duration::from_secs(10)));
        for _ in 0..10 {
            drop(limiter.turn(None).await.unwrap());
        }
        let started = Instant::now();
        assert_eq!(take(&limiter).await, started);
    }

    /// Fault: a limit that nobody reaches kept the time of each request for ever.
    #[tokio::test(start_paused = true)]
    async fn no_limit_grows_without_bound() {
        let limiter = Limiter::new(RateLimit::new(usize::MAX, Duration::MAX));
        for _ in 0..50_000 {
            take(&limiter).await;
        }
        assert!(limiter.locked().times.len() <= ENTRIES);
        // Several share an entry, and the window still holds no more than the limit.
        let limiter = Limiter::new(RateLimit::new(10_000, Duration::from_secs(10)));
        let started = Instant::now();
        let mut at_once = 0;
        while take(&limiter).await == started {
            at_once += 1;
        }
        assert_eq!(at_once, 10_000);
    }

    #[tokio::test(start_paused = true)]
    async fn the_estimate_is_when_the_turn_comes() {
        let limiter = Limiter::new(RateLimit::new(2, Duration::from_secs(10)));
        let started = Instant::now();
        take(&limiter).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        for (ahead, seconds) in [(0, 1), (1, 10), (2, 11), (3, 20), (4, 21)] {
            let estimate = limiter.estimate(Instant::now(), ahead) - started;
            assert_eq!(estimate, Duration::from_secs(seconds), "{ahead}");
        }
    }

    #[test]
    fn a_limit_of_nothing_lets_one_request_through() {
        assert_eq!(RateLimit::new(0, Duration::from_secs(1)), RateLimit::new(1, Duration::from_secs(1)));
    }
}
