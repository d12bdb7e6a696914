//! Types: which entry of the lock is whose, and the name that it gives.

use std::collections::{BTreeMap, BTreeSet};

use super::calls::operation_uses;
use super::members::keep_members;
use super::place;
use crate::rust::name::follow::{Seen, moves, own_name};
use crate::rust::name::ident::{type_name, type_name_of};
use crate::rust::name::lock::{Lock, TypeLock};
use crate::rust::name::replaced::Uses;
use crate::rust::name::scope::Scope;
use crate::rust::name::types::suffix;
use crate::rust::plan::{Group, Type, TypeDef, TypeId, TypeKind};

/// Names the types, and what is in them, as the lock has it.
pub(crate) fn keep_types(types: &mut [TypeDef], groups: &[Group], lock: &mut Lock) {
    let seen: Vec<Seen<'_>> = types.iter().map(seen).collect();
    let moves = moves(&seen, lock);
    let places: Vec<String> = seen.into_iter().map(|found| found.place).collect();
    let before = |place: &String| moves.get(place).unwrap_or(place).clone();
    let mut uses = uses(types, places.iter().map(before), groups);
    let names = lock.types.values().flat_map(TypeLock::names);
    let mut scope = Scope::default().and(names.cloned().collect());
    // What a type inside another is called depends on the other's name, which comes first.
    let mut roots: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut entries = Vec::with_capacity(types.len());
    for (def, place) in types.iter_mut().zip(places) {
        let root = format!("{:?} {}", def.path.rank, def.path.root);
        let above = roots.get(&root).filter(|_| !def.path.segments.is_empty());
        let wanted = match above {
            Some((_, name)) => type_name_of(std::iter::once(name).chain(&def.path.segments).map(String::as_str)),
            None => type_name_of(std::iter::once(&def.path.root).chain(&def.path.segments).map(String::as_str)),
        };
        let found = match moves.get(&place) {
            Some(from) => lock.types.remove(from).map(|entry| (entry, own_name(from) != own_name(&place))),
            None => lock.types.remove(&place).map(|entry| (entry, false)),
        };
        let is_known = found.is_some();
        let entry = match found {
            Some((entry, false)) => entry,
            Some((entry, true)) => rename_type(entry, wanted, suffix(def.path.rank), &mut scope),
            None => TypeLock {
                name: scope.claim(wanted, suffix(def.path.rank)),
                module: above.map_or_else(|| def.module.clone(), |(module, _)| module.clone()),
                ..TypeLock::default()
            },
        };
        let is_root = def.path.segments.is_empty();
        // A longer name that the document would take to tell two apart is of no use to who has kept the short one.
        let root_name = if is_root { Some(&entry.name) } else { roots.get(&root).map(|(_, name)| name) };
        if let Some(name) = root_name.filter(|name| is_known && type_name(&def.path.root) != **name) {
            def.path.root.clone_from(name);
        }
        if is_root {
            roots.insert(root, (entry.module.clone(), entry.name.clone()));
        }
        def.ident.clone_from(&entry.name);
        def.module.clone_from(&entry.module);
        entries.push((place, entry));
    }
    replace(types, &mut entries, &mut uses, lock);
    let mut known_as: BTreeMap<TypeId, Vec<String>> = BTreeMap::new();
    for (def, (_, entry)) in types.iter_mut().zip(&entries) {
        def.former = entry.former().cloned().collect();
        def.first_name.clone_from(entry.was.first().unwrap_or(&entry.name));
        known_as.insert(def.id, std::iter::once(&def.first_name).chain(&entry.also).cloned().collect());
    }
    let known =
        types.iter().zip(&entries).filter_map(|(def, (_, entry))| Some((def.id, entry.used.clone()?))).collect();
    let mut uses = self::uses(types, entries.iter().map(|(place, _)| place.clone()), groups).one_each(&known);
    for (def, (place, mut entry)) in types.iter_mut().zip(entries) {
        entry.used = uses.remove(&def.id);
        keep_members(def, &mut entry, &known_as);
        lock.types.insert(place, entry);
    }
}

/// The schema has another name in the document: the type takes it, and keeps the old one as an alias.
fn rename_type(mut entry: TypeLock, wanted: String, suffix: &str, scope: &mut Scope) -> TypeLock {
    if wanted == entry.name {
        return entry;
    }
    let aliases = [&mut entry.was, &mut entry.also];
    let back = aliases.into_iter().find_map(|names| Some(names.remove(names.iter().position(|name| *name == wanted)?)));
    let name = back.unwrap_or_else(|| scope.claim(wanted, suffix));
    entry.was.push(std::mem::replace(&mut entry.name, name));
    entry
}

/// The names of types that gave way to others become aliases of those.
fn replace(types: &[TypeDef], entries: &mut [(String, TypeLock)], uses: &mut Uses, gone: &mut Lock) {
    let seen: BTreeMap<TypeId, Seen<'_>> = types.iter().map(|def| (def.id, seen(def))).collect();
    for (id, old) in uses.replaced(gone, &seen) {
        let new = types.iter().zip(entries.iter_mut()).find(|(def, _)| def.id == id);
        if let Some((_, (_, entry))) = new {
            entry.also.extend(old.names().cloned());
        }
    }
}

/// Where the types are used; the lock knows each by its place.
fn uses(types: &[TypeDef], places: impl Iterator<Item = String>, groups: &[Group]) -> Uses {
    let mut uses = Uses::default();
    for operation in groups.iter().flat_map(|group| &group.operations) {
        for (member, ty) in operation_uses(operation) {
            if let Some(id) = ty.named() {
                uses.note(&operation.key, &member, id);
            }
        }
    }
    for (def, place) in types.iter().zip(places) {
        let used = |(member, ty): (&str, &Type)| Some((member.to_owned(), ty.named()?));
        let inside: Vec<(String, TypeId)> = match &def.kind {
            TypeKind::Struct(object) => {
                object.fields.iter().filter_map(|field| used((&field.name.wire, &field.ty))).collect()
            }
            TypeKind::TaggedUnion(union) => {
                let tags =
                    union.variants.iter().filter_map(|(variant, tags)| Some((tags.first()?.as_str(), &variant.ty)));
                tags.filter_map(used).collect()
            }
            TypeKind::ByStatus(found) => {
                let read = found.variants.iter().filter_map(|v| Some((v.name.wire.as_str(), v.body.ty()?)));
                read.filter_map(used).collect()
            }
            TypeKind::Union(_) | TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
        };
        for (member, id) in inside {
            uses.note_inside((def.id, &place), &member, id);
        }
    }
    uses
}

fn seen(def: &TypeDef) -> Seen<'_> {
    let members: BTreeSet<&str> = match &def.kind {
        TypeKind::Struct(object) => object.fields.iter().map(|field| field.name.wire.as_str()).collect(),
        TypeKind::StringEnum(set) => set.variants.iter().map(|variant| variant.wire.as_str()).collect(),
        TypeKind::IntegerEnum(set) => set.variants.iter().map(|(variant, _)| variant.wire.as_str()).collect(),
        TypeKind::ByStatus(found) => found.variants.iter().map(|v| v.name.wire.as_str()).collect(),
        TypeKind::Union(union) => union.variants.iter().map(|variant| variant.name.ident.as_str()).collect(),
        TypeKind::TaggedUnion(union) => union.variants.iter().map(|(variant, _)| variant.name.ident.as_str()).collect(),
    };
    Seen { place: place(def), wanted: def.ident.clone(), is_struct: matches!(def.kind, TypeKind::Struct(_)), members }
}
