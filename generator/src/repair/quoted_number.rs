//! Numbers in quotes.

use serde_json::{Number, Value};

use super::{Notes, Object};
use crate::{
    grammar::{Kind, Shape},
    pointer::child,
};

/// `maxLength: '30'`, or `maxLength: 30.0`: not a number, or not a whole one, where a number belongs. Seen in
/// documents that were written by programs. The number that it says is taken.
pub(super) fn mend(kind: Kind, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
    for (key, value) in object {
        let number = match (kind.shape_of(key), &*value) {
            (Some(Shape::Count), Value::String(text)) => text.trim().parse::<u64>().ok().map(Number::from),
            (Some(Shape::Number), Value::String(text)) => number(text.trim()),
            (Some(Shape::Count), Value::Number(number)) if number.is_f64() => whole(number),
            _ => None,
        };
        if let Some(number) = number {
            let wrong = format!(
                "`{key}` is {}, but a number belongs here",
                if value.is_string() { "text" } else { "a fraction" }
            );
            notes.mended(
                "repaired-quoted-number",
                &child(at, key),
                wrong,
                format!("taken as {number}; write it that way"),
            );
            *value = Value::Number(number);
        }
    }
}

fn number(text: &str) -> Option<Number> {
    match text.parse::<i64>() {
        Ok(whole) => Some(whole.into()),
        Err(_) => text.parse::<f64>().ok().and_then(Number::from_f64),
    }
}

fn whole(number: &Number) -> Option<Number> {
    let number = number.as_f64()?;
    // Above this, neighbouring whole numbers are no longer told apart.
    (number.fract() == 0.0 && (0.0..9.0e15).contains(&number)).then(|| Number::from(number as u64))
}
