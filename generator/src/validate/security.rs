//! Requirements that name a security scheme.

use serde_json::Value;

use super::context::{Check, Object, list};
use crate::{grammar::METHODS, pointer::child, suggest::did_you_mean};

/// Requirements of the whole document and of each operation.
pub(super) fn check(check: &mut Check<'_>) {
    let Some(root) = check.document.root.as_object() else { return };
    requirements(check, root, "");
    let Some(paths) = check.section("paths") else { return };
    for (path, item) in paths {
        for method in METHODS {
            if let Some(operation) = item.get(method).and_then(Value::as_object) {
                requirements(check, operation, &child(&child("/paths", path), method));
            }
        }
    }
}

fn requirements(check: &mut Check<'_>, object: &Object, at: &str) {
    let schemes = check.section("components").and_then(|components| components.get("securitySchemes")?.as_object());
    let at = child(at, "security");
    for (index, requirement) in list(object, "security").iter().enumerate() {
        for name in requirement.as_object().into_iter().flat_map(Object::keys) {
            if schemes.is_some_and(|schemes| schemes.contains_key(name)) {
                continue;
            }
            let names = schemes.into_iter().flat_map(Object::keys).map(String::as_str);
            let help = did_you_mean(name, names, format!("describe `{name}` in `components/securitySchemes`"));
            let origin = check.document.origin(&child(&child(&at, &index.to_string()), name)).key();
            // The client authenticates all the same, so this is not an error.
            check.report.warning(
                "unknown-security-scheme",
                origin,
                format!("there is no security scheme `{name}`"),
                help,
            );
        }
    }
}
