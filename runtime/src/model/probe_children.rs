//! The items of an array and the properties of an object, as a probe hands them out.

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess};
use serde_json::Value;

use super::JsonObject;
use super::path::Step;
use super::probe::{Key, LOOSE, Probe, Tally};
use super::probe_error::ProbeError;

/// The items of an array that are still to be read.
pub(super) struct Items<'a, 'de> {
    probe: Probe<'a, 'de>,
    rest: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
}

impl<'a, 'de> Items<'a, 'de> {
    pub(super) fn new(probe: Probe<'a, 'de>, values: &'de [Value]) -> Self {
        Self { probe, rest: values.iter().enumerate() }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = ProbeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ProbeError> {
        let Some((place, value)) = self.rest.next() else { return Ok(None) };
        let made = self.probe.child(value).and_then(|child| seed.deserialize(child));
        made.map(Some).map_err(|error| error.within(Step::Item(place)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The properties of an object that are still to be read, and how many of the others were declared.
pub(super) struct Entries<'a, 'de> {
    probe: Probe<'a, 'de>,
    rest: serde_json::map::Iter<'de>,
    value: Option<(&'de str, &'de Value)>,
    /// Whether the last key was asked for as the name of a property, not as the key of a map.
    named: bool,
    declared: usize,
    undeclared: usize,
}

impl<'a, 'de> Entries<'a, 'de> {
    pub(super) fn new(probe: Probe<'a, 'de>, values: &'de JsonObject) -> Self {
        Self { probe, rest: values.iter(), value: None, named: false, declared: 0, undeclared: 0 }
    }

    /// Whether the type knows anything of the object, be it that nothing is in it.
    pub(super) fn is_explained(&self) -> bool {
        self.declared > 0 || self.undeclared == 0
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = ProbeError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ProbeError> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some((key, value));
        seed.deserialize(Key { key, declared: &mut self.named }).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ProbeError> {
        let Some((key, value)) = self.value.take() else {
            return Err(ProbeError::custom("a value was asked for before its key"));
        };
        let tally = Tally::default();
        let made = self.probe.child(value).and_then(|child| seed.deserialize(child.noting(&tally)));
        let made = made.map_err(|error| error.within(Step::Key(key.to_owned())))?;
        if tally.is_undeclared() {
            self.undeclared += 1;
        } else {
            self.declared += 1;
            self.probe.tally().add(tally.points() + if self.named { LOOSE } else { 0 });
        }
        Ok(made)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}
