//! YAML to a tree of JSON values: the events of the parser are taken one by one, without recursion.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput, Tag};
use serde_json::{Map, Value};

use super::scalar;
use super::state::{Fault, MAX_DEPTH, MAX_POINTER, State, Stop, Stopped};
use crate::{origin::Position, position};

/// What a file holds.
pub(super) struct Content {
    /// The first document; `None` where there is none.
    pub(super) tree: Option<Value>,
    /// Where a second document starts, if one does.
    pub(super) second: Option<Position>,
}

/// Reads the first document of a text.
pub(super) fn read(text: &str, state: &mut State) -> Result<Content, Stopped> {
    let mut parser = position::parser(text, MAX_DEPTH);
    let mut builder = Builder { state, stack: Vec::new(), anchored: BTreeMap::new(), tree: None };
    for next in parser.by_ref() {
        match next.map_err(|error| not_yaml(&error))? {
            (Event::DocumentEnd, _) => break,
            (event, span) => {
                let at = position::start(&span);
                builder.take(event).map_err(|stop| Stopped { at, stop })?;
            }
        }
    }
    Ok(Content { tree: builder.tree, second: second(parser) })
}

/// Where the text goes on behind its first document.
fn second<'t>(parser: Parser<'t, StrInput<'t>>) -> Option<Position> {
    for next in parser {
        match next {
            Ok((Event::DocumentStart(..), span)) => return Some(position::start(&span)),
            Err(error) => return Some(position::of(error.marker())),
            Ok(_) => {}
        }
    }
    None
}

fn not_yaml(error: &ScanError) -> Stopped {
    let stop = match error.kind() {
        ErrorKind::RecursionLimitExceeded => Stop::Depth,
        kind => Stop::Syntax(kind.to_string()),
    };
    Stopped { at: position::of(error.marker()), stop }
}

/// A list or a map that is not complete.
enum Open {
    List {
        items: Vec<Value>,
        /// How long the pointer was before it stepped into the element that is read.
        back: usize,
        anchor: usize,
    },
    Map(Box<OpenMap>),
}

#[derive(Default)]
struct OpenMap {
    members: Map<String, Value>,
    merged: Vec<Map<String, Value>>,
    /// The key whose value is read.
    key: Option<Key>,
    anchor: usize,
}

struct Key {
    text: String,
    /// How long the pointer was before it.
    back: usize,
}

