//! Paths, and the path parameters that their templates name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::context::{Check, Object, list, text};
use crate::{grammar::METHODS, pointer::child, suggest::did_you_mean};

pub(super) fn check(check: &mut Check<'_>) {
    let Some(paths) = check.section("paths") else { return };
    let mut same: BTreeMap<String, &str> = BTreeMap::new();
    for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
        let at = child("/paths", path);
        let Some(names) = syntax(check, path, &at) else { continue };
        if let Some(other) = same.insert(anonymous(path), path) {
            let message = format!("this path differs from `{other}` only in the names of its parameters");
            let first = check.document.origin(&child("/paths", other)).key();
            check
                .warning("same-path", &at, message, "put the operations of both under one of them")
                .relate(first, "the first one is here");
        }
        let Some(item) = item.as_object() else { continue };
        let shared = path_parameters(check, item, &at);
        for method in METHODS {
            if let Some(operation) = item.get(method).and_then(Value::as_object) {
                let below = child(&at, method);
                agree(check, path, &names, &shared, operation, &below);
            }
        }
    }
}

/// A path parameter that is declared: its name and where.
type Declared = Vec<(String, String)>;

/// The names in the template; `None` if the path is not a template at all, which is reported.
fn syntax(check: &mut Check<'_>, path: &str, at: &str) -> Option<Vec<String>> {
    let mut wrong = |why: &str, help: &str| {
        let origin = check.document.origin(at).key();
        check.report.error("bad-path", origin, format!("`{path}` is not a path: {why}"), help);
        None
    };
    if !path.starts_with('/') {
        return wrong("it does not start with `/`", "put a `/` in front");
    }
    if path.contains(['?', '#']) {
        return wrong("`?` and `#` end the path of a URL", "make query parameters of what follows");
    }
    let Some(names) = template(path) else {
        return wrong("its braces are not balanced", "write each parameter as `{name}`");
    };
    let mut known = BTreeSet::new();
    for name in &names {
        if name.is_empty() {
            return wrong("a parameter has no name", "write each parameter as `{name}`");
        }
        if !known.insert(name) {
            return wrong(&format!("`{name}` occurs twice in it"), "give each parameter a name of its own");
        }
    }
    Some(names)
}

/// The names between the braces of a path template, `None` if the braces do not match.
pub(crate) fn template(path: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let inner = rest[open..].strip_prefix('{')?;
        let close = inner.find(['{', '}'])?;
        if !inner[close..].starts_with('}') {
            return None;
        }
        names.push(inner[..close].to_owned());
        rest = &inner[close + 1..];
    }
    Some(names)
}

/// A path without the names of its parameters.
fn anonymous(path: &str) -> String {
    let mut result = String::with_capacity(path.len());
    for part in path.split_inclusive(['{', '}']) {
        match part.strip_suffix('}') {
            Some(_) => result.push('}'),
            None => result.push_str(part),
        }
    }
    result
}

fn path_parameters(check: &Check<'_>, object: &Object, at: &str) -> Declared {
    let at = child(at, "parameters");
    let declared = list(object, "parameters").iter().enumerate().filter_map(|(index, parameter)| {
        let parameter = super::context::resolve(&check.document.root, parameter)?;
        let name = text(parameter, "name").filter(|_| text(parameter, "in") == Some("path"))?;
        Some((name.to_owned(), child(&at, &index.to_string())))
    });
    declared.collect()
}

fn agree(check: &mut Check<'_>, path: &str, names: &[String], shared: &Declared, operation: &Object, at: &str) {
    let own = path_parameters(check, operation, at);
    let declared: BTreeSet<&str> = own.iter().chain(shared).map(|(name, _)| name.as_str()).collect();
    let used: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    for name in names {
        if !declared.contains(name.as_str()) {
            let message = format!("the path `{path}` has the parameter `{name}`, which is not declared");
            let others = own.iter().map(|(other, _)| other.as_str()).filter(|other| !used.contains(other));
            let help = did_you_mean(
                name,
                others,
                format!("declare it: `- {{ name: {name}, in: path, required: true, schema: {{ type: string }} }}`"),
            );
            check.error("undeclared-path-parameter", at, message, help);
        }
    }
    for (name, place) in own.iter().chain(shared) {
        if !used.contains(name.as_str()) {
            let message = format!("the path parameter `{name}` does not occur in the path `{path}`");
            let help = did_you_mean(
                name,
                names.iter().map(String::as_str),
                format!("write `{{{name}}}` into the path, or remove the parameter"),
            );
            check.error("surplus-path-parameter", place, message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        assert_eq!(template("/a/{b}/c.{d}"), Some(vec!["b".to_owned(), "d".to_owned()]));
        assert_eq!(template("/a"), Some(vec![]));
        for wrong in ["/a/{b", "/a/b}", "/a/{b{c}}", "}{"] {
            assert_eq!(template(wrong), None, "{wrong}");
        }
        assert_eq!(anonymous("/a/{b}/c/{d}"), anonymous("/a/{x}/c/{y}"));
        assert_ne!(anonymous("/a/{b}"), anonymous("/a/b"));
    }
}
