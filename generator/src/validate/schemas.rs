//! Schemas: types, formats, bounds, enums and what is required.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::Value;

use super::{
    context::{Check, Object, is_set, list, text},
    values::{article, has_type, shown},
};
use crate::{pointer::child, suggest::nearest};

/// The formats of OpenAPI 3.0 and those of its registry that are in use.
pub(crate) const FORMATS: [&str; 26] = [
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
    "uint32",
    "uint64",
    "uri",
    "uri-reference",
    "uuid",
];

/// Keywords that mean something for one type only.
const OF_TYPE: [(&str, &[&str]); 7] = [
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("properties", &["object"]),
    ("additionalProperties", &["object"]),
    ("required", &["object"]),
];

/// Pairs of which the first must not be greater than the second.
const BOUNDS: [(&str, &str); 4] =
    [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

pub(super) fn check(check: &mut Check<'_>, schema: &Object, at: &str) {
    let of = text(schema, "type");
    format(check, schema, of, at);
    bounds(check, schema, at);
    enumeration(check, schema, of, at);
    default(check, schema, of, at);
    compositions(check, schema, at);
    if of == Some("array") && !schema.contains_key("items") {
        let message = "an array must say what its elements are: `items` is missing".to_owned();
        check.error("array-without-items", at, message, "add `items`; `items: {}` if they can be anything");
    }
    for (keyword, types) in OF_TYPE {
        if let Some(of) = of.filter(|of| !types.contains(of) && schema.contains_key(keyword)) {
            let message = format!("`{keyword}` has no effect on {}", article(of));
            check.warning(
                "without-effect",
                &child(at, keyword),
                message,
                format!("remove it, or write `type: {}`", types[0]),
            );
        }
    }
    if is_set(schema, "readOnly") && is_set(schema, "writeOnly") {
        let message = "nothing can be both `readOnly` and `writeOnly`: it would occur nowhere".to_owned();
        check.warning("contradiction", at, message, "remove one of them");
    }
}

fn format(check: &mut Check<'_>, schema: &Object, of: Option<&str>, at: &str) {
    let Some(format) = text(schema, "format") else { return };
    let at = child(at, "format");
    // Formats are open: a name of one's own is fine, one that is nearly that of a known format is a slip.
    if !FORMATS.contains(&format)
        && let Some(near) = nearest(format, FORMATS)
    {
        let message = format!("the format `{format}` is not known, so it is ignored");
        check.warning("unknown-format", &at, message, format!("did you mean `{near}`?"));
        return;
    }
    let types: &[&str] = match format {
        "int32" | "int64" | "int16" | "int8" | "uint32" | "uint64" => &["integer", "number"],
        "float" | "double" => &["number", "integer"],
        "date" | "date-time" | "uuid" | "byte" | "binary" | "email" | "uri" | "password" => &["string"],
        _ => return,
    };
    if let Some(of) = of.filter(|of| !types.contains(of)) {
        let message = format!("the format `{format}` has no effect on {}", article(of));
        check.warning("without-effect", &at, message, format!("write `type: {}`, or remove the format", types[0]));
    }
}

fn bounds(check: &mut Check<'_>, schema: &Object, at: &str) {
    for (low, high) in BOUNDS {
        let number = |key| schema.get(key).and_then(Value::as_f64);
        if let (Some(least), Some(most)) = (number(low), number(high))
            && least > most
        {
            let message = format!("no value can satisfy this: `{low}` {least} is greater than `{high}` {most}");
            check.warning("contradiction", &child(at, low), message, "exchange them, or mend the wrong one");
        }
    }
}

fn enumeration(check: &mut Check<'_>, schema: &Object, of: Option<&str>, at: &str) {
    let Some(values) = schema.get("enum").and_then(Value::as_array) else { return };
    let at = child(at, "enum");
    if values.is_empty() {
        let message = "an `enum` without values admits nothing at all".to_owned();
        check.error("empty-enum", &at, message, "list the values, or remove `enum`");
    }
    let mut seen = BTreeMap::new();
    for (index, value) in values.iter().enumerate() {
        let place = || child(&at, &index.to_string());
        if let Some(of) = of.filter(|of| !value.is_null() && !has_type(value, of)) {
            let message = format!("the value `{}` of the enum is not {}", shown(value), article(of));
            check.error("enum-type", &place(), message, "put it in quotes if it is text, or correct `type`");
        }
        if let Some(first) = seen.insert(key(value), index) {
            let first = check.document.origin(&child(&at, &first.to_string()));
            let message = format!("the value `{}` occurs twice in the enum", shown(value));
            check
                .warning("duplicate-enum-value", &place(), message, "remove one")
                .relate(first, "the first one is here");
        }
    }
}

/// What tells values apart: their text, and whether they are text.
pub(crate) fn key(value: &Value) -> (bool, Cow<'_, str>) {
    match value {
        Value::String(text) => (true, Cow::Borrowed(text)),
        other => (false, Cow::Owned(other.to_string())),
    }
}

fn default(check: &mut Check<'_>, schema: &Object, of: Option<&str>, at: &str) {
    let Some(default) = schema.get("default").filter(|default| !default.is_null()) else { return };
    let at = child(at, "default");
    let values = list(schema, "enum");
    if let Some(of) = of.filter(|of| !has_type(default, of)) {
        let message = format!("the default `{}` is not {}", shown(default), article(of));
        check.error("default-type", &at, message, "correct the default, or remove it");
    } else if !values.is_empty() && !values.contains(default) {
        let message = format!("the default `{}` is not one of the values of the enum", shown(default));
        check.error("default-not-in-enum", &at, message, "correct the default, or remove it");
    }
}

fn compositions(check: &mut Check<'_>, schema: &Object, at: &str) {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        if schema.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            let message = format!("`{keyword}` lists no schemas");
            check.error("empty-composition", &child(at, keyword), message, "list at least one schema, or remove it");
        }
    }
}
