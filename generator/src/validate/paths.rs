//! Paths that another path could be meant by.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Check;
use crate::{
    paths::{anonymous, template},
    pointer::child,
};

pub(super) fn check(check: &mut Check<'_>) {
    let Some(paths) = check.section("paths") else { return };
    let mut same: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths.keys().filter(|path| !path.starts_with("x-")) {
        let at = child("/paths", path);
        twice(check, path, &at);
        if let Some(other) = same.insert(anonymous(path), path) {
            let message = format!("this path differs from `{other}` only in the names of its parameters");
            let first = check.document.origin(&child("/paths", other)).key();
            check
                .warning("same-path", &at, message, "put the operations of both under one of them")
                .relate(first, "the first one is here");
        }
    }
}

fn twice(check: &mut Check<'_>, path: &str, at: &str) {
    let mut known = BTreeSet::new();
    for name in template(path).into_iter().flatten() {
        if known.contains(&name) {
            let message = format!("the parameter `{name}` occurs twice in the path `{path}`");
            let help = "both places get the same value; if they differ, give each a name of its own";
            check.warning("same-path-parameter", at, message, help);
        }
        known.insert(name);
    }
}
