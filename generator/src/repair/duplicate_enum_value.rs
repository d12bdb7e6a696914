//! Values that occur twice in an enum.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Notes, Object};
use crate::{
    grammar::Kind,
    pointer::child,
    values::{key, shown},
};

/// The same value twice in an enum. Seen in long lists that grew over years. Only the first one is kept.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) else { return };
    let at = child(at, "enum");
    let first = first_of_each(values);
    let mut index = 0;
    values.retain(|value| {
        let is_first = first.as_ref().is_none_or(|first| first.contains(&index));
        if !is_first {
            let wrong = format!("the value `{}` occurs twice in the enum", shown(value));
            notes.mended(
                "repaired-duplicate-enum-value",
                &child(&at, &index.to_string()),
                wrong,
                "counted once; remove one",
            );
        }
        index += 1;
        is_first
    });
}

/// Which values to keep; `None` if all of them.
fn first_of_each(values: &[Value]) -> Option<BTreeSet<usize>> {
    let mut seen = BTreeMap::new();
    for (index, value) in values.iter().enumerate() {
        seen.entry(key(value)).or_insert(index);
    }
    (seen.len() < values.len()).then(|| seen.into_values().collect())
}
