//! Which type of the new outline a type of the old one has become: by its name, and by what it is.

use std::collections::BTreeMap;

use crate::diff::outline::{Outline, Type};
use crate::diff::spelling::Spelling;

/// What became of the types of the old outline.
pub(super) struct Counterparts<'a> {
    by_name: BTreeMap<&'a str, &'a str>,
    by_identity: BTreeMap<&'a str, &'a str>,
}

/// How two spellings compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Same {
    /// Code that names the one means the other.
    Spelled,
    /// They are the same types, under other names.
    Renamed,
    /// They are not the same.
    Not,
}

impl<'a> Counterparts<'a> {
    pub(super) fn new(old: &'a Outline, new: &'a Outline) -> Self {
        let mut aliases: BTreeMap<&str, &str> = BTreeMap::new();
        let mut places: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, ty) in &new.types {
            aliases.extend(ty.former.iter().map(|former| (former.as_str(), name.as_str())));
            places.insert(&ty.place, name);
        }
        let target = |name: &'a str| match new.types.get_key_value(name) {
            Some((name, _)) => Some(name.as_str()),
            None => aliases.get(name).copied(),
        };
        let by_name: BTreeMap<&str, &str> =
            old.types.keys().filter_map(|name| Some((name.as_str(), target(name)?))).collect();
        let mut by_identity = BTreeMap::new();
        for (name, ty) in &old.types {
            let named = by_name.get(name.as_str()).copied();
            let same = named.filter(|target| new.types.get(*target).is_some_and(|now| !is_another(ty, now)));
            if let Some(target) = same.or_else(|| places.get(ty.place.as_str()).copied()) {
                by_identity.insert(name.as_str(), target);
            }
        }
        let mut counterparts = Self { by_name, by_identity };
        counterparts.follow_uses(old, new);
        counterparts
    }

    /// What a name of the old outline means in the new one.
    pub(super) fn by_name(&self, name: &str) -> Option<&'a str> {
        self.by_name.get(name).copied()
    }

    /// Which type of the new outline is the one that had the name in the old one.
    pub(super) fn by_identity(&self, name: &str) -> Option<&'a str> {
        self.by_identity.get(name).copied()
    }

    /// Whether `new` is what `old` has become.
    pub(super) fn same(&self, old: &Spelling, new: &Spelling) -> Same {
        if old.renamed(|name| self.by_name(name).unwrap_or(name)) == *new {
            Same::Spelled
        } else if old.renamed(|name| self.by_identity(name).unwrap_or(name)) == *new {
            Same::Renamed
        } else {
            Same::Not
        }
    }

    /// A type without a counterpart has become the one that now stands where it was used, if the two have the same members.
    fn follow_uses(&mut self, old: &'a Outline, new: &'a Outline) {
        let present = uses(new, |name| name);
        loop {
            let known = self.by_identity.clone();
            let before = uses(old, |name| known.get(name).copied().unwrap_or(name));
            for (site, spelling) in before {
                let Some(now) = present.get(&site) else { continue };
                for (name, target) in spelling.models().zip(now.models()) {
                    let equal = |(old, new): (&Type, &Type)| old.kind == new.kind && old.wires() == new.wires();
                    if !self.by_identity.contains_key(name)
                        && old.types.get(name).zip(new.types.get(target)).is_some_and(equal)
                    {
                        self.by_identity.insert(name, target);
                    }
                }
            }
            if self.by_identity.len() == known.len() {
                break;
            }
        }
    }
}

/// Where types are used, and how: results, inputs and members. `name` says what a type of the outline is called.
fn uses<'o>(outline: &'o Outline, name: impl Fn(&'o str) -> &'o str) -> BTreeMap<String, &'o Spelling> {
    let mut found = BTreeMap::new();
    for method in outline.groups.values().flat_map(|group| group.methods.values()) {
        found.insert(format!("{} returns", method.key), &method.result);
        for input in method.arguments.iter().chain(method.setters.values()) {
            found.insert(format!("{} takes {}", method.key, input.wire), &input.ty);
        }
    }
    for (ident, ty) in &outline.types {
        let ident = name(ident);
        found.extend(ty.members.values().map(|member| (format!("{ident} has {}", member.wire), &member.ty)));
    }
    found
}

/// Whether two types of one name are not the same type. One that has moved shares half of its members with what it was. One
/// of another kind is not taken for it by the compiler either, so it is no danger.
pub(super) fn is_another(old: &Type, new: &Type) -> bool {
    old.kind == new.kind && old.place != new.place && !are_alike(old, new)
}

/// Whether the smaller shares half of its members with the larger.
fn are_alike(old: &Type, new: &Type) -> bool {
    let (before, now) = (old.wires(), new.wires());
    let shared = before.intersection(&now).count();
    (before.is_empty() && now.is_empty()) || (shared > 0 && shared * 2 >= before.len().min(now.len()))
}
