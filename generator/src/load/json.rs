//! JSON to a tree of values, within bounds, and with an eye on what JSON allows but nobody means.

use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::state::{MAX_DEPTH, MAX_POINTER, State, Stop, Stopped};
use crate::origin::Position;

/// Reads a text.
pub(super) fn read(text: &str, state: &mut State) -> Result<Value, Stopped> {
    let mut source = serde_json::Deserializer::from_str(text);
    let (mut depth, mut stop) = (0, None);
    let node = Node { state, depth: &mut depth, stop: &mut stop };
    let result = node.deserialize(&mut source).and_then(|tree| source.end().map(|()| tree));
    result.map_err(|error| {
        let at = Position { line: error.line().max(1), column: error.column().max(1) };
        Stopped { at, stop: stop.unwrap_or_else(|| Stop::Syntax(without_position(&error))) }
    })
}

/// The message of the parser without the line and the column at its end: the report says where.
fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what).to_owned()
}

/// Reads one node.
struct Node<'s> {
    state: &'s mut State,
    depth: &'s mut usize,
    /// Why it was given up, other than for the syntax.
    stop: &'s mut Option<Stop>,
}

impl Node<'_> {
    fn below(&mut self) -> Node<'_> {
        Node { state: &mut *self.state, depth: &mut *self.depth, stop: &mut *self.stop }
    }

    fn descend<E: de::Error>(&mut self) -> Result<(), E> {
        *self.depth += 1;
        if *self.depth > MAX_DEPTH { self.give_up(Stop::Depth) } else { Ok(()) }
    }

    fn give_up<E: de::Error>(&mut self, why: Stop) -> Result<(), E> {
        *self.stop = Some(why);
        Err(E::custom("beyond the limits"))
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
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

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Value, A::Error> {
        self.descend()?;
        let mut items = Vec::new();
        loop {
            let back = self.state.pointer.enter_index(items.len());
            let item = list.next_element_seed(self.below())?;
            self.state.pointer.leave(back);
            match item {
                Some(item) => items.push(item),
                None => break,
            }
        }
        *self.depth -= 1;
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Value, A::Error> {
        self.descend()?;
        let mut members = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let back = self.state.pointer.enter(&key);
            if self.state.pointer.as_str().len() > MAX_POINTER {
                self.give_up(Stop::Name)?;
            }
            let value = map.next_value_seed(self.below())?;
            self.state.insert(&mut members, key, value);
            self.state.pointer.leave(back);
        }
        *self.depth -= 1;
        Ok(Value::Object(members))
    }
}
