//! Keywords of another type.

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child, values::article};

/// Keywords, and the type that they belong to.
const FOREIGN: [(&str, &str); 7] = [
    ("items", "array"),
    ("minItems", "array"),
    ("maxItems", "array"),
    ("uniqueItems", "array"),
    ("properties", "object"),
    ("additionalProperties", "object"),
    ("required", "object"),
];

/// `items` on a string, `properties` on an array: a keyword that has no effect on the type that is given. Seen where a
/// schema was copied and only half changed. The type counts, and the keyword is left out.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(of) = schema.get("type").and_then(Value::as_str).map(str::to_owned) else { return };
    for (keyword, needs) in FOREIGN {
        if of != needs && schema.contains_key(keyword) {
            let wrong = format!("`{keyword}` has no effect on {}", article(&of));
            let done = format!("it is left out; remove it, or write `type: {needs}`");
            notes.mended_key("repaired-foreign-keyword", &child(at, keyword), wrong, done);
            schema.shift_remove(keyword);
        }
    }
}
