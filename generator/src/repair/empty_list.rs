//! Lists of a schema that list nothing.

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child};

/// `enum: []`, `oneOf: []`: to the letter, no value at all is valid. Seen where a program filled the list, and found
/// nothing. The keyword is left out, so any value of the type is valid.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    for keyword in ["enum", "allOf", "oneOf", "anyOf"] {
        if schema.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            let wrong = format!("`{keyword}` lists nothing, so no value would be valid");
            let done = "it is ignored; list at least one entry, or remove it";
            notes.mended_key("repaired-empty-list", &child(at, keyword), wrong, done);
            schema.shift_remove(keyword);
        }
    }
}
