//! `true` and `false` in quotes.

use serde_json::Value;

use super::{Notes, Object};
use crate::{
    grammar::{Kind, Shape},
    pointer::child,
};

/// `required: 'true'`: text where a flag belongs. Seen in documents that were converted from other formats. The text
/// is taken for what it says.
pub(super) fn mend(kind: Kind, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
    for (key, value) in object {
        let flag = match value.as_str() {
            Some("true" | "True" | "yes") => true,
            Some("false" | "False" | "no") => false,
            _ => continue,
        };
        if matches!(kind.shape_of(key), Some(Shape::Flag | Shape::FlagOrSchema)) {
            let wrong = format!("`{key}` is text, but `true` or `false` belongs here");
            notes.mended(
                "repaired-quoted-flag",
                &child(at, key),
                wrong,
                format!("taken as `{flag}`; remove the quotes"),
            );
            *value = Value::Bool(flag);
        }
    }
}
