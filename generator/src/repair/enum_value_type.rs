//! Values of an enum that have another type than the enum.

use serde_json::Value;

use super::{Notes, Object};
use crate::{
    grammar::Kind,
    pointer::child,
    values::{article, has_type, shown, type_of},
};

/// `type: string` with the value `false` or `404`, mostly because quotes were forgotten; or numbers in quotes in an
/// enum of integers. Seen in enums of responses and of versions. The value is taken as one of the right type. Where that
/// goes for none of the values, as with text in an enum of `type: object`, the type is wrong; a single value that cannot
/// be one of the type is left out.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(of) = schema.get("type").and_then(Value::as_str).map(str::to_owned) else { return };
    let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) else { return };
    let fits = |value: &Value| value.is_null() || has_type(value, &of);
    if values.iter().all(fits) {
        return;
    }
    if let Some(meant) = other_type(values, &of) {
        let wrong = format!("no value of the enum is {}", article(&of));
        notes.mended("repaired-enum-type", &child(at, "type"), wrong, format!("taken as `type: {meant}`; write that"));
        schema.insert("type".to_owned(), Value::String(meant.to_owned()));
        return;
    }
    let at = child(at, "enum");
    let mut index = 0;
    values.retain_mut(|value| {
        let place = child(&at, &index.to_string());
        index += 1;
        if fits(value) {
            return true;
        }
        let wrong = format!("the value `{}` of the enum is not {}", shown(value), article(&of));
        let Some(converted) = convert(value, &of) else {
            let help = "it is left out; correct it, or correct `type`";
            notes.left_out("enum-type", &place, wrong, help);
            return false;
        };
        let done = format!("taken as {converted}; write it that way");
        notes.mended("repaired-enum-type", &place, wrong, done);
        *value = converted;
        true
    });
}

/// The type that all values have, where none of them can be one of the type that is given.
fn other_type(values: &[Value], of: &str) -> Option<&'static str> {
    let mut present = values.iter().filter(|value| !value.is_null()).peekable();
    let meant = type_of(present.peek()?).filter(|meant| ["string", "integer", "number", "boolean"].contains(meant))?;
    present.all(|value| type_of(value) == Some(meant) && convert(value, of).is_none()).then_some(meant)
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
