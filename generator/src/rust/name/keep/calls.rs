//! Groups, methods and builders, and what a method takes.

use std::collections::BTreeMap;

use super::without_names;
use crate::model;
use crate::rust::name::calls::{API_METHODS, BUILDER_METHODS, MODULES, TYPES};
use crate::rust::name::ident::{type_name, value_name};
use crate::rust::name::lock::{GroupLock, Lock, OperationLock};
use crate::rust::name::scope::Scope;
use crate::rust::plan::{
    Body, BodyKind, Content, Former, Group, Name, Need, Operation, Parameter, PartKind, Place, Type,
};

/// Names the groups, and what is in them, as the lock has it.
pub(crate) fn keep_calls(groups: &mut [Group], lock: &mut Lock) {
    let known = |of: fn(&GroupLock) -> &str, lock: &Lock| lock.groups.values().map(of).map(str::to_owned).collect();
    let mut modules = Scope::reserving(MODULES).and(known(|group| &group.module, lock));
    let mut types = Scope::reserving(TYPES).and(known(|group| &group.ident, lock));
    for group in groups {
        let entry = lock.groups.entry(group.tag.clone()).or_insert_with(|| GroupLock {
            module: modules.claim(group.module.clone(), "_api"),
            ident: types.claim(group.ident.clone(), "Group"),
        });
        (group.module, group.ident) = (entry.module.clone(), entry.ident.clone());
        keep_operations(group, lock);
    }
}

fn keep_operations(group: &mut Group, lock: &mut Lock) {
    let mut methods = Scope::reserving(API_METHODS);
    let mut builders = Scope::holding(&group.ident);
    for entry in lock.operations.values().filter(|entry| entry.group == group.tag) {
        methods.take(&entry.method);
        builders.take(&entry.builder);
        for (method, builder) in entry.former() {
            methods.take(method);
            builders.take(builder);
        }
    }
    for operation in &mut group.operations {
        let key = operation.key.clone();
        let (wanted, id) = ((value_name(&operation.name.wire), type_name(&operation.name.wire)), &operation.name.wire);
        let entry = match lock.operations.remove(&key) {
            Some(entry) if entry.id == *id => entry,
            Some(mut entry) => {
                rename_operation(&mut entry, wanted, id, &mut methods, &mut builders);
                entry
            }
            None => OperationLock {
                group: group.tag.clone(),
                id: id.clone(),
                method: methods.claim(wanted.0, "_"),
                builder: builders.claim(wanted.1, "Request"),
                ..OperationLock::default()
            },
        };
        let entry = keep_inputs(operation, entry);
        operation.name.ident.clone_from(&entry.method);
        operation.builder.clone_from(&entry.builder);
        operation.former = entry
            .former()
            .map(|(method, builder)| Former { method: method.to_owned(), builder: builder.to_owned() })
            .collect();
        lock.operations.insert(key, entry);
    }
}

/// What each operation is in the lock, by its id: what it is on the wire, where names of parameters in the path are not. Where
/// several are the same on the wire, the one that the lock knows, or else the first, has that key, and the others add their id.
pub(crate) fn operation_keys(operations: &[&model::Operation], lock: &Lock) -> BTreeMap<String, String> {
    let mut same: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for operation in operations {
        same.entry(format!("{} {}", operation.method.as_str(), without_names(&operation.path)))
            .or_default()
            .push(&operation.id);
    }
    let mut keys = BTreeMap::new();
    for (key, ids) in same {
        let with_id = |id: &str| format!("{key} ({id})");
        let known = ids.iter().find(|id| lock.operations.get(&key).is_some_and(|entry| entry.id == **id));
        let owner = known.or_else(|| ids.iter().find(|id| !lock.operations.contains_key(&with_id(id)))).copied();
        for id in ids {
            keys.insert(id.to_owned(), if Some(id) == owner { key.clone() } else { with_id(id) });
        }
    }
    keys
}

/// The document has another `operationId`: the method takes its name, and keeps the old one as an alias.
fn rename_operation(
    entry: &mut OperationLock,
    wanted: (String, String),
    id: &str,
    methods: &mut Scope,
    builders: &mut Scope,
) {
    id.clone_into(&mut entry.id);
    if wanted.0 == entry.method {
        return;
    }
    let old = format!("{} {}", entry.method, entry.builder);
    let back = entry.was.iter().position(|names| names.split(' ').next() == Some(wanted.0.as_str()));
    let (method, builder) = match back.map(|at| entry.was.remove(at)) {
        Some(names) => names.split_once(' ').map_or(wanted, |(a, b)| (a.to_owned(), b.to_owned())),
        None => (methods.claim(wanted.0, "_"), builders.claim(wanted.1, "Request")),
    };
    entry.was.push(old);
    entry.was.sort();
    (entry.method, entry.builder) = (method, builder);
}

