//! Groups, methods and the calls that they return.

use std::collections::BTreeMap;

use super::comparison::Comparison;
use super::counterparts::Same;
use super::inputs::Inputs;
use crate::diff::change::{Change, Class};
use crate::diff::outline::{Group, Method, Outline};

/// Where the operations of an outline are: the group and the method, by the operation.
type Places<'a> = BTreeMap<&'a str, (&'a str, &'a str)>;

fn places(outline: &Outline) -> Places<'_> {
    let mut found = BTreeMap::new();
    for (name, group) in &outline.groups {
        for (method, known) in &group.methods {
            found.insert(known.key.as_str(), (name.as_str(), method.as_str()));
        }
    }
    found
}

impl<'a> Comparison<'a> {
    pub(super) fn groups(&mut self) {
        let (old, new) = (self.old, self.new);
        let (before, now) = (places(old), places(new));
        for (name, group) in &old.groups {
            match new.groups.get(name) {
                Some(present) => self.group(name, group, present, &now),
                None => self.lost_group(name, group, &now),
            }
        }
        for (name, group) in &new.groups {
            let item = format!("{}::{name}", new.module);
            let known = old.groups.get(name);
            if known.is_none() {
                let count = group.methods.len();
                let what = format!("is new, with {count} operation{}", if count == 1 { "" } else { "s" });
                self.found(Class::Added, Change::GroupAdded, &item, what, &group.origin);
                continue;
            }
            for (ident, method) in &group.methods {
                if !before.contains_key(method.key.as_str()) {
                    let (item, what) = (format!("{item}::{ident}"), format!("is new: {}", method.key));
                    self.found(Class::Added, Change::MethodAdded, &item, what, &method.origin);
                }
            }
        }
    }

    fn lost_group(&mut self, name: &str, group: &Group, now: &Places<'_>) {
        let item = format!("{}::{name}", self.new.module);
        let kept = group.methods.values().find_map(|method| now.get(method.key.as_str()));
        let Some((target, _)) = kept else {
            let what = format!("is gone, with its {} operations", group.methods.len());
            return self.lost(Class::BreakingWire, Change::GroupRemoved, &item, what, &group.origin);
        };
        let what = format!("is called `{target}` now");
        self.lost(Class::BreakingNames, Change::GroupRenamed, &item, what, &group.origin);
        for (ident, method) in group.methods.iter().filter(|(_, method)| !now.contains_key(method.key.as_str())) {
            self.lost_method(&format!("{item}::{ident}"), method, now);
        }
    }

    fn group(&mut self, name: &str, old: &'a Group, new: &'a Group, now: &Places<'_>) {
        let module = &self.new.module;
        let item = format!("{module}::{name}");
        if old.module != new.module {
            let (path, what) =
                (format!("{module}::{}", old.module), format!("is called `{module}::{}` now", new.module));
            self.lost(Class::BreakingNames, Change::GroupRenamed, &path, what, &old.origin);
        }
        let aliases =
            new.methods.iter().flat_map(|(ident, method)| method.former.iter().map(move |(was, _)| (was, ident)));
        let aliases: BTreeMap<&String, &String> = aliases.collect();
        for (ident, method) in &old.methods {
            let path = format!("{item}::{ident}");
            let target = if new.methods.contains_key(ident) { Some(ident) } else { aliases.get(ident).copied() };
            let Some((target, present)) = target.and_then(|target| new.methods.get_key_value(target)) else {
                self.lost_method(&path, method, now);
                continue;
            };
            if target != ident {
                let what = format!("is called `{target}` now; the old name is deprecated");
                self.found(Class::Added, Change::MethodRenamedWithAlias, &path, what, &present.origin);
            }
            if method.key == present.key {
                self.method(&path, &format!("{module}::{}", new.module), method, present);
            } else {
                let what = format!("called {}, and calls {} now", method.key, present.key);
                self.found(Class::OtherMeaning, Change::MethodIsAnother, &path, what, &present.origin);
            }
        }
    }

