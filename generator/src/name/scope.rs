//! A set of identifiers that must differ: who comes first keeps a name, who comes later gets another.

use std::collections::BTreeSet;

/// The identifiers taken in one place.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which `reserved` are taken from the start.
    pub(super) fn reserving(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// Takes `wanted`, or `wanted` with `suffix`, or the first free number after it.
    pub(super) fn claim(&mut self, wanted: String, suffix: &str) -> String {
        let second = format!("{wanted}{suffix}");
        let first_free = [wanted.clone(), second.clone()].into_iter().find(|name| !self.taken.contains(name));
        let name = first_free.unwrap_or_else(|| {
            (2_usize..)
                .map(|number| format!("{second}{number}"))
                .find(|name| !self.taken.contains(name))
                .unwrap_or(second)
        });
        self.taken.insert(name.clone());
        name
    }

    /// Takes `wanted`, or the first free number after it.
    pub(super) fn claim_numbered(&mut self, wanted: String) -> String {
        let name = if self.taken.contains(&wanted) {
            let mut free = (2_usize..).map(|number| format!("{wanted}{number}"));
            free.find(|name| !self.taken.contains(name)).unwrap_or(wanted)
        } else {
            wanted
        };
        self.taken.insert(name.clone());
        name
    }
}
