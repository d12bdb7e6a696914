//! Parameters, and what of them has no effect.

use super::context::{Check, Object, is_set, text};
use crate::pointer::child;

pub(super) fn check(check: &mut Check<'_>, parameter: &Object, at: &str) {
    let Some(location) = text(parameter, "in") else { return };
    let name = text(parameter, "name").unwrap_or_default();
    if location == "header" && ["accept", "authorization", "content-type"].contains(&name.to_lowercase().as_str()) {
        let message = format!("OpenAPI ignores a header parameter `{name}`: media types and security say what it is");
        check.warning("ignored-header", at, message, "remove it");
    }
    for key in ["allowReserved", "allowEmptyValue"] {
        if location != "query" && is_set(parameter, key) {
            let message = format!("`{key}` has no effect on a parameter in {location}");
            check.warning("without-effect", &child(at, key), message, "remove it");
        }
    }
}
