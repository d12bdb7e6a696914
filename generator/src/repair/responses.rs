//! Operations that do not say what comes back.

use serde_json::{Map, Value};

use super::{Notes, each_operation};
use crate::{grammar::Kind, modernise::any_response, pointer::child};

/// An operation without `responses`, which OpenAPI 3.0 requires. Seen in drafts. Any response is taken, as bytes.
pub(super) fn missing(_: Kind, operation: &mut Map<String, Value>, at: &str, notes: &mut Notes<'_>) {
    if !operation.contains_key("responses") {
        let done = "any response is taken; describe at least one, such as `'200': { description: … }`";
        notes.mended_key("repaired-responses", at, "the operation says nothing about its responses", done);
        operation.insert("responses".to_owned(), any_response());
    }
}

/// Responses under a key that is not a status are left out; where none remain, any response is accepted.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    each_operation(root, |_, _, operation, at| {
        let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
        let at = child(at, "responses");
        responses.retain(|code, _| {
            let stays = code.starts_with("x-") || is_status(code);
            if !stays {
                let help = "the response is left out; write a code such as `200`, a range such as `4XX`, or `default`";
                notes.left_out_key("bad-status", &child(&at, code), format!("`{code}` is not a status code"), help);
            }
            stays
        });
        if responses.keys().all(|code| code.starts_with("x-")) {
            let done = "any response is taken; describe at least one, such as `'200': { description: … }`";
            notes.mended_key("repaired-responses", &at, "there are no responses", done);
            if let Value::Object(any) = any_response() {
                responses.extend(any);
            }
        }
    });
}

/// `200`, `4XX` or `default`.
fn is_status(code: &str) -> bool {
    let is_code = |code: &[u8]| matches!(code, [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']);
    let is_range = |code: &[u8]| matches!(code, [b'1'..=b'5', b'X' | b'x', b'X' | b'x']);
    code == "default" || is_code(code.as_bytes()) || is_range(code.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::is_status;

    #[test]
    fn status_codes() {
        for code in ["200", "default", "4XX", "5xx", "599"] {
            assert!(is_status(code), "{code}");
        }
        for code in ["20", "2000", "600", "099", "2X0", "ok", "XXX", ""] {
            assert!(!is_status(code), "{code}");
        }
    }
}
