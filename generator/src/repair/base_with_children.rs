//! A schema that lists in `oneOf` the very schemas that are built on it.

use serde_json::{Map, Value, json};

use super::{Notes, Object};
use crate::pointer::{child, unescape};

const SCHEMAS: &str = "/components/schemas";

/// What the new component takes over; what is left says which of its children a value can be, and describes that.
const MOVED: [&str; 7] =
    ["type", "allOf", "properties", "required", "additionalProperties", "minProperties", "maxProperties"];

/// `Pet` has `oneOf: [Cat, Dog]`, and both have `allOf: [Pet, …]`: to the letter a cat is a pet that is a cat that is a
/// pet, without end. Seen in documents that are made from classes with subclasses. What the pets have in common becomes a
/// component of its own, `PetBase`, that all of them are built on. Gives the pointers of such components, each with that of
/// the schema that it comes from.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) -> Vec<(String, String)> {
    let Some(schemas) = root.pointer_mut(SCHEMAS).and_then(Value::as_object_mut) else { return Vec::new() };
    let mut made = Vec::new();
    for name in schemas.keys().cloned().collect::<Vec<_>>() {
        let reference = child("#/components/schemas", &name);
        let children = children(schemas, &name, &reference);
        if children.is_empty() {
            continue;
        }
        let base_name = free(schemas, &format!("{name}Base"));
        let base = child("#/components/schemas", &base_name);
        for other in &children {
            let parts = schemas.get_mut(other).and_then(|schema| schema.get_mut("allOf")).and_then(Value::as_array_mut);
            for part in parts.into_iter().flatten().filter(|part| part["$ref"] == *reference) {
                *part = json!({ "$ref": base });
            }
        }
        let at = child(SCHEMAS, &name);
        if let Some(schema) = schemas.get_mut(&name).and_then(Value::as_object_mut) {
            let shared = split(schema, &base);
            let wrong = format!("`{name}` offers schemas that are built on `{name}`: {}", children.join(", "));
            let done = format!("what they share is taken as a schema of its own, `{base_name}`; write it that way");
            notes.mended_key("repaired-base-with-children", &at, wrong, done);
            schemas.insert(base_name, Value::Object(shared));
        }
        made.push((base.trim_start_matches('#').to_owned(), at));
    }
    made
}

/// The alternatives of a schema that are built on it.
fn children(schemas: &Object, name: &str, reference: &str) -> Vec<String> {
    let schema = schemas.get(name);
    let alternatives = ["oneOf", "anyOf"].iter().filter_map(|key| schema?.get(key)?.as_array()).flatten();
    alternatives
        .filter_map(|part| part.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/"))
        .map(unescape)
        .filter(|other| {
            let parts = schemas.get(other).and_then(|other| other.get("allOf")).and_then(Value::as_array);
            parts.into_iter().flatten().any(|part| part["$ref"] == *reference)
        })
        .collect()
}

/// Takes what is shared out of a schema, and lets it refer to that.
fn split(schema: &mut Object, base: &str) -> Object {
    let mut shared = Map::new();
    for key in MOVED {
        if let Some(value) = schema.shift_remove(key) {
            shared.insert(key.to_owned(), value);
        }
    }
    if shared.contains_key("properties") || shared.contains_key("allOf") {
        schema.insert("allOf".to_owned(), json!([{ "$ref": base }]));
    }
    shared
}

/// The name, or the first number after it that is not taken.
fn free(schemas: &Object, wanted: &str) -> String {
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    names.find(|name| !schemas.contains_key(name)).unwrap_or_default()
}
