//! A set of identifiers that must differ: who comes first keeps a name, who comes later gets another.

use std::collections::{BTreeMap, BTreeSet};

/// The identifiers taken in one place.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// The number that was given out last after each name: those before it are taken.
    last: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which `reserved` are taken from the start.
    pub(super) fn reserving(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| (*name).to_owned()).collect(), last: BTreeMap::new() }
    }

    /// Takes `wanted`, or `wanted` with `suffix`, or the first free number after it.
    pub(super) fn claim(&mut self, wanted: String, suffix: &str) -> String {
        let second = format!("{wanted}{suffix}");
        let first_free = [wanted.clone(), second.clone()].into_iter().find(|name| !self.taken.contains(name));
        let name = first_free.unwrap_or_else(|| self.numbered(&second));
        self.taken.insert(name.clone());
        name
    }

    /// Takes `wanted`, or the first free number after it.
    pub(super) fn claim_numbered(&mut self, wanted: String) -> String {
        let name = if self.taken.contains(&wanted) { self.numbered(&wanted) } else { wanted };
        self.taken.insert(name.clone());
        name
    }

    /// `name` with the first number from 2 that is free.
    fn numbered(&mut self, name: &str) -> String {
        let number = self.last.entry(name.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{name}{number}");
            if !self.taken.contains(&numbered) {
                return numbered;
            }
        }
    }
}
