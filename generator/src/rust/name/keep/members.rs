//! What is inside a type: fields, variants, what `new` takes, and what is boxed.

use std::collections::{BTreeMap, BTreeSet};

use super::place;
use crate::rust::name::ident::{type_name, value_name};
use crate::rust::name::lock::{Lock, TypeLock};
use crate::rust::name::members::{METHODS, OTHER, UNKNOWN};
use crate::rust::name::scope::Scope;
use crate::rust::plan::{
    Access, Additional, Entry, Name, Struct, TextKind, Type, TypeDef, TypeId, TypeKind, Usage, Variant,
};

/// The usual field for what is not declared.
const EXTRA: &str = "extra";

pub(super) fn keep_members(def: &mut TypeDef, entry: &mut TypeLock, known_as: &BTreeMap<TypeId, Vec<String>>) {
    match &mut def.kind {
        TypeKind::Struct(object) => keep_fields(object, &mut def.usage, entry),
        TypeKind::StringEnum(set) => keep_variants(set.variants.iter_mut().map(by_wire), UNKNOWN, entry),
        TypeKind::IntegerEnum(set) => {
            keep_variants(set.variants.iter_mut().map(|(name, _)| by_wire(name)), UNKNOWN, entry);
        }
        TypeKind::ByStatus(found) => {
            keep_variants(found.variants.iter_mut().map(|variant| by_wire(&mut variant.name)), OTHER, entry);
        }
        TypeKind::Union(union) => {
            let variants = union.variants.iter_mut();
            keep_variants(variants.map(|v| (variant_keys(v, known_as), &mut v.name)), OTHER, entry);
        }
        TypeKind::TaggedUnion(union) => {
            let variants = union.variants.iter_mut().map(|(variant, _)| variant);
            keep_variants(variants.map(|v| (variant_keys(v, known_as), &mut v.name)), UNKNOWN, entry);
        }
    }
}

fn by_wire(name: &mut Name) -> (Vec<String>, &mut Name) {
    (vec![name.wire.clone()], name)
}

/// By what a variant of a union is known: what it holds. Texts of one type are told apart by their format.
fn variant_keys(variant: &Variant, known_as: &BTreeMap<TypeId, Vec<String>>) -> Vec<String> {
    let word = match variant.text {
        None | Some(TextKind::Any) => return type_keys(&variant.ty, known_as),
        Some(TextKind::Date) => "date",
        Some(TextKind::Ipv4) => "ipv4",
        Some(TextKind::Ipv6) => "ipv6",
        Some(TextKind::Uuid) => "uuid",
    };
    vec![word.to_owned()]
}

/// A type by the name that it first had, which no other type ever has; then by those of types that gave way to it.
fn type_keys(ty: &Type, known_as: &BTreeMap<TypeId, Vec<String>>) -> Vec<String> {
    let around = |inner: &Type, form: fn(&str) -> String| -> Vec<String> {
        type_keys(inner, known_as).iter().map(|key| form(key)).collect()
    };
    let word = match ty {
        Type::Named(id) | Type::Boxed(id) => return known_as.get(id).cloned().unwrap_or_default(),
        Type::List(inner) => return around(inner, |inner| format!("list of {inner}")),
        Type::Map(inner) => return around(inner, |inner| format!("map of {inner}")),
        Type::Optional(inner) => return around(inner, |inner| format!("{inner} or null")),
        Type::String => "string",
        Type::Boolean => "boolean",
        Type::Int64 => "integer",
        Type::Double => "number",
        Type::DateTime => "date-time",
        Type::Json => "anything",
        Type::JsonObject => "object",
    };
    vec![word.to_owned()]
}

/// Names variants, each by the first of its keys that the lock knows.
fn keep_variants<'v>(variants: impl Iterator<Item = (Vec<String>, &'v mut Name)>, last: &str, entry: &mut TypeLock) {
    let mut scope = Scope::holding(last).and(entry.variants.values().cloned().collect());
    for (keys, name) in variants {
        let Some(key) = keys.iter().find(|key| entry.variants.contains_key(*key)).or(keys.first()) else { continue };
        let wanted = type_name(&name.wire);
        let claim = || match wanted.as_str() {
            UNKNOWN | OTHER => scope.claim(wanted, "Value"),
            _ => scope.claim_numbered(wanted),
        };
        name.ident.clone_from(entry.variants.entry(key.clone()).or_insert_with(claim));
    }
}

fn keep_fields(object: &mut Struct, usage: &mut Usage, entry: &mut TypeLock) {
    let is_new = entry.fields.is_empty() && entry.new.is_none();
    let mut taken: BTreeSet<String> = entry.fields.values().cloned().collect();
    if !is_new {
        taken.insert(entry.extra.clone().unwrap_or_else(|| EXTRA.to_owned()));
    }
    let mut scope = Scope::reserving(METHODS).and(taken);
    for field in &mut object.fields {
        let wire = &field.name.wire;
        let ident = entry.fields.entry(wire.clone()).or_insert_with(|| scope.claim(value_name(wire), "_"));
        field.name.ident.clone_from(ident);
    }
    if let Additional::Typed { ident, .. } = &mut object.additional {
        *ident = scope.claim("additional_properties".to_owned(), "_");
    }
    if is_new {
        object.extra = scope.claim(EXTRA.to_owned(), "_");
        entry.extra = (object.extra != EXTRA).then(|| object.extra.clone());
    } else {
        object.extra = entry.extra.clone().unwrap_or_else(|| EXTRA.to_owned());
    }
    keep_constructor(object, usage, entry);
    for field in object.fields.iter_mut().filter(|field| entry.boxed.contains(&field.name.wire)) {
        if let Type::Named(id) = field.ty {
            field.ty = Type::Boxed(id);
        }
    }
}

/// `new` takes what it took when the type first had one; what has become required since is set one by one.
fn keep_constructor(object: &mut Struct, usage: &mut Usage, entry: &mut TypeLock) {
    match &entry.new {
        Some(known) => {
            if *usage == Usage::Read {
                *usage = Usage::Both;
            }
            for field in &mut object.fields {
                if known.contains(&field.name.wire) {
                    field.entry = Entry::Argument;
                } else if field.access != Access::ReadOnly {
                    field.entry = Entry::Setter;
                }
            }
            object.order.clone_from(known);
        }
        None if *usage != Usage::Read => {
            let arguments = object.fields.iter().filter(|field| field.entry == Entry::Argument);
            let order: Vec<String> = arguments.map(|field| field.name.wire.clone()).collect();
            object.order.clone_from(&order);
            entry.new = Some(order);
        }
        None => {}
    }
}

/// Notes which fields have come to be boxed: they stay so.
pub(crate) fn note_boxes(types: &[TypeDef], lock: &mut Lock) {
    for def in types {
        let TypeKind::Struct(object) = &def.kind else { continue };
        let Some(entry) = lock.types.get_mut(&place(def)) else { continue };
        for field in object.fields.iter().filter(|field| matches!(field.ty, Type::Boxed(_))) {
            if !entry.boxed.contains(&field.name.wire) {
                entry.boxed.push(field.name.wire.clone());
                entry.boxed.sort();
            }
        }
    }
}