struct Builder<'s> {
    state: &'s mut State,
    stack: Vec<Open>,
    /// What aliases may refer to.
    anchored: BTreeMap<usize, Value>,
    tree: Option<Value>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, _, anchor, _) if self.awaits_key() => self.key(text, anchor),
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, anchor, tag.as_deref()),
            Event::Alias(anchor) => self.alias(anchor),
            Event::SequenceStart(_, anchor, tag) => {
                self.collection(tag.as_deref(), "seq")?;
                self.open(Open::List { items: Vec::new(), back: 0, anchor })
            }
            Event::MappingStart(_, anchor, tag) => {
                self.collection(tag.as_deref(), "map")?;
                self.open(Open::Map(Box::new(OpenMap { anchor, ..OpenMap::default() })))
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn awaits_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open::Map(map)) if map.key.is_none())
    }

    /// Takes a key as the text that was written: `200` and `1.10` are not numbers there.
    fn key(&mut self, text: Cow<'_, str>, anchor: usize) -> Result<(), Stop> {
        if anchor != 0 {
            self.anchored.insert(anchor, Value::from(text.as_ref()));
        }
        let back = self.state.pointer.enter(&text);
        if let Some(Open::Map(map)) = self.stack.last_mut() {
            map.key = Some(Key { text: text.into_owned(), back });
        }
        if self.state.pointer.as_str().len() > MAX_POINTER { Err(Stop::Name) } else { Ok(()) }
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, anchor: usize, tag: Option<&Tag>) -> Result<(), Stop> {
        self.arrive()?;
        let is_plain = style == ScalarStyle::Plain && !tag.is_some_and(is_non_specific);
        let value = scalar::value(text, is_plain, tag.and_then(Tag::core_suffix));
        if value.is_none() {
            self.state.faults.push(Fault::NotFinite { pointer: self.state.here() });
        }
        self.foreign(tag.filter(|tag| tag.core_suffix().is_none()));
        self.finish(value.unwrap_or_default(), anchor);
        Ok(())
    }

    /// Puts in what an earlier anchor names.
    fn alias(&mut self, anchor: usize) -> Result<(), Stop> {
        // What is not there yet holds the alias.
        let value = self.anchored.get(&anchor).cloned().ok_or(Stop::Depth)?;
        if self.awaits_key() {
            return match value {
                Value::Array(_) | Value::Object(_) => Err(no_key()),
                Value::String(text) => self.key(text.into(), 0),
                scalar => self.key(scalar.to_string().into(), 0),
            };
        }
        self.arrive()?;
        self.state.repeat(&value, self.stack.len())?;
        self.finish(value, 0);
        Ok(())
    }

    /// A list or a map starts here.
    fn collection(&mut self, tag: Option<&Tag>, core: &str) -> Result<(), Stop> {
        self.arrive()?;
        self.foreign(tag.filter(|tag| tag.core_suffix() != Some(core)));
        Ok(())
    }

    /// Notes a tag that means nothing in JSON.
    fn foreign(&mut self, tag: Option<&Tag>) {
        if let Some(tag) = tag.filter(|tag| !is_non_specific(tag)) {
            self.state.faults.push(Fault::Tag { pointer: self.state.here(), tag: tag.original() });
        }
    }

    fn open(&mut self, open: Open) -> Result<(), Stop> {
        self.stack.push(open);
        if self.stack.len() > MAX_DEPTH { Err(Stop::Depth) } else { Ok(()) }
    }

    fn close(&mut self) {
        match self.stack.pop() {
            Some(Open::List { items, anchor, .. }) => self.finish(Value::Array(items), anchor),
            Some(Open::Map(map)) => {
                let OpenMap { mut members, merged, anchor, .. } = *map;
                for (key, value) in merged.into_iter().flatten() {
                    // Keys that are written out win over merged ones, earlier merged ones over later.
                    members.entry(key).or_insert(value);
                }
                self.finish(Value::Object(members), anchor);
            }
            None => {}
        }
    }

    /// A value starts here.
    fn arrive(&mut self) -> Result<(), Stop> {
        match self.stack.last_mut() {
            Some(Open::List { items, back, .. }) => *back = self.state.pointer.enter_index(items.len()),
            Some(Open::Map(map)) if map.key.is_none() => return Err(no_key()),
            _ => {}
        }
        Ok(())
    }

    /// Puts a complete value where it belongs.
    fn finish(&mut self, value: Value, anchor: usize) {
        if anchor != 0 {
            self.anchored.insert(anchor, value.clone());
        }
        match self.stack.last_mut() {
            None => self.tree = Some(value),
            Some(Open::List { items, back, .. }) => {
                items.push(value);
                self.state.pointer.leave(*back);
            }
            Some(Open::Map(map)) => {
                let Some(Key { text, back }) = map.key.take() else { return };
                map.insert(text, value, self.state);
                self.state.pointer.leave(back);
            }
        }
    }
}

impl OpenMap {
    fn insert(&mut self, key: String, value: Value, state: &mut State) {
        if key == "<<" { self.merge(value, state) } else { state.insert(&mut self.members, key, value) }
    }

    /// What stands behind a merge key: a map, or a list of maps.
    fn merge(&mut self, value: Value, state: &mut State) {
        let parts = match value {
            Value::Array(parts) => parts,
            one => vec![one],
        };
        for part in parts {
            match part {
                Value::Object(map) => self.merged.push(map),
                _ => state.faults.push(Fault::Merge { pointer: state.here() }),
            }
        }
    }
}

/// `!` alone says that a scalar is text, or nothing about a list or a map.
fn is_non_specific(tag: &Tag) -> bool {
    tag.original() == "!"
}

fn no_key() -> Stop {
    Stop::Syntax("a list or a map cannot be the key of a map in JSON".to_owned())
}
