//! Values of an enum that have another type than the enum.

use serde_json::Value;

use super::{Notes, Object};
use crate::{
    grammar::Kind,
    pointer::child,
    validate::values::{article, has_type, shown},
};

/// `type: string` with the value `false` or `404`, mostly because quotes were forgotten; or numbers in quotes in an
/// enum of integers. Seen in enums of answers and of versions. The value is taken as one of the right type.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(of) = schema.get("type").and_then(Value::as_str).map(str::to_owned) else { return };
    let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) else { return };
    for (index, value) in values.iter_mut().enumerate() {
        if value.is_null() || has_type(value, &of) {
            continue;
        }
        let Some(converted) = convert(value, &of) else { continue };
        let wrong = format!("the value `{}` of the enum is not {}", shown(value), article(&of));
        let done = format!("taken as {converted}; write it that way");
        notes.mended("repaired-enum-type", &child(&child(at, "enum"), &index.to_string()), wrong, done);
        *value = converted;
    }
}

/// The same value as one of another type, if nothing is lost.
pub(super) fn convert(value: &Value, to: &str) -> Option<Value> {
    match (to, value) {
        ("string", Value::Bool(_) | Value::Number(_)) => Some(Value::String(value.to_string())),
        ("integer", Value::String(text)) => text.trim().parse::<i64>().ok().map(Value::from),
        ("number", Value::String(text)) => text.trim().parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from),
        ("boolean", Value::String(text)) => text.trim().parse::<bool>().ok().map(Value::from),
        _ => None,
    }
}