    fn lost_method(&mut self, path: &str, method: &Method, now: &Places<'_>) {
        match now.get(method.key.as_str()) {
            Some((group, ident)) => {
                let what = format!("is called `{}::{group}::{ident}` now: {}", self.new.module, method.key);
                self.lost(Class::BreakingNames, Change::MethodRenamed, path, what, &method.origin);
            }
            None => {
                let what = format!("is gone: {}", method.key);
                self.lost(Class::BreakingWire, Change::MethodRemoved, path, what, &method.origin);
            }
        }
    }

    fn method(&mut self, path: &str, module: &str, old: &Method, new: &Method) {
        let has_builder = old.builder == new.builder || new.former.iter().any(|(_, builder)| *builder == old.builder);
        if !has_builder {
            let (item, what) = (format!("{module}::{}", old.builder), format!("is called `{}` now", new.builder));
            self.lost(Class::BreakingNames, Change::BuilderRenamed, &item, what, &old.origin);
        }
        self.inputs(&Inputs::of_method(path.to_owned(), [&old.arguments, &new.arguments], &new.setters), &new.origin);
        self.setters(&format!("{module}::{}", new.builder), old, new);
        if self.types.same(&old.result, &new.result) == Same::Not {
            let what = format!("returned `{}`, and returns `{}` now", old.result, new.result);
            self.found(Class::BreakingWire, Change::ResultChanged, path, what, &new.origin);
        }
        let changed = [
            (
                old.pages.is_some(),
                new.pages.is_some(),
                Change::PagesRemoved,
                Change::PagesAdded,
                "`stream` and `pages`",
            ),
            (old.has_events, new.has_events, Change::EventsRemoved, Change::EventsAdded, "`send_for_events`"),
        ];
        for (had, has, removed, added, what) in changed {
            match (had, has) {
                (true, false) => {
                    self.found(Class::BreakingWire, removed, path, format!("no longer has {what}"), &new.origin);
                }
                (false, true) => self.found(Class::Added, added, path, format!("has {what} now"), &new.origin),
                _ => {}
            }
        }
        self.remarks(path, None, (&old.remarks, &new.remarks), &new.origin);
    }

    fn setters(&mut self, builder: &str, old: &Method, new: &Method) {
        for (ident, input) in &old.setters {
            let item = format!("{builder}::{ident}");
            let is_argument = new.arguments.iter().any(|now| now.wire == input.wire);
            let elsewhere = new.setters.iter().find(|(_, now)| now.wire == input.wire);
            match (new.setters.get(ident), elsewhere) {
                (Some(now), _) if now.wire != input.wire => {
                    let what = format!("set `{}`, and sets `{}` now", input.wire, now.wire);
                    self.found(Class::OtherMeaning, Change::SetterIsAnother, &item, what, &now.origin);
                }
                (Some(now), _) => self.setter(&item, &input.ty, now),
                (None, Some((name, _))) => {
                    let what = format!("is called `{name}` now");
                    self.lost(Class::BreakingNames, Change::SetterRenamed, &item, what, &input.origin);
                }
                // The method tells of its new argument.
                (None, None) if is_argument => {}
                (None, None) => {
                    let what = format!("is gone, with `{}`", input.wire);
                    self.lost(Class::BreakingWire, Change::SetterRemoved, &item, what, &input.origin);
                }
            }
        }
        let known = |wire: &str| old.setters.values().chain(&old.arguments).any(|before| before.wire == wire);
        for (ident, input) in new.setters.iter().filter(|(_, input)| !known(&input.wire)) {
            let what = format!("is new, for `{}`", input.wire);
            self.found(Class::Added, Change::SetterAdded, &format!("{builder}::{ident}"), what, &input.origin);
        }
        for before in old.arguments.iter().chain(old.setters.values()).filter(|before| before.has_name()) {
            let all = new.arguments.iter().chain(new.setters.values());
            if let Some(now) = all.into_iter().find(|now| now.wire == before.wire) {
                self.remarks(builder, Some(&now.wire), (&before.remarks, &now.remarks), &now.origin);
            }
        }
    }
}
