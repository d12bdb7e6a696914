//! JSON values and the types and formats that schemas give them.

use std::borrow::Cow;

use serde_json::Value;

/// The formats of OpenAPI 3.0 and those of its registry that are in use.
pub(crate) const FORMATS: [&str; 29] = [
    "binary",
    "byte",
    "char",
    "date",
    "date-time",
    "decimal",
    "double",
    "duration",
    "email",
    "float",
    "hostname",
    "int16",
    "int32",
    "int64",
    "int8",
    "ipv4",
    "ipv6",
    "json-pointer",
    "password",
    "regex",
    "time",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uri",
    "uri-reference",
    "uuid",
];

/// Has a value the type? Unknown types take everything: they are reported as such.
pub(crate) fn has_type(value: &Value, of: &str) -> bool {
    match of {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        // `1.0` is an integer too, for JSON Schema and for people who write it.
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// The type of a value, in the words of JSON Schema; `None` for `null`.
pub(crate) fn type_of(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    })
}

/// With "a" or "an".
pub(crate) fn article(of: &str) -> String {
    let article = if of.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {of}")
}

/// A value as a person would write it, cut if it is long.
pub(crate) fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() > 40 { format!("{}…", text.chars().take(40).collect::<String>()) } else { text }
}

/// What tells values apart: their text, and whether they are text.
pub(crate) fn key(value: &Value) -> (bool, Cow<'_, str>) {
    match value {
        Value::String(text) => (true, Cow::Borrowed(text)),
        other => (false, Cow::Owned(other.to_string())),
    }
}
