//! One document, and where each of its nodes comes from.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    diagnostic::{Diagnostic, Origin},
    pointer::{child, split_last},
};

/// An OpenAPI document whose references all point into itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Document {
    /// The document; keys keep the order in which they were written.
    pub(crate) root: Value,
    /// Where its nodes come from.
    pub(crate) origins: Origins,
    /// The references that could not be followed, by where they stand, and why. Dead references to schemas are not
    /// among them: those have become schemas that admit any JSON value.
    pub(crate) dead: BTreeMap<String, Diagnostic>,
}

impl Document {
    /// Where the node at `pointer`, a JSON pointer into the bundled document, was written.
    pub(crate) fn origin(&self, pointer: &str) -> Origin {
        self.origins.of(pointer)
    }

    /// Notes that what stands at `pointer` was written at `origin` in `file`, whatever stood there before.
    pub(crate) fn wrote(&mut self, pointer: String, file: &str, origin: &str) {
        forget(&mut self.origins.0, &pointer);
        forget(&mut self.dead, &pointer);
        self.origins.insert(pointer, file, origin);
    }

    /// Notes that the member `key` of the map at `parent` is gone.
    pub(crate) fn removed(&mut self, parent: &str, key: &str) {
        let pointer = child(parent, key);
        forget(&mut self.origins.0, &pointer);
        forget(&mut self.dead, &pointer);
    }

    /// Notes that of the elements of a list those at the indexes `kept` are left, in that order.
    pub(crate) fn keep(&mut self, list: &str, kept: &[usize]) {
        self.origins.keep(list, kept);
        renumber(&mut self.dead, list, kept);
    }
}

/// Forgets what is known about the node at `pointer` and those below it.
fn forget<T>(known: &mut BTreeMap<String, T>, pointer: &str) {
    known.remove(pointer);
    take_below(known, pointer);
}

/// Takes what is known about nodes below `pointer`.
fn take_below<T>(known: &mut BTreeMap<String, T>, pointer: &str) -> Vec<(String, T)> {
    // `0` is the character behind `/`.
    let below = known.range(format!("{pointer}/")..format!("{pointer}0")).map(|(key, _)| key.clone());
    let below: Vec<String> = below.collect();
    below.into_iter().filter_map(|key| known.remove_entry(&key)).collect()
}

/// Moves what is known about elements of a list to where they are now, and forgets the others.
fn renumber<T>(known: &mut BTreeMap<String, T>, list: &str, kept: &[usize]) {
    for (pointer, what) in take_below(known, list) {
        let rest = &pointer[list.len() + 1..];
        let (index, rest) = rest.find('/').map_or((rest, ""), |end| rest.split_at(end));
        if let Some(now) = index.parse().ok().and_then(|index: usize| kept.binary_search(&index).ok()) {
            known.insert(format!("{list}/{now}{rest}"), what);
        }
    }
}

/// How many `$ref`s may lie behind each other, and how many components may be composed of each other in a row. Validation
/// reports longer chains; code that follows one, or recurses along it, stops here.
pub(crate) const MAX_CHAIN: usize = 100;

/// The object itself, or the one that its `$ref` leads to.
pub(crate) fn resolve<'a>(root: &'a Value, value: &'a Value) -> Option<&'a Map<String, Value>> {
    let mut object = value.as_object()?;
    for _ in 0..=MAX_CHAIN {
        match object.get("$ref").and_then(Value::as_str) {
            None => return Some(object),
            Some(text) => object = root.pointer(text.strip_prefix('#')?)?.as_object()?,
        }
    }
    None
}

/// Which parts of a bundled document come from which places.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origins(BTreeMap<String, (String, String)>);

impl Origins {
    /// A document that comes from one file.
    pub(crate) fn of_file(file: &str) -> Self {
        Self(BTreeMap::from([(String::new(), (file.to_owned(), String::new()))]))
    }

    /// Notes that what stands at `bundled` comes from `pointer` in `file`.
    pub(crate) fn insert(&mut self, bundled: String, file: &str, pointer: &str) {
        self.0.insert(bundled, (file.to_owned(), pointer.to_owned()));
    }

    /// Notes that of the elements of a list those at the indexes `kept` are left, in that order.
    pub(crate) fn keep(&mut self, list: &str, kept: &[usize]) {
        let moved = kept.iter().enumerate().filter(|(now, before)| now != *before);
        let moved: Vec<_> =
            moved.map(|(now, before)| (format!("{list}/{now}"), self.of(&format!("{list}/{before}")))).collect();
        renumber(&mut self.0, list, kept);
        for (pointer, Origin { file, pointer: written, .. }) in moved {
            self.insert(pointer, &file, &written);
        }
    }

    /// Where the node at `pointer` was written: the place of its nearest known ancestor, and the rest of the way.
    pub(crate) fn of(&self, pointer: &str) -> Origin {
        let mut known = pointer;
        loop {
            if let Some((file, start)) = self.0.get(known) {
                return Origin::new(file.clone(), format!("{start}{}", &pointer[known.len()..]));
            }
            match split_last(known) {
                Some((parent, _)) => known = parent,
                None => return Origin::new("", pointer),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_take_their_origins_along() {
        let mut origins = Origins::of_file("api.yaml");
        origins.insert("/list/1/a".to_owned(), "one.yaml", "/a");
        origins.insert("/list/2/a".to_owned(), "two.yaml", "/a");
        origins.insert("/lists".to_owned(), "other.yaml", "");
        origins.keep("/list", &[0, 2]);
        assert_eq!(origins.of("/list/0"), Origin::new("api.yaml", "/list/0"));
        assert_eq!(origins.of("/list/1/b"), Origin::new("api.yaml", "/list/2/b"));
        assert_eq!(origins.of("/list/1/a"), Origin::new("two.yaml", "/a"));
        assert_eq!(origins.of("/list/2/a"), Origin::new("api.yaml", "/list/2/a"));
        assert_eq!(origins.of("/lists"), Origin::new("other.yaml", ""));
    }

    #[test]
    fn the_nearest_known_ancestor_tells_the_origin() {
        let mut origins = Origins::of_file("api.yaml");
        origins.insert("/components/schemas/Pet".to_owned(), "pet.yaml", "/definitions/Pet");
        assert_eq!(origins.of("/info/title"), Origin::new("api.yaml", "/info/title"));
        assert_eq!(
            origins.of("/components/schemas/Pet/properties/a~1b"),
            Origin::new("pet.yaml", "/definitions/Pet/properties/a~1b")
        );
        assert_eq!(origins.of("/components/schemas/Petty"), Origin::new("api.yaml", "/components/schemas/Petty"));
    }
}
