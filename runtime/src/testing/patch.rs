//! Changes to a JSON value: JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396).

use serde_json::{Map, Value};

/// Applies the operations of a JSON Patch, all of them or none.
///
/// # Errors
///
/// The first operation that cannot be applied, and why.
pub(super) fn apply(document: &Value, operations: &[Value]) -> Result<Value, String> {
    let mut changed = document.clone();
    for (index, operation) in operations.iter().enumerate() {
        step(&mut changed, operation).map_err(|why| format!("operation {index} of the patch: {why}"))?;
    }
    Ok(changed)
}

fn step(document: &mut Value, operation: &Value) -> Result<(), String> {
    let member = |name: &str| operation.get(name).and_then(Value::as_str);
    let path = member("path").ok_or("it has no `path`")?;
    let value = || operation.get("value").cloned().ok_or_else(|| "it has no `value`".to_owned());
    let from = || member("from").ok_or_else(|| "it has no `from`".to_owned());
    match member("op").ok_or("it has no `op`")? {
        "add" => add(document, path, value()?),
        "remove" => remove(document, path).map(drop),
        "replace" => {
            *document.pointer_mut(path).ok_or_else(|| absent(path))? = value()?;
            Ok(())
        }
        "copy" => {
            let copied = document.pointer(from()?).cloned().ok_or_else(|| absent(path))?;
            add(document, path, copied)
        }
        "move" => {
            let source = from()?;
            if path.strip_prefix(source).is_some_and(|rest| rest.starts_with('/')) {
                return Err(format!("`{source}` cannot be moved into itself"));
            }
            let moved = remove(document, source)?;
            add(document, path, moved)
        }
        "test" => {
            let expected = value()?;
            match document.pointer(path) {
                Some(found) if *found == expected => Ok(()),
                Some(found) => Err(format!("`{path}` is {found}, not {expected}")),
                None => Err(absent(path)),
            }
        }
        other => Err(format!("`{other}` is not an operation")),
    }
}

fn absent(path: &str) -> String {
    format!("there is nothing at `{path}`")
}

/// The pointer of the parent, and the last token unescaped.
fn split(path: &str) -> Result<(&str, String), String> {
    let (parent, token) = path.rsplit_once('/').ok_or_else(|| format!("`{path}` is no JSON Pointer"))?;
    Ok((parent, token.replace("~1", "/").replace("~0", "~")))
}

fn add(document: &mut Value, path: &str, value: Value) -> Result<(), String> {
    if path.is_empty() {
        *document = value;
        return Ok(());
    }
    let (parent, token) = split(path)?;
    match document.pointer_mut(parent).ok_or_else(|| absent(parent))? {
        Value::Object(members) => {
            members.insert(token, value);
            Ok(())
        }
        Value::Array(items) => {
            let index = if token == "-" { items.len() } else { token.parse().map_err(|_| absent(path))? };
            if index > items.len() {
                return Err(absent(path));
            }
            items.insert(index, value);
            Ok(())
        }
        _ => Err(format!("`{parent}` is neither an object nor a list")),
    }
}

fn remove(document: &mut Value, path: &str) -> Result<Value, String> {
    if path.is_empty() {
        return Ok(document.take());
    }
    let (parent, token) = split(path)?;
    let removed = match document.pointer_mut(parent) {
        Some(Value::Object(members)) => members.remove(&token),
        Some(Value::Array(items)) => {
            token.parse().ok().filter(|index| *index < items.len()).map(|index| items.remove(index))
        }
        _ => None,
    };
    removed.ok_or_else(|| absent(path))
}

/// Applies a merge patch: members replace members, `null` removes them.
pub(super) fn merge(document: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *document = patch.clone();
        return;
    };
    if !document.is_object() {
        *document = Value::Object(Map::new());
    }
    let Value::Object(members) = document else { return };
    for (name, change) in changes {
        if change.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.clone()).or_insert(Value::Null), change);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "all of it is part of a test")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_operation_of_a_patch() {
        let document = json!({ "a/b": 1, "list": [1, 3], "old": { "x": true } });
        let patch = json!([
            { "op": "test", "path": "/a~1b", "value": 1 },
            { "op": "replace", "path": "/a~1b", "value": 2 },
            { "op": "add", "path": "/list/1", "value": 2 },
            { "op": "add", "path": "/list/-", "value": 4 },
            { "op": "move", "from": "/old", "path": "/new" },
            { "op": "copy", "from": "/new/x", "path": "/y" },
            { "op": "remove", "path": "/list/0" },
        ]);
        let changed = apply(&document, patch.as_array().unwrap()).unwrap();
        assert_eq!(changed, json!({ "a/b": 2, "list": [2, 3, 4], "new": { "x": true }, "y": true }));
    }

    #[test]
    fn what_cannot_be_applied_is_named() {
        let refused = [
            (json!({ "op": "remove", "path": "/nothing" }), "there is nothing at `/nothing`"),
            (json!({ "op": "add", "path": "/list/9", "value": 1 }), "there is nothing at `/list/9`"),
            (json!({ "op": "test", "path": "/list", "value": 1 }), "`/list` is [], not 1"),
            (json!({ "op": "move", "from": "/list", "path": "/list/0" }), "cannot be moved into itself"),
            (json!({ "op": "replace", "path": "/list" }), "it has no `value`"),
            (json!({ "op": "paint", "path": "/list" }), "`paint` is not an operation"),
        ];
        for (operation, why) in refused {
            let error = apply(&json!({ "list": [] }), &[operation]).unwrap_err();
            assert!(error.starts_with("operation 0") && error.contains(why), "{error}");
        }
    }

    #[test]
    fn a_merge_patch_sets_and_removes() {
        let mut document = json!({ "a": { "b": 1, "c": 2 }, "d": 3 });
        merge(&mut document, &json!({ "a": { "b": null, "e": { "f": 5 } }, "d": null }));
        assert_eq!(document, json!({ "a": { "c": 2, "e": { "f": 5 } } }));
    }
}
