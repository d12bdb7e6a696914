//! Examples as a newer server would send them: with properties, and with values of enums, that the document does not
//! know.

use serde_json::{Value, json};

/// A property that no document declares.
const PROPERTY: &str = "addedByANewerServer";

/// References deeper than this are a circle.
const MAX_DEPTH: usize = 64;

/// `value` with a property more in every object that may have one. `None` where there is no such object.
pub(crate) fn properties(document: &Value, schema: &Value, value: &Value) -> Option<Value> {
    let mut newer = value.clone();
    let change = |schema: &Value, value: &mut Value| match value {
        Value::Object(object) if !restricts_others(document, schema, 0) => {
            object.insert(PROPERTY.to_owned(), json!({ "kept": [true, 1.5, null] }));
        }
        _ => {}
    };
    walk(document, schema, &mut newer, &change, 0);
    (newer != *value).then_some(newer)
}

/// `value` with every enum at a value that is not declared. `None` where there is no enum.
pub(crate) fn values(document: &Value, schema: &Value, value: &Value) -> Option<Value> {
    let mut newer = value.clone();
    let change = |schema: &Value, value: &mut Value| {
        if is_enum(document, schema, 0) {
            match value {
                Value::String(text) => *text = "ADDED_BY_A_NEWER_SERVER".to_owned(),
                Value::Number(number) if number.is_i64() => *number = 987_654_321.into(),
                _ => {}
            }
        }
    };
    walk(document, schema, &mut newer, &change, 0);
    (newer != *value).then_some(newer)
}

/// Shows `change` every part of `value` that a schema speaks of for certain: what is in a `oneOf` or `anyOf` it shows as
/// a whole.
fn walk(document: &Value, schema: &Value, value: &mut Value, change: &dyn Fn(&Value, &mut Value), depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    if let Some(target) = target(document, schema) {
        return walk(document, target, value, change, depth + 1);
    }
    inside(document, schema, value, change, depth + 1);
    change(schema, value);
}

/// The members and items of a value, not the value itself.
fn inside(document: &Value, schema: &Value, value: &mut Value, change: &dyn Fn(&Value, &mut Value), depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    if let Some(target) = target(document, schema) {
        return inside(document, target, value, change, depth + 1);
    }
    for member in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        inside(document, member, value, change, depth + 1);
    }
    match value {
        Value::Object(members) => {
            let properties = schema.get("properties");
            let others = schema.get("additionalProperties").filter(|others| others.is_object());
            for (name, member) in members {
                match properties.and_then(|properties| properties.get(name)) {
                    Some(property) => walk(document, property, member, change, depth + 1),
                    None => {
                        if let Some(others) = others {
                            walk(document, others, member, change, depth + 1);
                        }
                    }
                }
            }
        }
        Value::Array(items) => {
            if let Some(schema) = schema.get("items") {
                items.iter_mut().for_each(|item| walk(document, schema, item, change, depth + 1));
            }
        }
        _ => {}
    }
}

/// Whether a schema says of what type the properties are that it does not name.
fn restricts_others(document: &Value, schema: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return true;
    }
    if let Some(target) = target(document, schema) {
        return restricts_others(document, target, depth + 1);
    }
    let members = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    let others = schema.get("additionalProperties");
    others.is_some_and(|others| others.as_object().is_some_and(|others| !others.is_empty()))
        || members.into_iter().any(|member| restricts_others(document, member, depth + 1))
}

/// Whether a schema lists its values, itself or through `allOf`.
fn is_enum(document: &Value, schema: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    if let Some(target) = target(document, schema) {
        return is_enum(document, target, depth + 1);
    }
    let mut members = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    schema.get("enum").is_some() || members.any(|member| is_enum(document, member, depth + 1))
}

/// What a reference leads to.
fn target<'a>(document: &'a Value, schema: &Value) -> Option<&'a Value> {
    document.pointer(schema.get("$ref")?.as_str()?.strip_prefix('#')?)
}
