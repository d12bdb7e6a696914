//! Keys beside a `$ref`.

use serde_json::{Map, Value};

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child};

/// OpenAPI 3.0 ignores what stands beside a `$ref`, but authors mean it: most often a `nullable`, a `description` or
/// an `example` of just this use. A schema becomes an `allOf` of the reference, with the rest around it. Elsewhere
/// there is no such means, and the rest is left out.
pub(super) fn mend(kind: Kind, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
    if object.len() < 2 || !object.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let beside: Vec<String> = object.keys().filter(|key| *key != "$ref").map(|key| format!("`{key}`")).collect();
    let Some(reference) = object.shift_remove("$ref") else { return };
    let only = Map::from_iter([("$ref".to_owned(), reference)]);
    let wrong = format!("OpenAPI 3.0 ignores what stands beside a `$ref`: {}", beside.join(", "));
    let done = if kind == Kind::Schema {
        let mut parts = match object.shift_remove("allOf") {
            Some(Value::Array(parts)) => parts,
            _ => Vec::new(),
        };
        parts.insert(0, Value::Object(only));
        object.insert("allOf".to_owned(), Value::Array(parts));
        "both count here; to say so, write `allOf: [{ $ref: … }]` with the rest beside it"
    } else {
        *object = only;
        "it is left out; write it into what is referred to"
    };
    notes.mended_key("repaired-reference-siblings", &child(at, "$ref"), wrong, done);
}
