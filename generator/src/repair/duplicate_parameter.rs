//! The same parameter twice.

use std::collections::BTreeSet;

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
    let mut seen = BTreeSet::new();
    let mut index = 0;
    parameters.retain(|parameter| {
        let place = child(&at, &index.to_string());
        index += 1;
        if seen.insert(parameter.to_string()) {
            return true;
        }
        let done = "counted once; remove one";
        notes.mended("repaired-duplicate-parameter", &place, "the same parameter is listed twice", done);
        false
    });
}
