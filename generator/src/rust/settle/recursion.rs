//! Puts a pointer where a type would contain itself: at the edge that closes the cycle, and only there.

use std::collections::BTreeMap;

use crate::rust::plan::{Type, TypeDef, TypeId, TypeKind};

/// How far the search has come with a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Done,
}

/// Boxes every direct containment that closes a cycle. `types` are walked in their order, so the result depends on
/// names alone.
pub(super) fn break_cycles(types: &mut [TypeDef]) {
    let index: BTreeMap<TypeId, usize> = types.iter().enumerate().map(|(at, def)| (def.id, at)).collect();
    let mut marks = BTreeMap::new();
    for start in 0..types.len() {
        visit(start, types, &index, &mut marks);
    }
}

/// Depth first, with a stack of its own: a document may nest types deeper than a thread's stack.
fn visit(start: usize, types: &mut [TypeDef], index: &BTreeMap<TypeId, usize>, marks: &mut BTreeMap<usize, Mark>) {
    if marks.contains_key(&start) {
        return;
    }
    marks.insert(start, Mark::Open);
    let mut stack = vec![(start, 0)];
    while let Some((at, edge)) = stack.pop() {
        let target = types.get_mut(at).and_then(|def| nth_direct(&mut def.kind, edge));
        let Some(ty) = target else {
            marks.insert(at, Mark::Done);
            continue;
        };
        stack.push((at, edge + 1));
        let Type::Named(id) = *ty else { continue };
        let Some(&next) = index.get(&id) else { continue };
        match marks.get(&next) {
            Some(Mark::Open) => *ty = Type::Boxed(id),
            Some(Mark::Done) => {}
            None => {
                marks.insert(next, Mark::Open);
                stack.push((next, 0));
            }
        }
    }
}

/// The `edge`th use that holds its value directly, without a list or a map between.
fn nth_direct(kind: &mut TypeKind, edge: usize) -> Option<&mut Type> {
    match kind {
        TypeKind::Struct(object) => object.fields.get_mut(edge).map(|field| &mut field.ty),
        TypeKind::Union(union) => union.variants.get_mut(edge).map(|variant| &mut variant.ty),
        TypeKind::TaggedUnion(union) => union.variants.get_mut(edge).map(|(variant, _)| &mut variant.ty),
        // No type contains a response.
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::ByStatus(_) => None,
    }
}
