//! A set of identifiers that must differ: who comes first keeps a name, who comes later gets another.

use std::collections::{BTreeMap, BTreeSet};

/// The identifiers taken in one place.
#[derive(Debug, Default)]
pub(super) struct Scope {
    reserved: &'static [&'static str],
    taken: BTreeSet<String>,
    /// The number that was given out last after each name: those before it are taken.
    last: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which `reserved` are taken from the start.
    pub(super) fn reserving(reserved: &'static [&'static str]) -> Self {
        Self { reserved, ..Self::default() }
    }

    /// A scope in which `name` is taken from the start.
    pub(super) fn holding(name: &str) -> Self {
        Self { taken: BTreeSet::from([name.to_owned()]), ..Self::default() }
    }

    /// The same, in which `names` are taken too.
    pub(super) fn and(mut self, names: BTreeSet<String>) -> Self {
        self.taken.extend(names);
        self
    }

    /// Takes a name that is known to be somebody's.
    pub(super) fn take(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Takes `wanted`, or `wanted` with `suffix`, or the first free number after it.
    pub(super) fn claim(&mut self, wanted: String, suffix: &str) -> String {
        if !self.is_taken(&wanted) {
            return self.give(wanted);
        }
        self.claim_numbered(format!("{wanted}{suffix}"))
    }

    /// Takes `wanted`, or the first free number after it.
    pub(super) fn claim_numbered(&mut self, wanted: String) -> String {
        if !self.is_taken(&wanted) {
            return self.give(wanted);
        }
        let free = self.numbered(&wanted);
        self.give(free)
    }

    fn give(&mut self, name: String) -> String {
        self.taken.insert(name.clone());
        name
    }

    fn is_taken(&self, name: &str) -> bool {
        self.reserved.contains(&name) || self.taken.contains(name)
    }

    /// `name` with the first number from 2 that is free.
    fn numbered(&mut self, name: &str) -> String {
        let mut number = self.last.get(name).copied().unwrap_or(1);
        loop {
            number += 1;
            let numbered = format!("{name}{number}");
            if !self.is_taken(&numbered) {
                self.last.insert(name.to_owned(), number);
                return numbered;
            }
        }
    }
}
