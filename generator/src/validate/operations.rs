//! Operations: their ids, tags, bodies and status codes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::context::{Check, Object, list, text};
use crate::{grammar::METHODS, pointer::child};

pub(super) fn check(check: &mut Check<'_>) {
    let Some(paths) = check.section("paths") else { return };
    let mut ids: BTreeMap<&str, String> = BTreeMap::new();
    for (path, item) in paths {
        let Some(item) = item.as_object() else { continue };
        let at = child("/paths", path);
        for method in METHODS {
            let Some(operation) = item.get(method).and_then(Value::as_object) else { continue };
            let at = child(&at, method);
            if let Some(id) = text(operation, "operationId") {
                id_is_free(check, id, &at, &mut ids);
            }
            body(check, method, operation, &at);
            responses(check, operation, &at);
        }
    }
    tags(check);
}

fn id_is_free<'a>(check: &mut Check<'_>, id: &'a str, at: &str, ids: &mut BTreeMap<&'a str, String>) {
    let at = child(at, "operationId");
    match ids.get(id) {
        Some(first) => {
            let first = check.document.origin(first);
            let message = format!("the operationId `{id}` is taken: each operation needs one of its own");
            check
                .error("duplicate-operation-id", &at, message, "give one of the two another id")
                .relate(first, "the first one is here");
        }
        None => {
            ids.insert(id, at);
        }
    }
}

fn body(check: &mut Check<'_>, method: &str, operation: &Object, at: &str) {
    if matches!(method, "get" | "head" | "trace") && operation.contains_key("requestBody") {
        let message =
            format!("a body in a {} request has no meaning in HTTP, and many servers refuse it", method.to_uppercase());
        check.warning("body-without-meaning", &child(at, "requestBody"), message, "use parameters, or another method");
    }
}

fn responses(check: &mut Check<'_>, operation: &Object, at: &str) {
    let Some(responses) = operation.get("responses").and_then(Value::as_object) else { return };
    let at = child(at, "responses");
    for code in responses.keys().filter(|code| !code.starts_with("x-") && !is_status(code)) {
        let origin = check.document.origin(&child(&at, code)).key();
        let message = format!("`{code}` is no status code");
        let help = "write a code such as `200`, a range such as `4XX`, or `default`";
        check.report.error("bad-status", origin, message, help);
    }
    if responses.keys().all(|code| code.starts_with("x-")) {
        let message = "there are no responses, so nothing is known about what the operation returns".to_owned();
        check.error("no-responses", &at, message, "describe at least one, such as `'200': { description: … }`");
    }
}

/// `200`, `4XX` or `default`.
fn is_status(code: &str) -> bool {
    let is_code = |code: &[u8]| matches!(code, [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']);
    let is_range = |code: &[u8]| matches!(code, [b'1'..=b'5', b'X' | b'x', b'X' | b'x']);
    code == "default" || is_code(code.as_bytes()) || is_range(code.as_bytes())
}

fn tags(check: &mut Check<'_>) {
    let Some(root) = check.document.root.as_object() else { return };
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, tag) in list(root, "tags").iter().enumerate() {
        let Some(name) = tag.get("name").and_then(Value::as_str) else { continue };
        if let Some(first) = seen.insert(name, index) {
            let first = check.document.origin(&format!("/tags/{first}/name"));
            let message = format!("the tag `{name}` is described twice");
            check
                .warning("duplicate-tag", &format!("/tags/{index}/name"), message, "make one description of both")
                .relate(first, "the first one is here");
        }
    }
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
