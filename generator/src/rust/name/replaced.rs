//! Types that gave way to others: a schema that is gone, and the one that now stands where it was used.

use std::collections::BTreeMap;

use super::follow::Seen;
use super::lock::{Lock, TypeLock};
use crate::rust::plan::TypeId;

/// The types that stand where types are used: by the thing that uses them, and what of it does.
#[derive(Debug, Default)]
pub(super) struct Uses {
    by_site: BTreeMap<String, TypeId>,
    /// What each type uses: its member, and the type that this has.
    inside: BTreeMap<TypeId, Vec<(String, TypeId)>>,
}

impl Uses {
    /// Notes that the `member` of what the lock knows as `key` has the type `used`.
    pub(super) fn note(&mut self, key: &str, member: &str, used: TypeId) {
        self.by_site.entry(site(key, member)).or_insert(used);
    }

    /// Notes that the `member` of the type `id`, which the lock knows as `key`, has the type `used`.
    pub(super) fn note_inside(&mut self, (id, key): (TypeId, &str), member: &str, used: TypeId) {
        self.note(key, member, used);
        self.inside.entry(id).or_default().push((member.to_owned(), used));
    }

    /// One use of each type: the one that the lock has for it, if it still is one, else the first in alphabetical order.
    pub(super) fn one_each(&self, known: &BTreeMap<TypeId, String>) -> BTreeMap<TypeId, String> {
        let mut uses = BTreeMap::new();
        for (site, id) in &self.by_site {
            if known.get(id) == Some(site) || !uses.contains_key(id) {
                uses.insert(*id, site.clone());
            }
        }
        uses
    }

    /// Takes from `gone` the types that gave way to another, each with the one that it gave way to.
    ///
    /// A type that is gone has become the one that stands where it was used, if that has half of its members. What stood
    /// inside it may have become what stands inside the other.
    pub(super) fn replaced(&mut self, gone: &mut Lock, seen: &BTreeMap<TypeId, Seen<'_>>) -> Vec<(TypeId, TypeLock)> {
        let mut replaced = Vec::new();
        loop {
            let found = gone.types.iter().find_map(|(place, entry)| {
                let id = *self.by_site.get(entry.used.as_ref()?)?;
                seen.get(&id)?.has_half_of(entry).then(|| (place.clone(), id))
            });
            let Some((place, id)) = found else { return replaced };
            let Some(entry) = gone.types.remove(&place) else { return replaced };
            for (member, used) in self.inside.get(&id).into_iter().flatten() {
                self.by_site.entry(site(&place, member)).or_insert(*used);
            }
            replaced.push((id, entry));
        }
    }
}

/// How the lock spells a use.
fn site(key: &str, member: &str) -> String {
    format!("{key} {member}")
}
