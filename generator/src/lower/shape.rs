//! Reads one `openapiv3` schema as one of the few shapes that Rust types come from.
//!
//! `openapiv3` has two forms for the same thing, one for schemas that are exactly of one type and one for every mixture;
//! the rest of the lowering sees only [`Shape`].

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type,
    VariantOrUnknownOrEmpty,
};

/// What a schema is, as far as Rust types are concerned.
pub(super) enum Shape<'a> {
    /// Text of the given format.
    Text(TextFormat),
    /// A set of strings.
    StringEnum(Vec<&'a str>),
    /// A set of integers.
    IntegerEnum(Vec<i64>),
    /// `true` or `false`.
    Boolean,
    /// An integer of at most this many bits.
    Integer(u8),
    /// Any number.
    Number,
    /// A list of this, or of anything.
    List(Option<&'a ReferenceOr<Box<Schema>>>),
    /// An object, perhaps put together from several schemas.
    Object(ObjectShape<'a>),
    /// One of several.
    Union(UnionShape<'a>),
    /// Nothing is known.
    Anything,
}

/// The formats of text that make a difference in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextFormat {
    Plain,
    DateTime,
    Binary,
}

/// The parts that a schema of an object may have.
#[derive(Clone, Copy, Default)]
pub(super) struct ObjectShape<'a> {
    pub properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub required: &'a [String],
    pub additional: Option<&'a AdditionalProperties>,
    pub all_of: &'a [ReferenceOr<Schema>],
    pub alternatives: Option<UnionShape<'a>>,
}

impl ObjectShape<'_> {
    /// Whether anything is declared that would become a field.
    pub(super) fn declares_nothing(&self) -> bool {
        self.properties.is_none_or(IndexMap::is_empty) && self.all_of.is_empty() && self.alternatives.is_none()
    }
}

/// `oneOf` or `anyOf`.
#[derive(Clone, Copy)]
pub(super) struct UnionShape<'a> {
    /// Which of the two.
    pub keyword: &'static str,
    pub variants: &'a [ReferenceOr<Schema>],
}

/// What `schema` is.
pub(super) fn shape(schema: &Schema) -> Shape<'_> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => string(text),
        SchemaKind::Type(Type::Number(_)) => Shape::Number,
        SchemaKind::Type(Type::Integer(integer)) => {
            let values: Vec<i64> = integer.enumeration.iter().copied().flatten().collect();
            match integer.format {
                _ if !values.is_empty() => Shape::IntegerEnum(values),
                VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Shape::Integer(32),
                _ => Shape::Integer(64),
            }
        }
        SchemaKind::Type(Type::Boolean(_)) => Shape::Boolean,
        SchemaKind::Type(Type::Array(array)) => Shape::List(array.items.as_ref()),
        SchemaKind::Type(Type::Object(object)) => Shape::Object(ObjectShape {
            properties: Some(&object.properties),
            required: &object.required,
            additional: object.additional_properties.as_ref(),
            ..ObjectShape::default()
        }),
        SchemaKind::AllOf { all_of } => Shape::Object(ObjectShape { all_of, ..ObjectShape::default() }),
        SchemaKind::OneOf { one_of } => Shape::Union(UnionShape { keyword: "oneOf", variants: one_of }),
        SchemaKind::AnyOf { any_of } => Shape::Union(UnionShape { keyword: "anyOf", variants: any_of }),
        SchemaKind::Not { .. } => Shape::Anything,
        SchemaKind::Any(any) => mixture(any),
    }
}

fn string(text: &StringType) -> Shape<'_> {
    let values: Vec<&str> = text.enumeration.iter().flatten().map(String::as_str).collect();
    if !values.is_empty() {
        return Shape::StringEnum(values);
    }
    Shape::Text(match text.format {
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => TextFormat::DateTime,
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => TextFormat::Binary,
        _ => TextFormat::Plain,
    })
}

/// A schema that is not exactly of one type: without `type`, or with keywords of several.
fn mixture(any: &AnySchema) -> Shape<'_> {
    if let Some(values) = enumeration(any) {
        return values;
    }
    let alternatives = alternatives(any);
    if !any.properties.is_empty() || !any.all_of.is_empty() {
        return Shape::Object(ObjectShape {
            properties: Some(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            all_of: &any.all_of,
            alternatives,
        });
    }
    if let Some(union) = alternatives {
        return Shape::Union(union);
    }
    match any.typ.as_deref() {
        Some("string") if any.format.as_deref() == Some("date-time") => Shape::Text(TextFormat::DateTime),
        Some("string") if any.format.as_deref() == Some("binary") => Shape::Text(TextFormat::Binary),
        Some("string") => Shape::Text(TextFormat::Plain),
        Some("boolean") => Shape::Boolean,
        Some("integer") if any.format.as_deref() == Some("int32") => Shape::Integer(32),
        Some("integer") => Shape::Integer(64),
        Some("number") => Shape::Number,
        Some("array") => Shape::List(any.items.as_ref()),
        Some("object") => object_without_properties(any),
        _ if any.items.is_some() => Shape::List(any.items.as_ref()),
        _ if any.additional_properties.is_some() => object_without_properties(any),
        _ => Shape::Anything,
    }
}

fn object_without_properties(any: &AnySchema) -> Shape<'_> {
    Shape::Object(ObjectShape {
        required: &any.required,
        additional: any.additional_properties.as_ref(),
        ..ObjectShape::default()
    })
}

/// The set of an `enum` whose values are all strings, or all integers; `null` says only that the schema is nullable.
fn enumeration(any: &AnySchema) -> Option<Shape<'_>> {
    let values = || any.enumeration.iter().filter(|value| !value.is_null());
    values().next()?;
    if let Some(strings) = values().map(serde_json::Value::as_str).collect::<Option<Vec<_>>>() {
        return Some(Shape::StringEnum(strings));
    }
    values().map(serde_json::Value::as_i64).collect::<Option<Vec<_>>>().map(Shape::IntegerEnum)
}

fn alternatives(any: &AnySchema) -> Option<UnionShape<'_>> {
    if !any.one_of.is_empty() {
        Some(UnionShape { keyword: "oneOf", variants: &any.one_of })
    } else if !any.any_of.is_empty() {
        Some(UnionShape { keyword: "anyOf", variants: &any.any_of })
    } else {
        None
    }
}

/// Whether `null` is a legal value: `nullable`, or a `null` among the values of an `enum`.
pub(super) fn is_nullable(schema: &Schema) -> bool {
    schema.schema_data.nullable
        || match &schema.schema_kind {
            SchemaKind::Type(Type::String(text)) => text.enumeration.contains(&None),
            SchemaKind::Type(Type::Integer(integer)) => integer.enumeration.contains(&None),
            SchemaKind::Any(any) => any.enumeration.iter().any(serde_json::Value::is_null),
            _ => false,
        }
}
