//! Time and size limits: a client's, and what a single call says instead.

use std::time::Duration;

use super::speed::MinSpeed;

/// The limits of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// How long one attempt may take.
    pub(crate) attempt: Duration,
    /// How long the whole call may take.
    pub(crate) total: Option<Duration>,
    /// How many bytes of a response may be held in memory.
    pub(crate) body: usize,
    /// How slow a transfer may be.
    pub(crate) speed: MinSpeed,
}

impl Default for Limits {
    /// One minute per attempt, any time in all, 64 MiB in memory, a byte a second.
    fn default() -> Self {
        Self { attempt: Duration::from_secs(60), total: None, body: 64 * 1024 * 1024, speed: MinSpeed::default() }
    }
}

/// What a single call does otherwise than its client.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    pub(crate) max_body: Option<usize>,
    pub(crate) repeatable: Option<bool>,
    pub(crate) min_speed: Option<MinSpeed>,
}

impl Limits {
    /// These limits, except where the call says otherwise.
    pub(crate) fn with(self, call: &Options) -> Self {
        Self {
            attempt: call.attempt_timeout.unwrap_or(self.attempt),
            total: call.total_timeout.or(self.total),
            body: call.max_body.unwrap_or(self.body),
            speed: call.min_speed.unwrap_or(self.speed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_those_that_the_docs_state() {
        let limits = Limits::default();
        assert_eq!(limits.attempt, Duration::from_secs(60));
        assert_eq!(limits.total, None);
        assert_eq!(limits.body, 67_108_864);
        assert_eq!(limits.speed, MinSpeed::default());
    }

    #[test]
    fn a_call_overrides_each_limit_alone() {
        let client = Limits {
            attempt: Duration::from_secs(1),
            total: Some(Duration::from_secs(2)),
            body: 3,
            ..Limits::default()
        };
        assert_eq!(client.with(&Options::default()), client);
        let own = Duration::from_secs(9);
        let attempt = Options { attempt_timeout: Some(own), ..Options::default() };
        assert_eq!(client.with(&attempt), Limits { attempt: own, ..client });
        let total = Options { total_timeout: Some(own), ..Options::default() };
        assert_eq!(client.with(&total), Limits { total: Some(own), ..client });
        let body = Options { max_body: Some(9), ..Options::default() };
        assert_eq!(client.with(&body), Limits { body: 9, ..client });
        let speed = Options { min_speed: Some(MinSpeed::none()), ..Options::default() };
        assert_eq!(client.with(&speed), Limits { speed: MinSpeed::none(), ..client });
    }
}
