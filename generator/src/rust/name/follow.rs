//! Types that have moved: a schema that stands elsewhere than the lock knows, recognised by its name and its members.

use std::collections::{BTreeMap, BTreeSet};

use super::lock::{Lock, TypeLock};

/// A type of the present document, as far as it can be recognised.
pub(super) struct Seen<'a> {
    pub place: String,
    /// What it would be called if nothing were locked.
    pub wanted: String,
    /// Whether it has fields; otherwise it has variants.
    pub is_struct: bool,
    /// Its properties or values.
    pub members: BTreeSet<&'a str>,
}

impl Seen<'_> {
    /// Whether it is of the kind that the lock knows, and has half of the members. Of values it must have more than half: the
    /// lock has those, too, that the document had before, and an enum of one other value is another enum.
    pub(super) fn has_half_of(&self, entry: &TypeLock) -> bool {
        let (shared, known) = (self.shared(entry), entry.members().len());
        let is_half = if self.is_struct { shared > 0 && shared * 2 >= known } else { shared * 2 > known };
        self.is_struct == entry.variants.is_empty() && is_half
    }

    fn shared(&self, entry: &TypeLock) -> usize {
        entry.members().keys().filter(|key| self.members.contains(key.as_str())).count()
    }
}

/// For each present type that the lock does not know by its place, the place where the lock knows it.
///
/// A type that was at a place where nothing is any more is the same if it has the same name and shares half of its
/// members, or shares nearly all of them. What stands inside a type moves with it.
pub(super) fn moves(seen: &[Seen<'_>], lock: &Lock) -> BTreeMap<String, String> {
    let present: BTreeSet<&str> = seen.iter().map(|found| found.place.as_str()).collect();
    let gone: Vec<(&String, &TypeLock)> = lock.types.iter().filter(|(place, _)| !present.contains(&***place)).collect();
    let mut candidates: Vec<(u32, &str, &str)> = Vec::new();
    for found in seen.iter().filter(|found| !lock.types.contains_key(&found.place)) {
        for (place, entry) in &gone {
            if let Some(score) = score(found, place, entry) {
                candidates.push((score, &found.place, place));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut moves, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, to, from) in candidates {
        if !moves.contains_key(to) && taken.insert(from) {
            moves.insert(to.to_owned(), from.to_owned());
        }
    }
    moves
}

/// How sure it is that a type is the one that the lock knows, out of 200; `None` where it is not.
fn score(found: &Seen<'_>, place: &str, entry: &TypeLock) -> Option<u32> {
    if entry.variants.is_empty() != found.is_struct {
        return None;
    }
    let (known, shared) = (entry.members(), found.shared(entry));
    let all = known.len().max(found.members.len());
    let share = u32::try_from(shared * 100 / all.max(1)).unwrap_or(0);
    let has_name = found.wanted == entry.name || own_name(&found.place) == own_name(place);
    match has_name {
        true if share >= 50 || (known.is_empty() && found.members.is_empty()) => Some(100 + share),
        false if share >= 80 && all > 1 => Some(share),
        _ => None,
    }
}

/// What the document calls the schema at a place: the last step of its pointer, or the name of its file.
pub(super) fn own_name(place: &str) -> &str {
    let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
    match pointer.rsplit('/').next() {
        Some(step) if !step.is_empty() => step,
        _ => {
            let name = file.rsplit('/').next().unwrap_or(file);
            name.split('.').next().unwrap_or(name)
        }
    }
}
