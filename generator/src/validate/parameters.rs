//! Parameters and headers. Which path parameters a path needs is checked with the paths.

use std::collections::BTreeMap;

use serde_json::Value;

use super::context::{Check, Object, is_set, list, resolve, text};
use crate::{grammar::METHODS, pointer::child, suggest::one_of};

pub(super) fn check(check: &mut Check<'_>, parameter: &Object, at: &str) {
    let Some(location) = text(parameter, "in") else { return };
    let name = text(parameter, "name").unwrap_or_default();
    content_or_schema(check, parameter, at, &format!("the parameter `{name}`"));
    style(check, parameter, location, at);
    if location == "path" && !is_set(parameter, "required") {
        let message =
            format!("the path parameter `{name}` is not marked as required, but a path without it is another path");
        check.error("optional-path-parameter", at, message, "add `required: true`");
    }
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

pub(super) fn check_header(check: &mut Check<'_>, header: &Object, at: &str) {
    content_or_schema(check, header, at, "the header");
}

fn content_or_schema(check: &mut Check<'_>, object: &Object, at: &str, what: &str) {
    match (object.contains_key("schema"), object.get("content").and_then(Value::as_object)) {
        (false, None) => {
            let message = format!("{what} has neither `schema` nor `content`, so nothing is known about its value");
            check.error("missing-key", at, message, "add a `schema`");
        }
        (true, Some(_)) => {
            let message =
                format!("{what} has both `schema` and `content`, but only one of them can describe the value");
            check.error("ambiguous-parameter", at, message, "remove one of them");
        }
        (false, Some(content)) if content.len() != 1 => {
            let message = format!("{what} has {} media types, but its value can have only one form", content.len());
            check.error("ambiguous-parameter", &child(at, "content"), message, "keep one media type");
        }
        _ => {}
    }
}

fn style(check: &mut Check<'_>, parameter: &Object, location: &str, at: &str) {
    let allowed: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    if let Some(style) = text(parameter, "style").filter(|style| !allowed.contains(style)) {
        let message = format!("a parameter in {location} cannot have the style `{style}`, only {}", one_of(allowed));
        check.error("bad-style", &child(at, "style"), message, "remove `style`: the default is almost always right");
    }
}

/// Parameters that are declared twice in the same list.
pub(super) fn duplicates(check: &mut Check<'_>) {
    let Some(paths) = check.section("paths") else { return };
    for (path, item) in paths {
        let Some(item) = item.as_object() else { continue };
        let at = child("/paths", path);
        in_list(check, item, &at);
        for method in METHODS {
            if let Some(operation) = item.get(method).and_then(Value::as_object) {
                in_list(check, operation, &child(&at, method));
            }
        }
    }
}

fn in_list(check: &mut Check<'_>, object: &Object, at: &str) {
    let at = child(at, "parameters");
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (index, parameter) in list(object, "parameters").iter().enumerate() {
        let Some(parameter) = resolve(&check.document.root, parameter) else { continue };
        let (Some(location), Some(name)) = (text(parameter, "in"), text(parameter, "name")) else { continue };
        // Header names are the same in upper and lower case.
        let key = if location == "header" { name.to_lowercase() } else { name.to_owned() };
        if let Some(first) = seen.insert((location.to_owned(), key), index) {
            let first = check.document.origin(&child(&at, &first.to_string()));
            let message = format!("the parameter `{name}` in {location} is declared twice");
            check
                .error("duplicate-parameter", &child(&at, &index.to_string()), message, "remove one of them")
                .relate(first, "the first one is here");
        }
    }
}
