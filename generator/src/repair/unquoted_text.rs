//! Text that YAML takes for a number or a flag.

use serde_json::Value;

use super::{Notes, Object};
use crate::{
    grammar::{Kind, Shape},
    pointer::child,
};

/// `version: 2` or `description: true`: a number or a flag where text belongs. Seen in versions, titles, tags and scopes.
/// The text is taken as it was written, as far as that can be told.
pub(super) fn mend(kind: Kind, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
    for (key, value) in object {
        match (kind.shape_of(key), value) {
            // References were resolved before; one that is not text is an error.
            (Some(Shape::Text), _) if key == "$ref" => {}
            (Some(Shape::Text), value) => text(value, &child(at, key), notes),
            (Some(Shape::List(Shape::Text)), Value::Array(items)) => {
                let at = child(at, key);
                for (index, item) in items.iter_mut().enumerate() {
                    text(item, &child(&at, &index.to_string()), notes);
                }
            }
            (Some(Shape::Map(Shape::Text)), Value::Object(members)) => {
                let at = child(at, key);
                for (name, member) in members {
                    text(member, &child(&at, name), notes);
                }
            }
            _ => {}
        }
    }
}

fn text(value: &mut Value, at: &str, notes: &mut Notes<'_>) {
    // The version of OpenAPI is taken literally: as a number, 3.10 would become 3.1.
    if at != "/openapi" && (value.is_number() || value.is_boolean()) {
        let text = value.to_string();
        let wrong = format!("`{text}` is not text without quotes, but text belongs here");
        notes.mended("repaired-unquoted-text", at, wrong, format!("taken as '{text}'; put it in quotes"));
        *value = Value::String(text);
    }
}
