//! A `$ref` to a schema, or an example, in a file that was not published.

use serde_json::Value;

use super::Notes;

/// A schema or an example refers to a file that does not exist. Seen where an API of several versions is published one version at a
/// time, and a schema of another version is used. The schema then admits any JSON value, the example is empty; what
/// stands beside the `$ref` is kept.
pub(super) fn mend(root: &mut Value, absent: &[(String, String)], notes: &mut Notes<'_>) {
    for (at, text) in absent {
        // A document of 3.1 has its `$ref`s with siblings in an `allOf` by now.
        let wrapped = format!("{at}/allOf/0");
        let place = if root.pointer(&wrapped).is_some_and(|part| part["$ref"] == **text) { &wrapped } else { at };
        let Some(schema) = root.pointer_mut(place).and_then(Value::as_object_mut) else { continue };
        schema.shift_remove("$ref");
        notes.mended(
            "repaired-absent-file",
            &format!("{at}/$ref"),
            format!("`{text}` cannot be read: there is no such file"),
            "a schema then admits any JSON, an example is left out; add the file, or mend the name, which is relative to this file",
        );
    }
}
