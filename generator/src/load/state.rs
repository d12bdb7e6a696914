//! What reading a text keeps track of: where it is, what was odd, and how much there may be.

use serde_json::{Map, Value, map::Entry};

use crate::{origin::Position, pointer::Pointer};

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

/// Why reading was given up.
#[derive(Clone, Debug)]
pub(super) enum Stop {
    /// The text is not what its format allows, and why.
    Syntax(String),
    Depth,
    Size,
    Name,
}

/// Where reading was given up, and why.
#[derive(Clone, Debug)]
pub(super) struct Stopped {
    pub(super) at: Position,
    pub(super) stop: Stop,
}

/// What the walk through a file knows.
#[derive(Debug)]
pub(super) struct State {
    pub(super) pointer: Pointer,
    /// How many nodes the tree may still get out of aliases.
    nodes_left: usize,
    pub(super) faults: Vec<Fault>,
}

impl State {
    pub(super) fn new() -> Self {
        Self { pointer: Pointer::default(), nodes_left: NODES_FROM_ALIASES, faults: Vec::new() }
    }

    /// The pointer of what is read.
    pub(super) fn here(&self) -> String {
        self.pointer.as_str().to_owned()
    }

    /// Adds a member, which the pointer points at, to a map.
    pub(super) fn insert(&mut self, members: &mut Map<String, Value>, key: String, value: Value) {
        match members.entry(key) {
            Entry::Vacant(free) => {
                free.insert(value);
            }
            Entry::Occupied(mut taken) => {
                let key = taken.key().clone();
                taken.insert(value);
                self.faults.push(Fault::DuplicateKey { pointer: self.here(), key });
            }
        }
    }

    /// Notes that `value` is there once more, `depth` levels deep.
    pub(super) fn repeat(&mut self, value: &Value, depth: usize) -> Result<(), Stop> {
        let mut size = Size { nodes_left: self.nodes_left, pointer: self.pointer.as_str().len() };
        let result = size.measure(value, depth);
        self.nodes_left = size.nodes_left;
        result
    }
}

/// Measures what an alias adds.
struct Size {
    nodes_left: usize,
    /// How long the pointer of the node is.
    pointer: usize,
}

impl Size {
    fn measure(&mut self, value: &Value, depth: usize) -> Result<(), Stop> {
        self.nodes_left = self.nodes_left.checked_sub(1).ok_or(Stop::Size)?;
        let (children, step): (&mut dyn Iterator<Item = (usize, &Value)>, _) = match value {
            Value::Array(items) => (&mut items.iter().map(|item| (8, item)), true),
            Value::Object(members) => (&mut members.iter().map(|(key, member)| (key.len() + 1, member)), true),
            _ => (&mut std::iter::empty(), false),
        };
        if step && depth >= MAX_DEPTH {
            return Err(Stop::Depth);
        }
        for (token, child) in children {
            self.pointer += token;
            if self.pointer > MAX_POINTER {
                return Err(Stop::Name);
            }
            self.measure(child, depth + 1)?;
            self.pointer -= token;
        }
        Ok(())
    }
}
