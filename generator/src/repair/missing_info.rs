//! Documents that do not say what they are called.

use serde_json::{Value, json};

use super::Notes;

/// No `info`, or one without `title` or `version`; no `paths` beside components. Seen in documents that are put together
/// by programs. The title and the version only show in docs, so an empty description will do.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    let Some(root) = root.as_object_mut() else { return };
    if !root.contains_key("info") {
        let wrong = "`info` is missing: the document says neither its title nor its version";
        notes.mended("repaired-missing-info", "", wrong, "taken as “API” of version 0; add `info`");
        root.insert("info".to_owned(), json!({ "title": "API", "version": "0" }));
    }
    let info = root.get_mut("info").and_then(Value::as_object_mut);
    if let Some(info) = info {
        for (key, default) in [("title", "API"), ("version", "0")] {
            if !info.contains_key(key) {
                let done = format!("taken as “{default}”; add `{key}`");
                notes.mended_key("repaired-missing-info", "/info", format!("`info` has no `{key}`"), done);
                info.insert(key.to_owned(), Value::String(default.to_owned()));
            }
        }
    }
    if !root.contains_key("paths") && root.contains_key("components") {
        notes.mended("repaired-missing-paths", "", "`paths` is missing", "taken as empty; add `paths: {}`");
        root.insert("paths".to_owned(), json!({}));
    }
}
