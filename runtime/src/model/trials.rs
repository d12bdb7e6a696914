//! Several attempts at one value: what a probe offers a union.
//!
//! To a union the attempts look like a sequence. Each element that it asks for is decoded from the same value, and the
//! hint at the sequence's size says how many points the last attempt made.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::de::{DeserializeSeed, Error as _, SeqAccess};

use super::probe::{Probe, Tally};
use super::probe_error::ProbeError;

/// How a union of a value was decided.
#[derive(Clone, Copy, Debug)]
enum Choice {
    /// Its attempts are still under way.
    Open,
    /// This attempt won.
    Attempt(usize),
}

/// What was decided already for the values inside one document.
///
/// A union inside a union is tried once for each attempt of the outer one. Without a memory each level would multiply the work
/// of the next, and a short document could keep a program busy for years.
#[derive(Debug, Default)]
pub(super) struct Memo(RefCell<BTreeMap<(usize, &'static str), Choice>>);

/// Attempts at one value.
pub(super) struct Trials<'a, 'de> {
    probe: Probe<'a, 'de>,
    /// Under which name to remember the choice; tagged unions need no memory, since they do not try.
    union: Option<&'static str>,
    /// What was decided when this union met this value before.
    known: Option<Choice>,
    tried: usize,
    last: Option<usize>,
    /// The attempt that is best so far, and its points.
    best: Option<(usize, usize)>,
}

impl<'a, 'de> Trials<'a, 'de> {
    /// Attempts of which the best one counts.
    pub(super) fn of_union(probe: Probe<'a, 'de>, union: &'static str) -> Self {
        let trials = Self { union: Some(union), ..Self::of_tagged(probe) };
        let known = trials.remember(Choice::Open);
        if let Some(known) = known {
            trials.remember(known);
        }
        Self { known, ..trials }
    }

    /// Attempts of which the last one counts.
    pub(super) fn of_tagged(probe: Probe<'a, 'de>) -> Self {
        Self { probe, union: None, known: None, tried: 0, last: None, best: None }
    }

    /// The points of the last attempt.
    pub(super) fn last(&self) -> usize {
        self.last.unwrap_or_default()
    }

    /// Remembers the best attempt, or the last one if none was good, and says how many points it made.
    pub(super) fn settle(self) -> usize {
        let (attempt, points) = self.best.unwrap_or((self.tried.saturating_sub(1), 0));
        self.remember(Choice::Attempt(attempt));
        points
    }

    fn remember(&self, choice: Choice) -> Option<Choice> {
        let place = std::ptr::from_ref(self.probe.value()).addr();
        self.union.and_then(|union| self.probe.memo().0.borrow_mut().insert((place, union), choice))
    }
}

impl<'de> SeqAccess<'de> for Trials<'_, 'de> {
    type Error = ProbeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ProbeError> {
        let attempt = self.tried;
        self.tried += 1;
        self.last = None;
        match self.known {
            Some(Choice::Open) => return Err(ProbeError::custom("the union contains nothing but itself")),
            Some(Choice::Attempt(best)) if best != attempt => return Err(ProbeError::custom("this attempt lost")),
            _ => {}
        }
        let tally = Tally::default();
        let made = seed.deserialize(self.probe.noting(&tally))?;
        let points = tally.points();
        self.last = Some(points);
        if points > self.best.map_or(0, |(_, best)| best) {
            self.best = Some((attempt, points));
        }
        Ok(Some(made))
    }

    fn size_hint(&self) -> Option<usize> {
        self.last
    }
}
