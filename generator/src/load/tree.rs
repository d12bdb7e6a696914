//! Builds a tree of JSON values from whatever serde gives, within bounds.

use std::fmt;

use serde::de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess as _, Visitor};
use serde_json::{Map, Number, Value, map::Entry};

use crate::pointer::Pointer;

/// How deep lists and maps may be nested in one file. Everything after this stage may recurse: a hundred levels fit
/// into the smallest stack that a thread has.
pub(super) const MAX_DEPTH: usize = 96;

/// How long the way to a node may be, as a JSON pointer. Whatever is found is known by its pointer, so keys of any length
/// would be copied as often as there is something below them.
pub(super) const MAX_POINTER: usize = 8_000;

/// How many nodes a file may get out of its aliases. Without them, no text has more nodes than bytes.
const NODES_FROM_ALIASES: usize = 500_000;

/// Something that was read, but cannot be meant.
#[derive(Debug)]
pub(super) enum Fault {
    DuplicateKey { pointer: String, key: String },
    Tag { pointer: String, tag: String },
    NotFinite { pointer: String },
    Merge { pointer: String },
}

impl Fault {
    pub(super) fn pointer(&self) -> &str {
        match self {
            Self::DuplicateKey { pointer, .. }
            | Self::Tag { pointer, .. }
            | Self::NotFinite { pointer }
            | Self::Merge { pointer } => pointer,
        }
    }
}

/// Why reading was given up: of what there was too much.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fatal {
    Depth,
    Size,
    Name,
}

/// What the walk through a file knows.
#[derive(Debug)]
pub(super) struct State {
    pointer: Pointer,
    depth: usize,
    /// How many nodes the tree may still get.
    nodes_left: usize,
    pub(super) faults: Vec<Fault>,
    pub(super) fatal: Option<Fatal>,
}

impl State {
    pub(super) fn for_text(text: &str) -> Self {
        Self {
            pointer: Pointer::default(),
            depth: 0,
            nodes_left: text.len() + NODES_FROM_ALIASES,
            faults: Vec::new(),
            fatal: None,
        }
    }

    fn count<E: de::Error>(&mut self) -> Result<(), E> {
        match self.nodes_left.checked_sub(1) {
            Some(left) => {
                self.nodes_left = left;
                Ok(())
            }
            None => self.give_up(Fatal::Size),
        }
    }

    fn descend<E: de::Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { self.give_up(Fatal::Depth) } else { Ok(()) }
    }

    fn give_up<T, E: de::Error>(&mut self, why: Fatal) -> Result<T, E> {
        self.fatal = Some(why);
        Err(E::custom("beyond the limits"))
    }

    fn here(&self) -> String {
        self.pointer.as_str().to_owned()
    }
}

/// Reads one node.
pub(super) struct Node<'s> {
    pub(super) state: &'s mut State,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        self.state.count()?;
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    // Wider than any type of the generated code: as near as JSON numbers come.
    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Number::from_f64(value as f64).map_or(Value::Null, Value::Number))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Number::from_f64(value as f64).map_or(Value::Null, Value::Number))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(match Number::from_f64(value) {
            Some(number) => Value::Number(number),
            None => {
                self.state.faults.push(Fault::NotFinite { pointer: self.state.here() });
                Value::Null
            }
        })
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let state = self.state;
        state.descend()?;
        let mut items = Vec::new();
        loop {
            let back = state.pointer.enter_index(items.len());
            let item = list.next_element_seed(Node { state: &mut *state })?;
            state.pointer.leave(back);
            match item {
                Some(item) => items.push(item),
                None => break,
            }
        }
        state.depth -= 1;
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let state = self.state;
        state.descend()?;
        let mut members = Map::new();
        let mut merged = Vec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            let back = state.pointer.enter(&key);
            if state.pointer.as_str().len() > MAX_POINTER {
                return state.give_up(Fatal::Name);
            }
            let value = map.next_value_seed(Node { state: &mut *state })?;
            if key == "<<" {
                merge(value, &mut merged, state);
            } else {
                match members.entry(key) {
                    Entry::Vacant(free) => {
                        free.insert(value);
                    }
                    Entry::Occupied(mut taken) => {
                        let key = taken.key().clone();
                        taken.insert(value);
                        state.faults.push(Fault::DuplicateKey { pointer: state.here(), key });
                    }
                }
            }
            state.pointer.leave(back);
        }
        for (key, value) in merged.into_iter().flatten() {
            // Keys that are written out win over merged ones, earlier merged ones over later.
            members.entry(key).or_insert(value);
        }
        state.depth -= 1;
        Ok(Value::Object(members))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, content) = tagged.variant_seed(Key)?;
        self.state.faults.push(Fault::Tag { pointer: self.state.here(), tag });
        // Counts as a level: tags can be nested as maps can.
        self.state.descend()?;
        let value = content.newtype_variant_seed(Node { state: &mut *self.state })?;
        self.state.depth -= 1;
        Ok(value)
    }
}

/// What stands behind a merge key: a map, or a list of maps.
fn merge(value: Value, merged: &mut Vec<Map<String, Value>>, state: &mut State) {
    let parts = match value {
        Value::Array(parts) => parts,
        one => vec![one],
    };
    for part in parts {
        match part {
            Value::Object(map) => merged.push(map),
            _ => state.faults.push(Fault::Merge { pointer: state.here() }),
        }
    }
}

/// Reads a key as the text that was written: `200` and `1.10` are not numbers there.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: de::Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a key that is text")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}
