//! Paths that are not written as paths.

use serde_json::Value;

use super::Notes;
use crate::{paths::template, pointer::child};

/// A path without `/` in front gets one. One whose braces do not match, or with a parameter that has no name, cannot be
/// called, and is left out. Seen in hand-written paths.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else { return };
    let is_sound = |path: &str| path.starts_with("x-") || (path.starts_with('/') && fault(path).is_none());
    if paths.keys().all(|path| is_sound(path)) {
        return;
    }
    for (path, item) in std::mem::take(paths) {
        if is_sound(&path) {
            paths.insert(path, item);
            continue;
        }
        let at = child("/paths", &path);
        if let Some((why, advice)) = fault(&path) {
            let wrong = format!("`{path}` is not a path: {why}");
            notes.left_out_key("bad-path", &at, wrong, format!("its operations are left out; {advice}"));
            continue;
        }
        let slashed = format!("/{path}");
        let wrong = format!("`{path}` is not a path: it does not start with `/`");
        if paths.contains_key(&slashed) {
            let done = format!("its operations are left out, for `{slashed}` is there too; put both together");
            notes.left_out_key("bad-path", &at, wrong, done);
        } else {
            let done = format!("taken as `{slashed}`; put a `/` in front");
            notes.mended_key("repaired-path", &at, wrong, done);
            let origin = notes.origins.of(&at);
            notes.origins.insert(child("/paths", &slashed), &origin.file, &origin.pointer);
            paths.insert(slashed, item);
        }
    }
}

/// What makes a path unusable, and what to do.
fn fault(path: &str) -> Option<(&'static str, &'static str)> {
    let Some(names) = template(path) else {
        return Some(("its braces are not balanced", "write each parameter as `{name}`"));
    };
    names.iter().any(String::is_empty).then_some(("a parameter has no name", "write each parameter as `{name}`"))
}
