//! Arrays that do not say what their elements are.

use serde_json::{Map, Value};

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child};

/// `type: array` without `items`, which OpenAPI requires. Seen for lists whose elements nobody wanted to describe. The
/// elements can be any JSON.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    if schema.get("type").and_then(Value::as_str) == Some("array") && !schema.contains_key("items") {
        let wrong = "an array must say what its elements are: `items` is missing";
        let done = "the elements are taken to be any JSON; add `items`";
        notes.mended("repaired-array-without-items", &child(at, "type"), wrong, done);
        schema.insert("items".to_owned(), Value::Object(Map::new()));
    }
}
