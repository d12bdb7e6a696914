//! Names of types, of their modules, and of what is inside them.

use super::ident::{module_name, type_name, type_name_of, value_name};
use super::scope::Scope;
use crate::rust::plan::{Additional, NamePath, Rank, Struct, TypeDef, TypeKind, Variant};

/// Methods that values of every model have: a setter of one of these names would hide it.
const METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "clone",
    "eq",
    "fmt",
    "into",
    "ne",
    "new",
    "to_owned",
    "to_string",
    "try_into",
    "type_id",
];

/// Names every type and its members. `types` are sorted so that whoever has the better claim comes first.
pub(super) fn name_types(types: &mut [TypeDef]) {
    let mut scope = Scope::default();
    for def in types.iter_mut() {
        def.module = module_name(&def.path.root);
        def.name.ident = scope.claim(joined(&def.path), suffix(def.path.rank));
        name_members(&mut def.kind);
    }
}

/// `ConnectorDetail` + `status` is `ConnectorDetailStatus`.
fn joined(path: &NamePath) -> String {
    type_name_of(std::iter::once(&path.root).chain(&path.segments).map(String::as_str))
}

/// What tells a type from another that has its name by a better claim.
fn suffix(rank: Rank) -> &'static str {
    match rank {
        Rank::Schema => "Type",
        Rank::Response => "Response",
        Rank::Parameter => "Parameter",
        Rank::Operation => "Body",
    }
}

fn name_members(kind: &mut TypeKind) {
    match kind {
        TypeKind::Struct(object) => name_fields(object),
        TypeKind::StringEnum(values) => {
            values.unknown_ident = "Unknown".to_owned();
            let mut scope = Scope::reserving(&["Unknown"]);
            for variant in &mut values.variants {
                variant.ident = variant_name(&mut scope, &variant.wire);
            }
        }
        TypeKind::IntegerEnum(values) => {
            values.unknown_ident = "Unknown".to_owned();
            let mut scope = Scope::reserving(&["Unknown"]);
            for (variant, _) in &mut values.variants {
                variant.ident = variant_name(&mut scope, &variant.wire);
            }
        }
        TypeKind::Union(union) => {
            union.other_ident = "Other".to_owned();
            name_variants(union.variants.iter_mut(), "Other");
        }
        TypeKind::TaggedUnion(union) => {
            union.other_ident = "Unknown".to_owned();
            name_variants(union.variants.iter_mut().map(|(variant, _)| variant), "Unknown");
        }
        TypeKind::Answers(answers) => {
            answers.other_ident = "Other".to_owned();
            let mut scope = Scope::reserving(&["Other"]);
            for variant in &mut answers.variants {
                variant.name.ident = variant_name(&mut scope, &variant.name.wire);
            }
        }
    }
}

fn name_variants<'v>(variants: impl Iterator<Item = &'v mut Variant>, last: &str) {
    let mut scope = Scope::reserving(&[last]);
    for variant in variants {
        variant.name.ident = variant_name(&mut scope, &variant.name.wire);
    }
}

/// The variant that keeps what is unknown has the same name in every enum, so a value of that name gives way.
fn variant_name(scope: &mut Scope, wire: &str) -> String {
    let wanted = type_name(wire);
    match wanted.as_str() {
        "Unknown" | "Other" => scope.claim(wanted, "Value"),
        _ => scope.claim_numbered(wanted),
    }
}

fn name_fields(object: &mut Struct) {
    let mut scope = Scope::reserving(METHODS);
    for field in &mut object.fields {
        field.name.ident = scope.claim(value_name(&field.name.wire), "_");
    }
    if let Additional::Typed(name, _) = &mut object.additional {
        name.ident = scope.claim("additional_properties".to_owned(), "_");
    }
    object.extra_ident = scope.claim("extra".to_owned(), "_");
}
