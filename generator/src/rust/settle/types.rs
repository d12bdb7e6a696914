//! From schemas to types, and what the presence of a property is worth.
//!
//! What the server sends may lack anything, whatever the document promises, and what the client sends is checked by the
//! server: so every field is an `Option`, and what the document requires is an argument of `new`.

use super::context::is_scalar;
use crate::model::{
    self, Access, Api, Need, Property, Schema, SchemaId, SchemaKind, TextFormat, Usage, Value, ValueKind,
};
use crate::rust::name::{FieldNames, OTHER, TypeName, UNKNOWN, VariantNames};
use crate::rust::plan::{
    Additional, Entry, Field, IntegerEnum, Presence, StringEnum, Struct, TaggedUnion, TextKind, Type, TypeDef, TypeId,
    TypeKind, Union, Variant,
};

/// The type of the values that are not `null`.
pub(crate) fn ty(value: &Value) -> Type {
    match &value.kind {
        ValueKind::Any => Type::Json,
        ValueKind::Boolean => Type::Boolean,
        ValueKind::Integer(_) => Type::Int64,
        ValueKind::Number(_) => Type::Double,
        ValueKind::Text(text) if text.format == TextFormat::DateTime => Type::DateTime,
        ValueKind::Text(_) => Type::String,
        ValueKind::List(list) => Type::List(Box::new(element(&list.items))),
        ValueKind::Map(map) => match element(&map.values) {
            Type::Json => Type::JsonObject,
            values => Type::Map(Box::new(values)),
        },
        ValueKind::Named(id) => Type::Named(TypeId(id.0)),
    }
}

/// What a list or a map holds: here nullability is part of the type, but JSON has its own `null`.
fn element(value: &Value) -> Type {
    match ty(value) {
        Type::Json => Type::Json,
        ty if value.nullable => Type::Optional(Box::new(ty)),
        ty => ty,
    }
}

/// The type that a schema becomes, whose values travel as `usage` says.
pub(super) fn define(api: &Api, schema: &Schema, usage: Usage, name: TypeName) -> TypeDef {
    TypeDef {
        id: TypeId(schema.id.0),
        path: schema.path.clone(),
        first_name: name.ident.clone(),
        ident: name.ident,
        former: Vec::new(),
        module: name.module,
        docs: schema.docs.clone(),
        origin: schema.origin.clone(),
        usage,
        kind: kind(api, schema, usage),
    }
}

fn kind(api: &Api, schema: &Schema, usage: Usage) -> TypeKind {
    match &schema.kind {
        SchemaKind::Object(object) => TypeKind::Struct(self::object(object, usage)),
        SchemaKind::StringEnum(set) => {
            let mut names = VariantNames::before(UNKNOWN);
            TypeKind::StringEnum(StringEnum { variants: set.values.iter().map(|value| names.variant(value)).collect() })
        }
        SchemaKind::IntegerEnum(set) => {
            let mut names = VariantNames::before(UNKNOWN);
            let variants = set.values.iter().map(|value| (names.variant(&value.to_string()), *value)).collect();
            TypeKind::IntegerEnum(IntegerEnum { variants })
        }
        SchemaKind::Union(union) => self::union(api, schema.id, union),
    }
}

fn object(object: &model::Object, usage: Usage) -> Struct {
    let mut names = FieldNames::new();
    let fields = object.properties.iter().map(|property| field(property, usage, &mut names)).collect();
    let additional = match object.additional.value() {
        Some(value) if object.additional.is_typed() => {
            Additional::Typed { ident: names.additional(), ty: element(value) }
        }
        _ => Additional::Kept,
    };
    Struct { fields, additional, extra: names.extra(), order: Vec::new(), patch: None }
}

/// The union that the schema `id` is.
fn union(api: &Api, id: SchemaId, union: &model::Union) -> TypeKind {
    let mut names = VariantNames::before(if union.discriminator.is_some() { UNKNOWN } else { OTHER });
    let mut variants: Vec<(Variant, Vec<String>)> = Vec::with_capacity(union.variants.len());
    for variant in &union.variants {
        let ty = ty(&variant.value);
        // Any JSON is what the last variant keeps.
        if ty == Type::Json {
            continue;
        }
        let text = text_kind(&variant.value).filter(|_| union.discriminator.is_none());
        // Two alternatives of one type (two objects without properties, say) are one to Rust, unless they are texts that
        // can be told apart.
        if !variants.iter().any(|(known, _)| known.ty == ty && known.text == text) {
            let name = names.variant(&variant.name);
            variants.push((Variant { name, ty, text, docs: variant.docs.clone() }, variant.tags.clone()));
        }
    }
    if variants.iter().filter(|(variant, _)| variant.text.is_some()).count() < 2 {
        variants.iter_mut().for_each(|(variant, _)| variant.text = None);
    }
    match &union.discriminator {
        Some(discriminator) => TypeKind::TaggedUnion(TaggedUnion { tag: discriminator.property.clone(), variants }),
        None => TypeKind::Union(Union {
            variants: variants.into_iter().map(|(variant, _)| variant).collect(),
            is_scalar: is_scalar(api, id),
        }),
    }
}

/// What tells text from other text.
fn text_kind(value: &Value) -> Option<TextKind> {
    let ValueKind::Text(text) = &value.kind else { return None };
    match &text.format {
        TextFormat::DateTime => None,
        TextFormat::Uuid => Some(TextKind::Uuid),
        TextFormat::Date => Some(TextKind::Date),
        TextFormat::Other(name) if name == "ipv4" => Some(TextKind::Ipv4),
        TextFormat::Other(name) if name == "ipv6" => Some(TextKind::Ipv6),
        _ => Some(TextKind::Any),
    }
}

fn field(property: &Property, usage: Usage, names: &mut FieldNames) -> Field {
    let ty = ty(&property.value);
    // JSON has its own `null`, so a value of any kind needs no second one.
    let nullable = property.value.nullable && ty != Type::Json;
    let required = property.need == Need::Required && property.access != Access::ReadOnly;
    let presence = if required && nullable { Presence::Null } else { Presence::Absent };
    Field {
        entry: match (usage, property.access) {
            (Usage::Read, _) | (_, Access::ReadOnly) => Entry::Server,
            _ if required && !nullable => Entry::Argument,
            _ => Entry::Setter,
        },
        name: names.field(&property.name),
        ty,
        presence,
        access: property.access,
        docs: property.docs.clone(),
    }
}
