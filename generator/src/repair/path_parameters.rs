//! Path parameters that the path and their declarations do not agree on.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Notes, Object};
use crate::{document::resolve, grammar::METHODS, paths::template, pointer::child, suggest::did_you_mean};

/// Seen where a path was copied, or renamed without its operations; other generators emit a client that sends `{id}` to the
/// server. The path is right: it is what is sent.
///
/// - The path says `{id}`, the parameter is called `filterId`: if exactly one parameter of a list has no place in the
///   path, and exactly one place no parameter, they belong together.
/// - A parameter that still has no place is left out; a place that has no parameter takes text.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    let components = super::components(root);
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else { return };
    for (path, item) in paths {
        let (Some(names), Some(item)) = (template(path), item.as_object_mut()) else { continue };
        let at = child("/paths", path);
        let mut agreement = Agreement { path, names: &names, shared: Vec::new(), components: &components };
        // Shared ones first: what they name, operations need not.
        agreement.rename(item, &at, notes);
        agreement.drop_surplus(item, &at, notes);
        agreement.shared = agreement.declared(item);
        for method in METHODS {
            if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                let at = child(&at, method);
                agreement.rename(operation, &at, notes);
                agreement.drop_surplus(operation, &at, notes);
                agreement.declare_missing(operation, &at, notes);
            }
        }
    }
}

/// What lists of parameters are held against.
struct Agreement<'a> {
    path: &'a str,
    names: &'a [String],
    /// The names that the path declares for all of its operations.
    shared: Vec<String>,
    components: &'a Value,
}

impl Agreement<'_> {
    fn rename(&self, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
        let declared = self.declared(object);
        let taken: BTreeSet<&String> = declared.iter().chain(&self.shared).collect();
        let free: Vec<&String> = self.names.iter().filter(|name| !taken.contains(name)).collect();
        let surplus: Vec<&String> = declared.iter().filter(|name| !self.names.contains(name)).collect();
        let ([free], [surplus]) = (free.as_slice(), surplus.as_slice()) else { return };
        let Some(parameters) = object.get_mut("parameters").and_then(Value::as_array_mut) else { return };
        for (index, parameter) in parameters.iter_mut().enumerate() {
            let Some(resolved) = resolve(self.components, parameter) else { continue };
            if path_name(resolved) != Some(surplus.as_str()) {
                continue;
            }
            // A shared component is right for the other paths that use it, so this one gets a copy.
            let mut own = resolved.clone();
            own.insert("name".to_owned(), Value::String((*free).clone()));
            let key = if parameter.get("$ref").is_some() { "$ref" } else { "name" };
            let place = child(&child(&child(at, "parameters"), &index.to_string()), key);
            let path = self.path;
            let wrong =
                format!("the path parameter `{surplus}` does not occur in the path `{path}`, which has `{free}`");
            let done = format!("taken as `{free}`; call it the same in both places");
            notes.mended("repaired-path-parameter-name", &place, wrong, done);
            *parameter = Value::Object(own);
        }
    }

    fn drop_surplus(&self, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
        let Some(parameters) = object.get_mut("parameters").and_then(Value::as_array_mut) else { return };
        let at = child(at, "parameters");
        let mut kept = Vec::with_capacity(parameters.len());
        let mut index = 0;
        parameters.retain(|parameter| {
            let place = index;
            index += 1;
            let name = resolve(self.components, parameter).and_then(path_name);
            let Some(name) = name.filter(|name| !self.names.iter().any(|known| known == name)) else {
                kept.push(place);
                return true;
            };
            let path = self.path;
            let advice = did_you_mean(
                name,
                self.names.iter().map(String::as_str),
                format!("write `{{{name}}}` into the path, or remove the parameter"),
            );
            let wrong = format!("the path parameter `{name}` does not occur in the path `{path}`");
            let done = format!("it is left out; {advice}");
            notes.left_out("surplus-path-parameter", &child(&at, &place.to_string()), wrong, done);
            false
        });
        notes.origins.keep(&at, &kept);
    }

    fn declare_missing(&self, operation: &mut Object, at: &str, notes: &mut Notes<'_>) {
        let declared = self.declared(operation);
        let mut seen: BTreeSet<&String> = declared.iter().chain(&self.shared).collect();
        let missing: Vec<&String> = self.names.iter().filter(|name| seen.insert(name)).collect();
        if missing.is_empty() {
            return;
        }
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        for name in missing {
            let wrong = format!("the path `{}` has the parameter `{name}`, which is not declared", self.path);
            let done = format!(
                "taken as text; declare it: `- {{ name: {name}, in: path, required: true, schema: {{ type: string }} }}`"
            );
            notes.mended_key("repaired-undeclared-path-parameter", at, wrong, done);
            if let Some(parameters) = parameters.as_array_mut() {
                // It has no place of its own, so it gets that of its operation.
                let origin = notes.origins.of(at);
                let place = child(&child(at, "parameters"), &parameters.len().to_string());
                notes.origins.insert(place, &origin.file, &origin.pointer);
                parameters
                    .push(json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
            }
        }
    }

    /// The path parameters of a list.
    fn declared(&self, object: &Object) -> Vec<String> {
        let parameters = object.get("parameters").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let resolved = parameters.iter().filter_map(|parameter| resolve(self.components, parameter));
        resolved.filter_map(path_name).map(str::to_owned).collect()
    }
}

fn path_name(parameter: &Object) -> Option<&str> {
    let in_path = parameter.get("in").and_then(Value::as_str) == Some("path");
    parameter.get("name").and_then(Value::as_str).filter(|_| in_path)
}
