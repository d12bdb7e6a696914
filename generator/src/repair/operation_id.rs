//! Operations without an id of their own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Notes, each_operation};
use crate::pointer::child;

/// An operation without `operationId`, or with one that another has already. OpenAPI allows the first, but a client needs
/// names. Seen in young paths, and where a path was copied. The id is made of the method and the path, so it changes only
/// with them: `GET /roles/{id}/owner` is `getRolesByIdOwner`. Of several operations with one id, the first keeps it.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let mut nameless = BTreeSet::new();
    each_operation(root, |_, _, operation, at| {
        match operation.get("operationId").and_then(Value::as_str).filter(|id| !id.trim().is_empty()) {
            Some(id) if !taken.contains_key(id) => drop(taken.insert(id.to_owned(), at.to_owned())),
            _ => drop(nameless.insert(at.to_owned())),
        }
    });
    if nameless.is_empty() {
        return;
    }
    // The number that was given out last after each id.
    let mut numbers = BTreeMap::new();
    each_operation(root, |path, method, operation, at| {
        if !nameless.contains(at) {
            return;
        }
        let id = free(derive(method, path), &taken, &mut numbers);
        let call = format!("{} {path}", method.to_uppercase());
        match operation.get("operationId").and_then(Value::as_str).and_then(|id| Some((id, taken.get(id)?))) {
            Some((first_id, first)) => {
                let first = notes.origins.of(&child(first, "operationId"));
                let wrong = format!("the operationId `{first_id}` is taken: each operation needs one of its own");
                let done = format!("{call} is called `{id}`; give it another id");
                notes
                    .mended("repaired-duplicate-operation-id", &child(at, "operationId"), wrong, done)
                    .relate(first, "the first one is here, and keeps it");
            }
            None => {
                let done = format!("called `{id}`; add an `operationId`");
                notes.mended_key("repaired-missing-operation-id", at, format!("{call} has no `operationId`"), done);
            }
        }
        taken.insert(id.clone(), at.to_owned());
        operation.insert("operationId".to_owned(), Value::String(id));
    });
}

/// The id, or the first number after it that is not taken.
fn free(id: String, taken: &BTreeMap<String, String>, numbers: &mut BTreeMap<String, usize>) -> String {
    if !taken.contains_key(&id) {
        return id;
    }
    let number = numbers.entry(id.clone()).or_insert(1);
    loop {
        *number += 1;
        let numbered = format!("{id}{number}");
        if !taken.contains_key(&numbered) {
            return numbered;
        }
    }
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
