//! Merges what an action writes with a node of the document, and notes where each written node comes from.
//!
//! Maps are merged, what is merged with a list is added to it, and a scalar takes the place of a scalar.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Origin, Verdict};
use crate::document::Document;
use crate::pointer::Pointer;

/// Where what is written comes from.
pub(super) struct Source<'o> {
    /// The node of the overlay.
    pub(super) origin: &'o Origin,
    /// Whether all of it stands there, or only a path to it.
    pub(super) is_written_out: bool,
}

/// Merges `value` with the node at `pointer`; the error is what does not go together.
pub(super) fn merge(
    document: &mut Document,
    pointer: &str,
    value: &Value,
    source: &Source<'_>,
) -> Result<(), Box<Diagnostic>> {
    let mut merge = Merge {
        source,
        at: Pointer::new(pointer),
        from: Pointer::new(source.origin.pointer.clone()),
        written: Vec::new(),
    };
    let Some(node) = document.root.pointer_mut(pointer) else { return Ok(()) };
    match (node, value) {
        (Value::Array(items), one) if !one.is_array() => merge.append(items, one),
        (node, value) => merge.node(node, value)?,
    }
    for (at, from) in merge.written {
        document.wrote(at, &source.origin.file, &from);
    }
    Ok(())
}

/// What people call a value of that kind.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "a map",
        Value::Array(_) => "a list",
        _ => "a scalar",
    }
}

struct Merge<'o> {
    source: &'o Source<'o>,
    at: Pointer,
    from: Pointer,
    /// What was written, and where it comes from.
    written: Vec<(String, String)>,
}

impl Merge<'_> {
    fn node(&mut self, into: &mut Value, with: &Value) -> Result<(), Box<Diagnostic>> {
        match (&mut *into, with) {
            (Value::Object(members), Value::Object(more)) => return self.members(members, more),
            (Value::Array(items), Value::Array(more)) => {
                for (index, item) in more.iter().enumerate() {
                    let back = self.from.enter_index(index);
                    self.append(items, item);
                    self.from.leave(back);
                }
            }
            (into, with) if kind(into) == kind(with) => {
                *into = with.clone();
                self.wrote();
            }
            (into, with) => return Err(Box::new(self.incompatible(into, with))),
        }
        Ok(())
    }

    fn members(&mut self, into: &mut Map<String, Value>, with: &Map<String, Value>) -> Result<(), Box<Diagnostic>> {
        for (key, value) in with {
            let back = (self.at.enter(key), self.from.enter(key));
            match into.get_mut(key) {
                Some(known) => self.node(known, value)?,
                None => {
                    into.insert(key.clone(), value.clone());
                    self.wrote();
                }
            }
            self.at.leave(back.0);
            self.from.leave(back.1);
        }
        Ok(())
    }

    fn append(&mut self, items: &mut Vec<Value>, item: &Value) {
        let back = self.at.enter_index(items.len());
        items.push(item.clone());
        self.wrote();
        self.at.leave(back);
    }

    fn wrote(&mut self) {
        self.written.push((self.at.as_str().to_owned(), self.here()));
    }

    /// Where what is written just now stands in the overlay.
    fn here(&self) -> String {
        let whole = if self.source.is_written_out { self.from.as_str() } else { &self.source.origin.pointer };
        whole.to_owned()
    }

    fn incompatible(&self, into: &Value, with: &Value) -> Diagnostic {
        let origin = Origin::new(self.source.origin.file.clone(), self.here());
        let message =
            format!("{} cannot be merged with {}, which is at `{}`", kind(with), kind(into), self.at.as_str());
        let help =
            format!("write {} here, or remove what is there with an action of its own before this one", kind(into));
        Diagnostic::new(Verdict::Refused, "overlay-action", origin, message, help)
    }
}
