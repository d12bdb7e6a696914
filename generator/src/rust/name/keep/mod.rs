//! Keeps a plan to the names that the lock knows, and adds what is new to the lock.
//!
//! What the lock knows has its name from there. What is new takes the name that it would have had, or the next free one;
//! taken is also what the lock knows of things that are gone. Where the document renames a thing and leaves it as it is
//! on the wire, it takes the new name, and the old one stays as an alias.

mod calls;
mod members;
mod types;

pub(crate) use calls::{keep_calls, operation_keys};
pub(crate) use members::note_boxes;
pub(crate) use types::keep_types;

use crate::rust::plan::TypeDef;

/// `/connectors/{scriptName}` as `/connectors/{}`.
fn without_names(path: &str) -> String {
    let mut result = String::with_capacity(path.len());
    let mut inside = false;
    for letter in path.chars() {
        if letter == '}' {
            inside = false;
        }
        if !inside {
            result.push(letter);
        }
        if letter == '{' {
            inside = true;
        }
    }
    result
}

/// Where a type is defined, as the lock spells it.
pub(crate) fn place(def: &TypeDef) -> String {
    let pointer = without_names(&def.origin.pointer);
    if pointer.is_empty() { def.origin.file.clone() } else { format!("{}#{pointer}", def.origin.file) }
}
