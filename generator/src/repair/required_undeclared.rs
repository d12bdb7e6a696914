//! Required properties that are not declared.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child, suggest::did_you_mean};

/// `required` lists a name that `properties` does not have: a slip of the pen, or a property that was removed. Seen in
/// schemas that were changed in one place only. The name is left out of `required`; if the server sends such a
/// property, it is kept with the unknown ones. Parts of compositions are left alone: another part may declare it.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let composed = ["allOf", "oneOf", "anyOf"].iter().any(|key| schema.contains_key(*key));
    let is_part = at.rsplit('/').nth(1).is_some_and(|above| ["allOf", "oneOf", "anyOf"].contains(&above));
    let Some(declared) = schema.get("properties").and_then(Value::as_object) else { return };
    if composed || is_part {
        return;
    }
    let declared: BTreeSet<String> = declared.keys().cloned().collect();
    let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) else { return };
    let at = child(at, "required");
    let mut index = 0;
    required.retain(|name| {
        let place = child(&at, &index.to_string());
        index += 1;
        let Some(name) = name.as_str().filter(|name| !declared.contains(*name)) else {
            return true;
        };
        let near = declared.iter().map(String::as_str).filter(|_| !notes.report.is_full());
        let help = did_you_mean(name, near, "declare it, or remove the name");
        let wrong = format!("`{name}` is required, but not declared");
        notes.mended("repaired-required", &place, wrong, format!("it is not required any more; {help}"));
        false
    });
    if required.is_empty() {
        schema.shift_remove("required");
    }
}
