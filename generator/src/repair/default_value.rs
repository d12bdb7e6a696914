//! Defaults that the schema itself does not admit.

use serde_json::Value;

use super::{Notes, Object, enum_value_type::convert};
use crate::{
    grammar::Kind,
    pointer::child,
    values::{article, has_type, shown},
};

/// A default of another type (`default: 'true'` for a flag), or one that is not in the enum. Seen where a default is
/// written as prose, or was left behind when the enum changed. It is converted if that is possible, else left out.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(default) = schema.get("default").filter(|default| !default.is_null()) else { return };
    let of = schema.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let values = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let admitted = |value: &Value| has_type(value, &of) && (values.is_empty() || values.contains(value));
    if admitted(default) {
        return;
    }
    let wrong = if has_type(default, &of) {
        format!("the default `{}` is not one of the values of the enum", shown(default))
    } else {
        format!("the default `{}` is not {}", shown(default), article(&of))
    };
    let converted = convert(default, &of).filter(admitted);
    let done = match &converted {
        Some(value) => format!("taken as {value}; write it that way"),
        None => "the default is left out; correct or remove it".to_owned(),
    };
    notes.mended("repaired-default", &child(at, "default"), wrong, done);
    match converted {
        Some(value) => schema.insert("default".to_owned(), value),
        None => schema.shift_remove("default"),
    };
}
