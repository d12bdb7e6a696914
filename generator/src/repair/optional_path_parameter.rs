//! Path parameters that are not marked as required.

use serde_json::Value;

use super::{Notes, Object};
use crate::grammar::Kind;

/// A path parameter without `required: true`. It cannot be left out, so OpenAPI wants it said. Seen often, for most
/// tools do not mind. It is taken as required.
pub(super) fn mend(_: Kind, parameter: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let in_path = parameter.get("in").and_then(Value::as_str) == Some("path");
    if in_path && parameter.get("required") != Some(&Value::Bool(true)) {
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        let wrong = format!("the path parameter `{name}` is not marked as required");
        notes.mended("repaired-optional-path-parameter", at, wrong, "taken as required; add `required: true`");
        parameter.insert("required".to_owned(), Value::Bool(true));
    }
}
