//! Reads one property of an object ([`Member`]) and writes all of them ([`Members`]).
//!
//! Generated code says only which key belongs to which field; how an absent, a null
//! or an unknown one is treated is decided here, once.

use std::collections::BTreeMap;

use serde::de::{Deserialize, MapAccess};
use serde::ser::{Serialize, SerializeMap};

use super::JsonObject;

/// A property of the object that is being read: its key, and access to its value. For generated code.
#[derive(Debug)]
pub struct Member<'a, A> {
    key: &'a str,
    map: &'a mut A,
}

/// What became of a [`Member`]. For generated code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Met {
    /// The field has the value.
    Value,
    /// It was `null`; the object keeps it beside its fields.
    Null,
    /// No field has this key, and the value was not read yet.
    Unknown,
}

impl<'a, A> Member<'a, A> {
    pub(super) fn new(key: &'a str, map: &'a mut A) -> Self {
        Self { key, map }
    }

    /// The property's key, as it is in the document after its escapes were resolved.
    pub fn key(&self) -> &'a str {
        self.key
    }

    /// Reads a property that may be absent or, whatever the specification says, `null`.
    ///
    /// # Errors
    /// If the value is neither `null` nor of the field's type.
    pub fn optional<'de, T>(self, field: &mut Option<T>) -> Result<Met, A::Error>
    where
        A: MapAccess<'de>,
        T: Deserialize<'de>,
    {
        *field = self.map.next_value()?;
        Ok(if field.is_some() { Met::Value } else { Met::Null })
    }

    /// Reads a property that no field declares, but whose type the object knows.
    ///
    /// # Errors
    /// If the value is not of the map's type.
    pub fn additional<'de, T>(self, fields: &mut BTreeMap<String, T>) -> Result<Met, A::Error>
    where
        A: MapAccess<'de>,
        T: Deserialize<'de>,
    {
        fields.insert(self.key.to_owned(), self.map.next_value()?);
        Ok(Met::Value)
    }

    /// Leaves a property that nothing is known of to the object's `extra`.
    ///
    /// # Errors
    /// None; the type lets a `match` over the keys end with this.
    pub fn unknown<'de>(self) -> Result<Met, A::Error>
    where
        A: MapAccess<'de>,
    {
        Ok(Met::Unknown)
    }
}

/// Where an object writes its properties to. For generated code.
///
/// Properties that were kept beside the declared fields follow at the end, except where a field wrote the same key.
#[derive(Debug)]
pub struct Members<'a, M: SerializeMap> {
    map: &'a mut M,
    extra: &'a JsonObject,
    /// Places in `extra` whose key was written already. Nearly always empty, so nearly never allocated.
    written: Vec<usize>,
    /// What the serialiser refused first; nothing is written after it.
    failed: Option<M::Error>,
}

impl<'a, M: SerializeMap> Members<'a, M> {
    pub(super) fn new(map: &'a mut M, extra: &'a JsonObject) -> Self {
        Self { map, extra, written: Vec::new(), failed: None }
    }

    /// Writes a property if it has a value.
    pub fn optional<T>(&mut self, key: &'static str, value: &Option<T>)
    where
        T: Serialize,
    {
        if let Some(value) = value {
            self.entry(key, value);
        }
    }

    /// Writes the properties that no field declares. An entry under the key of a declared field is left out: it could
    /// never be read back from there, and a key must not be written twice.
    pub fn additional<T>(&mut self, declared: &[&str], values: &BTreeMap<String, T>)
    where
        T: Serialize,
    {
        for (key, value) in values {
            if !declared.contains(&key.as_str()) {
                self.entry(key, value);
            }
        }
    }

    /// Writes what was kept beside the fields and is not written yet.
    pub(super) fn rest(self) -> Result<(), M::Error> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        for (place, (key, value)) in self.extra.iter().enumerate() {
            if !self.written.contains(&place) {
                self.map.serialize_entry(key, value)?;
            }
        }
        Ok(())
    }

    fn entry<T: Serialize>(&mut self, key: &str, value: &T) {
        if self.failed.is_some() {
            return;
        }
        if !self.extra.is_empty() {
            self.written.extend(place(self.extra, key));
        }
        self.failed = self.map.serialize_entry(key, value).err();
    }
}

/// The place of a key in what was kept beside the fields. Most objects have nothing there.
#[cold]
fn place(extra: &JsonObject, key: &str) -> Option<usize> {
    extra.keys().position(|other| other == key)
}
