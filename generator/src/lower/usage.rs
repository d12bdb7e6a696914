//! Which way the values of each type travel, and what that means for the presence of its properties.
//!
//! What only the server sends may lack anything, whatever the document promises; what the client sends must tell an
//! absent property from `null`.

use std::collections::BTreeMap;

use super::context::{Declared, Draft, DraftField, DraftKind};
use crate::ir::{Access, Additional, Entry, Field, Name, Presence, Struct, Success, Type, TypeId, TypeKind, Usage};
use crate::ir::{BodyKind, Group, Operation, PartKind};

/// For every type that `groups` reach, which way its values travel.
pub(super) fn usages(groups: &[Group], errors: &[TypeId], drafts: &[Draft]) -> BTreeMap<TypeId, Usage> {
    let mut usages = BTreeMap::new();
    for operation in groups.iter().flat_map(|group| &group.operations) {
        for ty in written(operation) {
            mark(ty, Usage::Written, drafts, &mut usages);
        }
        for ty in read(operation) {
            mark(ty, Usage::Read, drafts, &mut usages);
        }
    }
    for id in errors {
        mark(*id, Usage::Read, drafts, &mut usages);
    }
    usages
}

fn written(operation: &Operation) -> Vec<TypeId> {
    let parameters = operation.arguments.iter().chain(&operation.setters).map(|parameter| &parameter.ty);
    let body: Vec<&Type> = match operation.body.as_ref().map(|body| &body.kind) {
        Some(BodyKind::Json(_, ty)) => vec![ty],
        Some(BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts)) => parts
            .iter()
            .filter_map(|part| match &part.kind {
                PartKind::Text(ty) | PartKind::Json(ty) => Some(ty),
                PartKind::File | PartKind::Files => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    parameters.chain(body).filter_map(Type::named).collect()
}

fn read(operation: &Operation) -> Vec<TypeId> {
    operation
        .answers
        .iter()
        .map(|answer| &answer.body)
        .chain([&operation.success])
        .filter_map(Success::ty)
        .filter_map(Type::named)
        .collect()
}

/// Marks `id` and everything that its values contain.
fn mark(id: TypeId, usage: Usage, drafts: &[Draft], usages: &mut BTreeMap<TypeId, Usage>) {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        let merged = match usages.get(&id) {
            Some(known) if *known == usage || *known == Usage::Both => continue,
            Some(_) => Usage::Both,
            None => usage,
        };
        usages.insert(id, merged);
        if let Some(draft) = drafts.get(id.0) {
            open.extend(contained(&draft.kind));
        }
    }
}

/// The types that values of `kind` contain.
pub(super) fn contained(kind: &DraftKind) -> Vec<TypeId> {
    match kind {
        DraftKind::Open => Vec::new(),
        DraftKind::Struct(object) => object
            .fields
            .iter()
            .map(|field| &field.value.ty)
            .chain(&object.additional)
            .filter_map(Type::named)
            .collect(),
        DraftKind::Done(TypeKind::Union(union)) => union.variants.iter().filter_map(|v| v.ty.named()).collect(),
        DraftKind::Done(TypeKind::TaggedUnion(union)) => {
            union.variants.iter().filter_map(|(v, _)| v.ty.named()).collect()
        }
        DraftKind::Done(TypeKind::Answers(answers)) => {
            answers.variants.iter().filter_map(|v| v.body.ty()).filter_map(Type::named).collect()
        }
        DraftKind::Done(TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::Struct(_)) => Vec::new(),
    }
}

/// The draft as a type whose values travel as `usage` says.
pub(super) fn settle(kind: DraftKind, usage: Usage) -> Option<TypeKind> {
    match kind {
        DraftKind::Open => None,
        DraftKind::Done(kind) => Some(kind),
        DraftKind::Struct(object) => Some(TypeKind::Struct(Struct {
            fields: object.fields.into_iter().map(|field| settle_field(field, usage)).collect(),
            additional: match object.additional {
                Some(ty) => Additional::Typed(Name::wire("additional properties"), ty),
                None => Additional::Kept,
            },
            extra_ident: String::new(),
        })),
    }
}

fn settle_field(field: DraftField, usage: Usage) -> Field {
    // JSON has its own `null`, so a value of any kind needs no second one.
    let nullable = field.value.nullable && field.value.ty != Type::Json;
    let required = field.declared == Declared::Required && field.access != Access::ReadOnly;
    let presence = match (usage, required, nullable) {
        (Usage::Read, _, _) => Presence::Optional,
        (Usage::Written, true, true) => Presence::RequiredNullable,
        (Usage::Written, true, false) => Presence::Required,
        // What the server sends too may lack it, even though the client must state it.
        (Usage::Both, true, false) | (_, false, false) => Presence::Optional,
        (_, _, true) => Presence::OptionalNullable,
    };
    Field {
        entry: match (usage, field.access) {
            (Usage::Read, _) | (_, Access::ReadOnly) => Entry::Server,
            _ if required => Entry::Argument,
            _ => Entry::Setter,
        },
        name: field.name,
        ty: field.value.ty,
        presence,
        access: field.access,
        docs: field.docs,
    }
}
