//! How slow a transfer may be before it is given up.

use std::fmt;
use std::time::Duration;

/// The slowest that an upload of files, or a download that is streamed, may be.
///
/// A server that sends a byte now and then is never silent for long, so that a time limit for silence does not end the
/// transfer; this does. Speed is an average: of each stretch of `grace`, one after the other, without the time that the reader
/// of a download takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinSpeed {
    bytes_per_second: u64,
    grace: Duration,
}

impl MinSpeed {
    /// At least so many bytes a second, on the average of any stretch of `grace`. Nothing that takes less than `grace` is too
    /// slow.
    pub const fn new(bytes_per_second: u64, grace: Duration) -> Self {
        Self { bytes_per_second, grace }
    }

    /// Any speed will do.
    pub const fn none() -> Self {
        Self::new(0, Duration::MAX)
    }
}

impl Default for MinSpeed {
    /// One byte a second over a minute. It ends what will not end by itself, and nothing that anybody waits for: the slowest
    /// modem brings a thousand times as much, and a minute is how long a server may be silent altogether.
    fn default() -> Self {
        Self::new(1, Duration::from_secs(60))
    }
}

/// A transfer that is measured. Whoever has a clock says how much time went by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    min: MinSpeed,
    /// What came, and how much time went by, since it was last judged.
    bytes: u64,
    time: Duration,
}

impl Pace {
    pub(crate) fn new(min: MinSpeed) -> Self {
        Self { min, bytes: 0, time: Duration::ZERO }
    }

    /// After how much more time it can be judged; `None` if any speed will do.
    pub(crate) fn left(&self) -> Option<Duration> {
        (self.min.bytes_per_second > 0).then(|| self.min.grace.saturating_sub(self.time))
    }

    /// Counts bytes that were transferred.
    pub(crate) fn count(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Counts time that went by. When there was enough of it, judges the speed, and starts anew.
    ///
    /// # Errors
    ///
    /// If it was too slow.
    pub(crate) fn pass(&mut self, time: Duration) -> Result<(), TooSlow> {
        self.time = self.time.saturating_add(time);
        if self.left().is_none_or(|left| left > Duration::ZERO) {
            return Ok(());
        }
        let judged = std::mem::replace(self, Self::new(self.min));
        let nanos = judged.time.as_nanos().saturating_mul(u128::from(self.min.bytes_per_second));
        match u128::from(judged.bytes).saturating_mul(1_000_000_000) >= nanos {
            true => Ok(()),
            false => Err(TooSlow { bytes: judged.bytes, time: judged.time, least: self.min.bytes_per_second }),
        }
    }
}

/// A transfer that was too slow.
#[derive(Debug)]
pub(crate) struct TooSlow {
    bytes: u64,
    time: Duration,
    least: u64,
}

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bytes, time, least } = self;
        write!(f, "{bytes} bytes in {time:?}, while `min_speed` asks for {least} a second")
    }
}

impl std::error::Error for TooSlow {}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_defaults_are_those_that_the_docs_state() {
        assert_eq!(MinSpeed::default(), MinSpeed::new(1, SECOND * 60));
    }

    #[test]
    fn each_stretch_is_judged_alone() {
        let mut pace = Pace::new(MinSpeed::new(10, SECOND * 5));
        pace.count(1_000);
        for _ in 0..4 {
            assert!(pace.pass(SECOND).is_ok());
        }
        assert_eq!(pace.left(), Some(SECOND));
        assert!(pace.pass(SECOND).is_ok());
        assert_eq!(pace.left(), Some(SECOND * 5));
        pace.count(49);
        assert!(pace.pass(SECOND * 4).is_ok(), "it may get faster yet");
        let error = pace.pass(SECOND).unwrap_err().to_string();
        assert_eq!(error, "49 bytes in 5s, while `min_speed` asks for 10 a second");
        pace.count(50);
        assert!(pace.pass(SECOND * 5).is_ok());
    }

    #[test]
    fn any_number_can_be_set() {
        let mut none = Pace::new(MinSpeed::none());
        assert_eq!(none.left(), None);
        assert!(none.pass(Duration::MAX).is_ok() && none.pass(Duration::MAX).is_ok());
        let mut most = Pace::new(MinSpeed::new(u64::MAX, Duration::MAX));
        most.count(u64::MAX);
        most.count(1);
        assert!(most.pass(Duration::MAX).is_err());
        assert!(Pace::new(MinSpeed::new(1, Duration::ZERO)).pass(Duration::ZERO).is_ok(), "no time is no speed");
    }
}