/// What an argument or a setter is on the wire.
fn input_key(parameter: &Parameter) -> String {
    let place = match parameter.place {
        Place::Path => "path",
        Place::Query(_) => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    format!("{place} {}", parameter.name.wire)
}

/// The types that an operation takes and gives, each with what of it has the type.
pub(super) fn operation_uses(operation: &Operation) -> Vec<(String, &Type)> {
    let inputs = operation.arguments.iter().chain(&operation.setters);
    let mut uses: Vec<(String, &Type)> = inputs.map(|parameter| (input_key(parameter), &parameter.ty)).collect();
    match operation.body.as_ref().map(|body| &body.kind) {
        Some(BodyKind::Whole { content: Content::Json(_, ty), .. }) => uses.push((BODY.to_owned(), ty)),
        Some(BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts)) => {
            uses.extend(parts.iter().filter_map(|part| match &part.kind {
                PartKind::Text(ty) | PartKind::Json(ty) => Some((part_key(&part.name), ty)),
                PartKind::File | PartKind::Files => None,
            }));
        }
        Some(BodyKind::Whole { .. }) | None => {}
    }
    let read = operation.responses.iter();
    uses.extend(read.filter_map(|response| Some((response.status.to_string(), response.body.ty()?))));
    uses
}

/// The whole body, in the lists of the lock.
const BODY: &str = "body";

fn keep_inputs(operation: &mut Operation, mut entry: OperationLock) -> OperationLock {
    // What was once an argument stays one, whether or not it may be left out today.
    let was_argument = |key: &str| entry.arguments.iter().any(|known| known == key);
    let (stay, setters): (Vec<_>, Vec<_>) =
        std::mem::take(&mut operation.setters).into_iter().partition(|parameter| was_argument(&input_key(parameter)));
    operation.setters = setters;
    operation.arguments.extend(stay);
    let order = |parameter: &Parameter| {
        let place = entry.arguments.iter().position(|known| *known == input_key(parameter));
        (parameter.place != Place::Path, place.unwrap_or(usize::MAX))
    };
    let (mut paths, mut rest): (Vec<_>, Vec<_>) =
        std::mem::take(&mut operation.arguments).into_iter().partition(|parameter| parameter.place == Place::Path);
    rest.sort_by_key(order);
    paths.append(&mut rest);
    operation.arguments = paths;
    if let Some(body) = &mut operation.body {
        keep_body(body, &entry);
    }
    let mut scope = Scope::reserving(BUILDER_METHODS).and(entry.setters.values().cloned().collect());
    let mut name_of =
        |key: String, wanted: String| entry.setters.entry(key).or_insert_with(|| scope.claim(wanted, "_")).clone();
    for parameter in &mut operation.setters {
        parameter.name.ident = name_of(input_key(parameter), value_name(&parameter.name.wire));
    }
    for (need, key, ident) in operation.body.iter_mut().flat_map(body_inputs) {
        if need == Need::Optional {
            let wanted = ident.trim_end_matches('_').to_owned();
            *ident = name_of(key, wanted);
        }
    }
    let taken = operation.arguments.iter().filter(|parameter| parameter.place != Place::Path).map(input_key);
    let parts = operation.body.iter_mut().flat_map(body_inputs);
    let parts = parts.filter(|(need, ..)| *need == Need::Required).map(|(_, key, _)| key);
    for key in taken.chain(parts).collect::<Vec<_>>() {
        if !entry.arguments.contains(&key) {
            entry.arguments.push(key);
        }
    }
    entry
}

/// A body, or a part of a form, that was an argument stays one.
fn keep_body(body: &mut Body, entry: &OperationLock) {
    let was_argument = |key: &str| entry.arguments.iter().any(|known| known == key);
    match &mut body.kind {
        BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts) => {
            for part in parts.iter_mut().filter(|part| was_argument(&part_key(&part.name))) {
                part.need = Need::Required;
            }
        }
        BodyKind::Whole { .. } if was_argument(BODY) => body.need = Need::Required,
        BodyKind::Whole { .. } => {}
    }
}

fn part_key(name: &Name) -> String {
    format!("form {}", name.wire)
}

/// What a body takes: whether it must be given, its key, and the identifier.
fn body_inputs(body: &mut Body) -> Vec<(Need, String, &mut String)> {
    let need = body.need;
    match &mut body.kind {
        BodyKind::Whole { ident, .. } => vec![(need, BODY.to_owned(), ident)],
        BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts) => {
            parts.iter_mut().map(|part| (part.need, part_key(&part.name), &mut part.name.ident)).collect()
        }
    }
}
