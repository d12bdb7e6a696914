//! The same parameter twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::Value;

use super::{Notes, Object, each_operation};
use crate::pointer::child;

/// A parameter that is listed twice, word for word, in one operation. Seen where lists were merged by hand. Only the
/// first one is kept; two different ones of the same name are an error.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    each_operation(root, |_, _, operation, at| once(operation, at, notes));
}

fn once(operation: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) else { return };
    let at = child(at, "parameters");
    let mut seen: BTreeMap<String, Value> = BTreeMap::new();
    let mut index = 0;
    parameters.retain(|parameter| {
        let place = child(&at, &index.to_string());
        index += 1;
        match seen.entry(identity(parameter)) {
            Entry::Vacant(free) => {
                free.insert(parameter.clone());
                return true;
            }
            Entry::Occupied(first) if first.get() != parameter => return true,
            Entry::Occupied(_) => {}
        }
        let done = "counted once; remove one";
        notes.mended("repaired-duplicate-parameter", &place, "the same parameter is listed twice", done);
        false
    });
}

/// What two parameters have to share before it is worth comparing them.
fn identity(parameter: &Value) -> String {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
    format!("{} {} {}", text("$ref"), text("in"), text("name"))
}
