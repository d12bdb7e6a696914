//! Schemas without a type that leave no doubt.

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child, values::type_of};

/// Keywords that only make sense for one type.
const SIGNS: [(&str, &str); 11] = [
    ("properties", "object"),
    ("additionalProperties", "object"),
    ("minProperties", "object"),
    ("maxProperties", "object"),
    ("items", "array"),
    ("minItems", "array"),
    ("maxItems", "array"),
    ("uniqueItems", "array"),
    ("pattern", "string"),
    ("minLength", "string"),
    ("maxLength", "string"),
];

/// A schema with `properties`, `items`, an `enum` or a `format`, but no `type`. To the letter it admits anything;
/// what is meant is clear. Seen everywhere, for JSON Schema is used that way elsewhere. The type that is meant is added.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let composed = ["$ref", "allOf", "oneOf", "anyOf", "not"];
    if schema.contains_key("type") || composed.iter().any(|key| schema.contains_key(*key)) {
        return;
    }
    let Some((sign, meant)) = by_keyword(schema).or_else(|| by_enum(schema)).or_else(|| by_format(schema)) else {
        return;
    };
    let wrong = format!("a schema with `{sign}`, but without a type, admits anything");
    notes.mended_key("repaired-missing-type", &child(at, sign), wrong, format!("taken as `type: {meant}`; add that"));
    schema.insert("type".to_owned(), Value::String(meant.to_owned()));
}

fn by_keyword(schema: &Object) -> Option<(&'static str, &'static str)> {
    SIGNS.into_iter().find(|(keyword, _)| schema.contains_key(*keyword))
}

/// If all values of an enum have the same type, that is it.
fn by_enum(schema: &Object) -> Option<(&'static str, &'static str)> {
    let mut types = schema.get("enum")?.as_array()?.iter().filter_map(type_of);
    let first = types.next()?;
    let scalar = ["string", "integer", "number", "boolean"].contains(&first);
    (scalar && types.all(|other| other == first)).then_some(("enum", first))
}

fn by_format(schema: &Object) -> Option<(&'static str, &'static str)> {
    let meant = match schema.get("format")?.as_str()? {
        "date" | "date-time" | "uuid" | "byte" | "binary" | "email" | "uri" | "password" | "hostname" => "string",
        "int32" | "int64" => "integer",
        "float" | "double" => "number",
        _ => return None,
    };
    Some(("format", meant))
}
