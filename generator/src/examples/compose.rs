//! A value for a schema that shows none: made of the examples of its parts.

use serde_json::{Map, Value, json};

use crate::document::resolve;

/// What is deeper than this is left out; a schema may contain itself.
const MAX_DEPTH: usize = 8;

/// An object with all the properties that `schema` declares, itself or through `allOf`. `None` where it declares none.
pub(super) fn object(root: &Value, schema: &Map<String, Value>) -> Option<Value> {
    let mut members = Map::new();
    collect(root, schema, &mut members, 0);
    (!members.is_empty()).then_some(Value::Object(members))
}

fn collect(root: &Value, schema: &Map<String, Value>, members: &mut Map<String, Value>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    for part in list(schema, "allOf") {
        if let Some(part) = resolve(root, part) {
            collect(root, part, members, depth + 1);
        }
    }
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if let Some(value) = value(root, property, depth + 1) {
            members.insert(name.clone(), value);
        }
    }
}

/// A value of a schema: its example, one of its enum, or one made of its parts.
fn value(root: &Value, schema: &Value, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH {
        return None;
    }
    let schema = resolve(root, schema)?;
    if let Some(example) = schema.get("example") {
        return Some(example.clone());
    }
    if let Some(first) = list(schema, "enum").find(|value| !value.is_null()) {
        return Some(first.clone());
    }
    if let Some(first) = list(schema, "oneOf").chain(list(schema, "anyOf")).find_map(|one| value(root, one, depth + 1))
    {
        return Some(first);
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => Some(json!("text")),
        Some("integer") => Some(json!(1)),
        Some("number") => Some(json!(1.5)),
        Some("boolean") => Some(json!(true)),
        Some("array") => {
            let item = schema.get("items").and_then(|items| value(root, items, depth + 1));
            Some(Value::Array(item.into_iter().collect()))
        }
        _ => {
            let mut members = Map::new();
            collect(root, schema, &mut members, depth);
            Some(Value::Object(members))
        }
    }
}

fn list<'a>(schema: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(key).and_then(Value::as_array).into_iter().flatten()
}
