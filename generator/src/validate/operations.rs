//! Operations: their bodies and tags.

use std::collections::BTreeMap;

use serde_json::Value;

use super::context::{Check, Object, list};
use crate::{grammar::METHODS, pointer::child};

pub(super) fn check(check: &mut Check<'_>) {
    let Some(paths) = check.section("paths") else { return };
    for (path, item) in paths {
        let Some(item) = item.as_object() else { continue };
        let at = child("/paths", path);
        for method in METHODS {
            let Some(operation) = item.get(method).and_then(Value::as_object) else { continue };
            let at = child(&at, method);
            body(check, method, operation, &at);
        }
    }
    tags(check);
}

fn body(check: &mut Check<'_>, method: &str, operation: &Object, at: &str) {
    if matches!(method, "get" | "head" | "trace") && operation.contains_key("requestBody") {
        let message =
            format!("a body in a {} request has no meaning in HTTP, and many servers refuse it", method.to_uppercase());
        check.warning("body-without-meaning", &child(at, "requestBody"), message, "use parameters, or another method");
    }
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
