//! Operations without an id.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Notes, each_operation};

/// An operation without `operationId`. OpenAPI allows it, but a client needs names. Seen in young paths. The id is made
/// of the method and the path, so it changes only with them: `GET /roles/{id}/owner` is `getRolesByIdOwner`.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    let mut taken = BTreeSet::new();
    each_operation(root, |_, _, operation, _| {
        taken.extend(operation.get("operationId").and_then(Value::as_str).map(str::to_owned));
    });
    // The number that was given out last after each id.
    let mut numbers = BTreeMap::new();
    each_operation(root, |path, method, operation, at| {
        if operation.get("operationId").and_then(Value::as_str).is_some_and(|id| !id.trim().is_empty()) {
            return;
        }
        let mut id = derive(method, path);
        if taken.contains(&id) {
            let number = numbers.entry(id.clone()).or_insert(1_usize);
            loop {
                *number += 1;
                let numbered = format!("{id}{number}");
                if !taken.contains(&numbered) {
                    id = numbered;
                    break;
                }
            }
        }
        let wrong = format!("{} {path} has no `operationId`", method.to_uppercase());
        notes.mended_key("repaired-missing-operation-id", at, wrong, format!("called `{id}`; add an `operationId`"));
        taken.insert(id.clone());
        operation.insert("operationId".to_owned(), Value::String(id));
    });
}

fn derive(method: &str, path: &str) -> String {
    let mut id = method.to_owned();
    for segment in path.split('/') {
        if segment.starts_with('{') {
            id.push_str("By");
        }
        for word in segment.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
            let (first, rest) = word.split_at(1);
            id.push_str(&first.to_ascii_uppercase());
            id.push_str(rest);
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::derive;

    #[test]
    fn ids_read_like_the_path() {
        assert_eq!(derive("get", "/roles/{id}/owner"), "getRolesByIdOwner");
        assert_eq!(derive("post", "/access-request-config"), "postAccessRequestConfig");
        assert_eq!(derive("get", "/"), "get");
    }
}
