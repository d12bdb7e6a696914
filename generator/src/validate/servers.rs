//! Servers: the variables in their URLs.

use serde_json::Value;

use super::context::{Check, Object, list, text};
use crate::{paths::template, pointer::child, suggest::did_you_mean};

pub(super) fn check(check: &mut Check<'_>, server: &Object, at: &str) {
    let Some(url) = text(server, "url") else { return };
    let variables = server.get("variables").and_then(Value::as_object);
    let Some(names) = template(url) else { return };
    for name in names.iter().filter(|name| !variables.is_some_and(|variables| variables.contains_key(*name))) {
        let declared = variables.into_iter().flat_map(Object::keys).map(String::as_str);
        let help = did_you_mean(name, declared, format!("add `{name}` to `variables`, with a default"));
        let message = format!("the URL `{url}` has the variable `{name}`, which is not declared");
        check.warning("undeclared-server-variable", &child(at, "url"), message, help);
    }
    for (name, variable) in variables.into_iter().flatten() {
        let Some(variable) = variable.as_object() else { continue };
        let values = list(variable, "enum");
        if let Some(default) = variable.get("default").filter(|default| !values.is_empty() && !values.contains(default))
        {
            let place = child(&child(&child(at, "variables"), name), "default");
            let message = format!("the default {default} of the variable `{name}` is not one of its values");
            check.warning("default-not-in-enum", &place, message, "correct the default, or add it to `enum`");
        }
    }
}
