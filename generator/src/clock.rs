//! How long each stage takes.

use std::fmt;
use std::time::{Duration, Instant};

/// A stage of the generator, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the module of that name")]
pub enum Stage {
    Load,
    Bundle,
    Correct,
    Repair,
    Validate,
    Lower,
    Settle,
    Check,
    Emit,
    Render,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 10] = [
        Self::Load,
        Self::Bundle,
        Self::Correct,
        Self::Repair,
        Self::Validate,
        Self::Lower,
        Self::Settle,
        Self::Check,
        Self::Emit,
        Self::Render,
    ];
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Load => "load",
            Self::Bundle => "bundle",
            Self::Correct => "correct",
            Self::Repair => "repair",
            Self::Validate => "validate",
            Self::Lower => "lower",
            Self::Settle => "settle",
            Self::Check => "check",
            Self::Emit => "emit",
            Self::Render => "render",
        })
    }
}

/// The time that each stage has taken so far.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    spent: [Duration; Stage::ALL.len()],
}

impl Clock {
    /// Runs `work` and counts its time to `stage`.
    pub fn time<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        if let Some(spent) = self.spent.get_mut(stage as usize) {
            *spent += start.elapsed();
        }
        result
    }

    /// Adds what another clock has counted.
    pub(crate) fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.spent.iter_mut().zip(other.spent) {
            *mine += theirs;
        }
    }

    /// What `stage` has taken, over all threads.
    pub fn spent(&self, stage: Stage) -> Duration {
        self.spent.get(stage as usize).copied().unwrap_or_default()
    }

    /// What all stages have taken, over all threads.
    pub fn total(&self) -> Duration {
        self.spent.iter().sum()
    }
}
