//! Types, what is in them, and the enum of error bodies.

use super::comparison::Comparison;
use super::counterparts::{Same, is_another};
use super::inputs::Inputs;
use crate::diff::change::{Change, Class};
use crate::diff::finding::Finding;
use crate::diff::outline::{Member, Type};

impl Comparison<'_> {
    pub(super) fn types(&mut self) {
        let (old, new) = (self.old, self.new);
        for (name, ty) in &old.types {
            let item = self.model(name);
            let Some(target) = self.types.by_name(name) else {
                self.lost_type(name, ty);
                continue;
            };
            let Some(present) = new.types.get(target) else { continue };
            if target != name {
                let what = format!("is called `{target}` now; the old name is deprecated");
                self.found(Class::Added, Change::TypeRenamedWithAlias, &item, what, &present.origin);
            }
            if is_another(ty, present) {
                let what = format!("was {}, and is {} now", ty.place, present.place);
                self.found(Class::OtherMeaning, Change::TypeIsAnother, &item, what, &present.origin);
            } else {
                self.ty(&self.model(target), ty, present);
            }
        }
        let known = |name: &str| {
            old.types
                .keys()
                .any(|known| self.types.by_name(known) == Some(name) || self.types.by_identity(known) == Some(name))
        };
        let added: Vec<_> = new.types.iter().filter(|(name, _)| !known(name)).collect();
        for (name, ty) in added {
            self.found(Class::Added, Change::TypeAdded, &self.model(name), format!("is new, {}", ty.kind), &ty.origin);
        }
    }

    fn lost_type(&mut self, name: &str, ty: &Type) {
        let item = self.model(name);
        match self.types.by_identity(name) {
            Some(target) => {
                let what = format!("is called `{target}` now");
                self.lost(Class::BreakingNames, Change::TypeRenamed, &item, what, &ty.origin);
                let has_other = self.old.types.keys().any(|known| self.types.by_name(known) == Some(target));
                if let Some(present) = self.new.types.get(target).filter(|_| !has_other) {
                    self.ty(&self.model(target), ty, present);
                }
            }
            None => self.lost(Class::BreakingWire, Change::TypeRemoved, &item, "is gone", &ty.origin),
        }
    }

    /// Two versions of one type.
    fn ty(&mut self, item: &str, old: &Type, new: &Type) {
        if old.kind != new.kind {
            let what = format!("was {}, and is {} now", old.kind, new.kind);
            return self.found(Class::BreakingWire, Change::TypeKindChanged, item, what, &new.origin);
        }
        if old.place != new.place {
            let what = format!("was defined in {}, and is in {} now", old.place, new.place);
            self.found(Class::Unnoticed, Change::TypeMoved, item, what, &new.origin);
        }
        let told = self.findings.len();
        self.members(item, old, new);
        let is_told = self.findings[told..].iter().any(|finding| finding.class != Class::Unnoticed);
        self.constructor(item, old, new);
        if !is_told {
            self.offers(item, old, new);
        }
        self.remarks(item, None, (&old.remarks, &new.remarks), &new.origin);
    }

    fn members(&mut self, item: &str, old: &Type, new: &Type) {
        let words = Words::of(old);
        for (ident, member) in &old.members {
            let path = format!("{item}::{ident}");
            match new.members.get(ident) {
                Some(now) if now.wire != member.wire => {
                    let what = format!("was `{}`, and is `{}` now", member.wire, now.wire);
                    self.found(Class::OtherMeaning, words.another, &path, what, &now.origin);
                }
                Some(now) => self.member(&path, member, now, words.changed),
                None => {
                    let elsewhere = new.members.iter().find(|(_, now)| now.wire == member.wire);
                    let (class, change, what) = match elsewhere {
                        Some((name, _)) => (Class::BreakingNames, words.renamed, format!("is called `{name}` now")),
                        None => (Class::BreakingWire, words.removed, format!("is gone: `{}`", member.wire)),
                    };
                    self.lost(class, change, &path, what, &member.origin);
                }
            }
        }
        let wires = old.wires();
        for (ident, member) in new.members.iter().filter(|(_, member)| !wires.contains(member.wire.as_str())) {
            if !old.members.contains_key(ident) {
                let ty = member.ty.to_string();
                let what = if ty.is_empty() { format!("is new: `{}`", member.wire) } else { format!("is new: `{ty}`") };
                self.found(Class::Added, words.added, &format!("{item}::{ident}"), what, &member.origin);
            }
        }
    }

    fn member(&mut self, path: &str, old: &Member, new: &Member, change: Change) {
        if self.types.same(&old.ty, &new.ty) == Same::Not {
            let what = format!("was `{}`, and is `{}` now", old.ty, new.ty);
            self.found(Class::BreakingWire, change, path, what, &new.origin);
        }
        self.remarks(path, None, (&old.remarks, &new.remarks), &new.origin);
    }

    /// `new`, and the setters that go with it. That a setter takes another type, its field says.
    fn constructor(&mut self, item: &str, old: &Type, new: &Type) {
        let path = format!("{item}::new");
        match (&old.new, &new.new) {
            (Some(before), Some(now)) => {
                let told = self.findings.len();
                self.inputs(&Inputs::of_new(path, [before, now], &new.setters), &new.origin);
                // The fields say what became of a type.
                let findings = self.findings.split_off(told);
                let is_news = |finding: &Finding| finding.change != Change::NewArgumentChanged;
                self.findings.extend(findings.into_iter().filter(is_news));
            }
            (Some(_), None) => {
                let what = "is gone, with the setters: the type is only received now";
                self.found(Class::BreakingNames, Change::NewRemoved, &path, what, &new.origin);
            }
            (None, Some(_)) => self.found(Class::Added, Change::NewAdded, &path, "is new, with setters", &new.origin),
            (None, None) => {}
        }
        if let (Some(_), Some(arguments)) = (&old.new, &new.new) {
            let is_there = |ident: &str, wire: &str| {
                new.setters.contains_key(ident) || arguments.iter().any(|input| input.wire == wire)
            };
            for (ident, input) in &old.setters {
                if new.members.contains_key(ident) && !is_there(ident, &input.wire) {
                    let what = format!("`{}` can no longer be set", input.wire);
                    let path = format!("{item}::{ident}");
                    self.lost(Class::BreakingWire, Change::SetterRemoved, &path, what, &input.origin);
                }
            }
        }
    }

    /// Conversions and constructors.
    fn offers(&mut self, item: &str, old: &Type, new: &Type) {
        for offer in &old.offers {
            if !new.offers.iter().any(|now| self.types.same(offer, now) != Same::Not) {
                let what = format!("no longer has `{offer}`");
                self.found(Class::BreakingWire, Change::ConversionRemoved, item, what, &new.origin);
            }
        }
        for offer in &new.offers {
            if !old.offers.iter().any(|before| self.types.same(before, offer) != Same::Not) {
                let what = format!("has `{offer}` now");
                self.found(Class::Added, Change::ConversionAdded, item, what, &new.origin);
            }
        }
    }

    pub(super) fn errors(&mut self) {
        let (old, new) = (self.old, self.new);
        let path = |ident: &str| format!("{}::ErrorBody::{ident}", new.module);
        for (ident, member) in &old.errors {
            let elsewhere = new.errors.iter().find(|(_, now)| self.types.same(&member.ty, &now.ty) != Same::Not);
            match (new.errors.get(ident), elsewhere) {
                (Some(now), _) => self.member(&path(ident), member, now, Change::ErrorBodyChanged),
                (None, Some((name, _))) => {
                    let what = format!("is called `{name}` now");
                    self.lost(Class::BreakingNames, Change::ErrorBodyRenamed, &path(ident), what, &member.origin);
                }
                (None, None) => {
                    self.lost(Class::BreakingWire, Change::ErrorBodyRemoved, &path(ident), "is gone", &member.origin);
                }
            }
        }
        for (ident, member) in new.errors.iter().filter(|(ident, _)| !old.errors.contains_key(*ident)) {
            let what = format!("is new, for a body of `{}`", member.ty);
            self.found(Class::Added, Change::ErrorBodyAdded, &path(ident), what, &member.origin);
        }
    }
}

/// What the changes of members are called.
struct Words {
    another: Change,
    changed: Change,
    renamed: Change,
    removed: Change,
    added: Change,
}

impl Words {
    fn of(ty: &Type) -> Self {
        match ty.kind {
            "a struct" => Self {
                another: Change::FieldIsAnother,
                changed: Change::FieldChanged,
                renamed: Change::FieldRenamed,
                removed: Change::FieldRemoved,
                added: Change::FieldAdded,
            },
            _ => Self {
                another: Change::VariantIsAnother,
                changed: Change::VariantChanged,
                renamed: Change::VariantRenamed,
                removed: Change::VariantRemoved,
                added: Change::VariantAdded,
            },
        }
    }
}
