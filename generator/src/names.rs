//! The locks of names as files: where they stand, reading one, and the groups that it keeps together.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Origin, Report};
use crate::load;
use crate::model;
use crate::rust::name::{Lock, OperationLock, operation_keys};
use crate::source::{ReadError, Reader};

/// The file of a module's names, beside the configuration at `path`.
pub(crate) fn path(path: &str, module: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/names/{module}.yaml"),
        None => format!("names/{module}.yaml"),
    }
}

/// Reads a lock; where there is no file, nothing is locked. `None` where there is one that is wrong.
pub(crate) fn read(reader: &dyn Reader, path: &str, report: &mut Report) -> Option<Lock> {
    if reader.read(path).is_err_and(|error| error == ReadError::NotFound) {
        return Some(Lock::default());
    }
    let tree = load::load(reader, path, report)?.tree;
    match serde_path_to_error::deserialize::<_, Lock>(&tree) {
        Ok(lock) => {
            if let Some((name, where_both)) = lock.conflict() {
                report.error(
                    "names",
                    Origin::new(path, ""),
                    format!("`{name}` is the name of {where_both}"),
                    "give one of them another name, or take it from the list of former names",
                );
            }
            Some(lock)
        }
        Err(error) => {
            report.error(
                "names",
                Origin::new(path, ""),
                format!("at {}: {}", error.path(), error.inner()),
                "restore the file from the history, or write it anew with `--forget-names`",
            );
            None
        }
    }
}

/// Puts each operation back under the tag that it was first listed under: a tag is not on the wire. Where a whole tag has
/// another name now, its group takes that.
pub(crate) fn regroup(api: &mut model::Api, lock: &mut Lock) {
    let operations: Vec<_> = api.groups.iter().flat_map(|group| &group.operations).collect();
    let keys = operation_keys(&operations, lock);
    rename_groups(api, &keys, lock);
    let mut moved = Vec::new();
    for group in &mut api.groups {
        let stays = |operation: &model::Operation| match locked(operation, &keys, lock) {
            Some(entry) => entry.group == group.tag,
            None => true,
        };
        let (stay, go): (Vec<_>, Vec<_>) = std::mem::take(&mut group.operations).into_iter().partition(stays);
        group.operations = stay;
        moved.extend(go);
    }
    for operation in moved {
        let Some(tag) = locked(&operation, &keys, lock).map(|entry| entry.group.clone()) else { continue };
        let place = match api.groups.iter().position(|group| group.tag == tag) {
            Some(place) => place,
            None => {
                api.groups.push(model::Group { tag, docs: model::Docs::default(), operations: Vec::new() });
                api.groups.len() - 1
            }
        };
        if let Some(group) = api.groups.get_mut(place) {
            group.operations.push(operation);
            group.operations.sort_by(|a, b| a.id.cmp(&b.id));
        }
    }
    api.groups.retain(|group| !group.operations.is_empty());
    api.groups.sort_by(|a, b| a.tag.cmp(&b.tag));
}

/// A tag that is gone, all of whose operations have one new tag, was renamed.
fn rename_groups(api: &model::Api, keys: &BTreeMap<String, String>, lock: &mut Lock) {
    let present: BTreeSet<&str> = api.groups.iter().map(|group| group.tag.as_str()).collect();
    let gone: Vec<String> = lock.groups.keys().filter(|tag| !present.contains(tag.as_str())).cloned().collect();
    for old in gone {
        let mut tags: BTreeSet<&str> = BTreeSet::new();
        for group in &api.groups {
            let from =
                |operation: &model::Operation| locked(operation, keys, lock).is_some_and(|entry| entry.group == old);
            if group.operations.iter().any(from) {
                tags.insert(&group.tag);
            }
        }
        let mut tags = tags.into_iter();
        if let (Some(new), None) = (tags.next(), tags.next())
            && !lock.groups.contains_key(new)
            && let Some(entry) = lock.groups.remove(&old)
        {
            lock.groups.insert(new.to_owned(), entry);
            for operation in lock.operations.values_mut().filter(|operation| operation.group == old) {
                new.clone_into(&mut operation.group);
            }
        }
    }
}

/// What the lock knows of an operation.
fn locked<'a>(
    operation: &model::Operation,
    keys: &BTreeMap<String, String>,
    lock: &'a Lock,
) -> Option<&'a OperationLock> {
    lock.operations.get(keys.get(&operation.id)?)
}
