//! Path parameters that are called otherwise than in the path.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::METHODS, pointer::child, validate::paths::template};

/// The path says `{id}`, the parameter is called `filterId`. Seen where a path was copied, or renamed without its
/// operations; other generators emit a client that sends `{id}` to the server. If exactly one parameter of an operation
/// has no place in the path, and exactly one place no parameter, they belong together. The path is right: it is what is
/// sent.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    let components = root.get("components").cloned().unwrap_or_default();
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else { return };
    for (path, item) in paths {
        let (Some(names), Some(item)) = (template(path), item.as_object_mut()) else { continue };
        let at = child("/paths", path);
        // Shared ones first: what they name, operations need not.
        rename(&mut Listed { path, names: &names, taken: &[], components: &components }, item, &at, notes);
        let shared = path_parameters(item, &components);
        for method in METHODS {
            if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                let mut listed = Listed { path, names: &names, taken: &shared, components: &components };
                rename(&mut listed, operation, &child(&at, method), notes);
            }
        }
    }
}

/// What a list of parameters is held against.
struct Listed<'a> {
    path: &'a str,
    names: &'a [String],
    taken: &'a [String],
    components: &'a Value,
}

fn rename(listed: &mut Listed<'_>, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let declared = path_parameters(object, listed.components);
    let taken: BTreeSet<&String> = declared.iter().chain(listed.taken).collect();
    let named: BTreeSet<&String> = listed.names.iter().collect();
    let free: Vec<&String> = listed.names.iter().filter(|name| !taken.contains(name)).collect();
    let surplus: Vec<&String> = declared.iter().filter(|name| !named.contains(name)).collect();
    let ([free], [surplus]) = (free.as_slice(), surplus.as_slice()) else { return };
    let Some(parameters) = object.get_mut("parameters").and_then(Value::as_array_mut) else { return };
    for (index, parameter) in parameters.iter_mut().enumerate() {
        let Some(resolved) = resolve(parameter, listed.components) else { continue };
        if path_name(resolved) != Some(surplus.as_str()) {
            continue;
        }
        // A shared component is right for the other paths that use it, so this one gets a copy.
        let mut own = resolved.clone();
        own.insert("name".to_owned(), Value::String((*free).clone()));
        let key = if parameter.get("$ref").is_some() { "$ref" } else { "name" };
        let place = child(&child(&child(at, "parameters"), &index.to_string()), key);
        let wrong =
            format!("the path parameter `{surplus}` does not occur in the path `{}`, which has `{free}`", listed.path);
        let done = format!("taken as `{free}`; call it the same in both places");
        notes.mended("repaired-path-parameter-name", &place, wrong, done);
        *parameter = Value::Object(own);
    }
}

fn path_parameters(object: &Object, components: &Value) -> Vec<String> {
    let parameters = object.get("parameters").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let resolved = parameters.iter().filter_map(|parameter| resolve(parameter, components));
    resolved.filter_map(path_name).map(str::to_owned).collect()
}

fn path_name(parameter: &Object) -> Option<&str> {
    let in_path = parameter.get("in").and_then(Value::as_str) == Some("path");
    parameter.get("name").and_then(Value::as_str).filter(|_| in_path)
}

fn resolve<'a>(parameter: &'a Value, components: &'a Value) -> Option<&'a Object> {
    match parameter.get("$ref").and_then(Value::as_str) {
        None => parameter.as_object(),
        Some(text) => components.pointer(text.strip_prefix("#/components")?)?.as_object(),
    }
}
