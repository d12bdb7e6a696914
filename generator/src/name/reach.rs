//! Which groups reach which modules of the models, so that a group can be compiled without the rest.
//!
//! Modules are what is left out, so the way goes from module to module: who needs one type of a file gets all of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{
    Additional, Api, Body, BodyKind, Group, Operation, PartKind, Success, Switches, Type, TypeId, TypeKind,
};

/// Fills in the switches of an API whose groups can be switched on alone.
pub(super) fn reach(api: &Api) -> Switches {
    let modules: BTreeMap<TypeId, &str> = api.types.iter().map(|def| (def.id, def.module.as_str())).collect();
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for def in &api.types {
        let targets = held(&def.kind).into_iter().filter_map(|ty| ty.named()).filter_map(|id| modules.get(&id));
        needs.entry(&def.module).or_default().extend(targets);
    }
    let always = closure(api.errors.variants.iter().filter_map(|variant| modules.get(&variant.ty).copied()), &needs);
    let mut reached: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for group in &api.groups {
        let roots = uses(group).into_iter().filter_map(|ty| ty.named()).filter_map(|id| modules.get(&id).copied());
        for module in closure(roots, &needs).difference(&always) {
            reached.entry((*module).to_owned()).or_default().insert(group.module.clone());
        }
    }
    Switches::Groups(reached)
}

fn closure<'a>(
    roots: impl Iterator<Item = &'a str>,
    needs: &BTreeMap<&'a str, BTreeSet<&'a str>>,
) -> BTreeSet<&'a str> {
    let mut open: Vec<&str> = roots.collect();
    let mut found = BTreeSet::new();
    while let Some(module) = open.pop() {
        if found.insert(module) {
            open.extend(needs.get(module).into_iter().flatten());
        }
    }
    found
}

/// The types that the definition of a type names.
fn held(kind: &TypeKind) -> Vec<&Type> {
    match kind {
        TypeKind::Struct(object) => {
            let additional = match &object.additional {
                Additional::Typed(_, ty) => Some(ty),
                Additional::Kept => None,
            };
            object.fields.iter().map(|field| &field.ty).chain(additional).collect()
        }
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::TaggedUnion(union) => union.variants.iter().map(|(variant, _)| &variant.ty).collect(),
        TypeKind::Answers(answers) => answers.variants.iter().filter_map(|variant| variant.body.ty()).collect(),
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

/// The types that the code of a group, or its documentation, names.
fn uses(group: &Group) -> Vec<&Type> {
    group.operations.iter().flat_map(of_operation).collect()
}

fn of_operation(operation: &Operation) -> Vec<&Type> {
    let parameters = operation.arguments.iter().chain(&operation.setters).map(|parameter| &parameter.ty);
    let answers = operation.answers.iter().map(|answer| &answer.body).chain([&operation.success]);
    let read = answers.filter_map(Success::ty);
    parameters.chain(read).chain(operation.body.iter().flat_map(of_body)).collect()
}

fn of_body(body: &Body) -> Vec<&Type> {
    match &body.kind {
        BodyKind::Json(_, ty) => vec![ty],
        BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts) => parts
            .iter()
            .filter_map(|part| match &part.kind {
                PartKind::Text(ty) | PartKind::Json(ty) => Some(ty),
                PartKind::File | PartKind::Files => None,
            })
            .collect(),
        BodyKind::Form | BodyKind::Text(_) | BodyKind::Binary(_) => Vec::new(),
    }
}
