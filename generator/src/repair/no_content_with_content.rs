//! Content where there can be none.

use serde_json::Value;

use super::{Notes, each_operation};
use crate::pointer::child;

/// A 204, 205 or 304 that declares `content`: HTTP sends no body with these. Seen where a response was copied from a
/// 200. The content is left out.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    let shared = root.pointer("/components/responses").cloned().unwrap_or_default();
    each_operation(root, |_, _, operation, at| {
        let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
        for status in ["204", "205", "304"] {
            let Some(response) = responses.get_mut(status) else { continue };
            let place = child(&child(at, "responses"), status);
            // A shared response may be right for other statuses, so this one gets a copy.
            let name =
                response.get("$ref").and_then(Value::as_str).map(|text| text.rsplit('/').next().unwrap_or_default());
            let resolved = match name {
                Some(name) => shared.get(crate::pointer::unescape(name)).cloned(),
                None => Some(response.clone()),
            };
            let Some(Value::Object(mut resolved)) = resolved else { continue };
            if resolved.get("content").and_then(Value::as_object).is_none_or(|content| content.is_empty()) {
                continue;
            }
            resolved.shift_remove("content");
            let place = if name.is_some() { place } else { child(&place, "content") };
            let wrong = format!("a response with the status {status} has no body, but this one declares `content`");
            notes.mended_key(
                "repaired-no-content",
                &place,
                wrong,
                "the content is left out; remove it, or correct the status",
            );
            *response = Value::Object(resolved);
        }
    });
}
