//! A key with nothing behind it.

use serde_json::Value;

use super::{Notes, Object};
use crate::{
    grammar::{Kind, Shape},
    pointer::child,
};

/// `description:` with no value, which YAML reads as `null`. Seen in descriptions, tags and parameters that somebody
/// meant to fill in later. The key is removed, unless `null` is a value that it may have (a default, an example).
pub(super) fn mend(kind: Kind, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let is_data = |key: &str| matches!(kind.shape_of(key), None | Some(Shape::Data | Shape::Sample));
    if !object.iter().any(|(key, value)| value.is_null() && !is_data(key)) {
        return;
    }
    object.retain(|key, value: &mut Value| {
        let keep = !value.is_null() || is_data(key);
        if !keep {
            let wrong = format!("`{key}` has no value");
            notes.mended_key(
                "repaired-empty-value",
                &child(at, key),
                wrong,
                "the key is ignored; write a value, or remove it",
            );
        }
        keep
    });
}
