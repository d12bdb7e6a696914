//! Which objects are operations of a JSON Patch (RFC 6902): the items of a body of its media type that have its members.

use std::collections::BTreeSet;

use crate::rust::plan::{
    Body, BodyKind, Content, Entry, Group, Patch, PatchOp, Struct, Type, TypeDef, TypeId, TypeKind,
};

const MEDIA_TYPE: &str = "application/json-patch+json";

/// Plans the constructors of the objects that are sent as operations of a patch.
pub(super) fn plan(groups: &[Group], types: &mut [TypeDef]) {
    let bodies = groups.iter().flat_map(|group| &group.operations).filter_map(|operation| operation.body.as_ref());
    let items: BTreeSet<TypeId> = bodies.filter_map(item).collect();
    if items.is_empty() {
        return;
    }
    let plans: Vec<Option<Patch>> = types
        .iter()
        .map(|def| match &def.kind {
            TypeKind::Struct(object) if items.contains(&def.id) => patch(object, types),
            _ => None,
        })
        .collect();
    for (def, plan) in types.iter_mut().zip(plans) {
        if let TypeKind::Struct(object) = &mut def.kind {
            object.patch = plan.map(Box::new);
        }
    }
}

/// What the list of a patch holds.
fn item(body: &Body) -> Option<TypeId> {
    match &body.kind {
        BodyKind::Whole { content: Content::Json(media_type, Type::List(item)), .. } => {
            let essence = media_type.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case(MEDIA_TYPE).then(|| item.named()).flatten()
        }
        _ => None,
    }
}

/// The constructors of an object, if its members are those of RFC 6902. What an API requires beside them only its user
/// knows.
fn patch(object: &Struct, types: &[TypeDef]) -> Option<Patch> {
    let member = |name: &str| object.fields.iter().find(|field| field.name.wire == name);
    let (op, path, from, value) = (member("op")?, member("path")?, member("from"), member("value"));
    let is_text = |ty: &Type| *ty == Type::String;
    let given = |name: &str| name == "op" || name == "path";
    let fits = is_text(&path.ty)
        && from.is_none_or(|from| is_text(&from.ty))
        && [Some(op), Some(path), from, value].into_iter().flatten().all(|field| field.entry != Entry::Server)
        && object.fields.iter().all(|field| field.entry != Entry::Argument || given(&field.name.wire));
    let known: Vec<&str> = match &op.ty {
        Type::String => PatchOp::ALL.iter().map(|op| op.as_str()).collect(),
        Type::Named(id) => match types.iter().find(|def| def.id == *id).map(|def| &def.kind) {
            Some(TypeKind::StringEnum(set)) => set.variants.iter().map(|variant| variant.wire.as_str()).collect(),
            _ => return None,
        },
        _ => return None,
    };
    // A setter has its name first.
    let is_taken = |name: &str| object.fields.iter().any(|f| f.entry == Entry::Setter && f.name.ident == name);
    let ops = PatchOp::ALL.into_iter().filter(|op| known.contains(&op.as_str()) && !is_taken(op.as_str()));
    let patch =
        Patch { ops: ops.collect(), op: op.clone(), path: path.clone(), from: from.cloned(), value: value.cloned() };
    fits.then_some(patch)
}
