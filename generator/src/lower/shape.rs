//! Reads one `openapiv3` schema as one of a few shapes.
//!
//! `openapiv3` has two forms for the same thing, one for schemas that are exactly of one type and one for every mixture;
//! the rest of the lowering sees only [`Shape`].

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, IntegerType, NumberType, ReferenceOr, Schema, SchemaKind, StringFormat,
    StringType, Type, VariantOrUnknownOrEmpty,
};

use crate::model::{Bound, Integer, Number, Text, TextFormat};

/// What a schema is.
pub(super) enum Shape<'a> {
    /// Text.
    Text(Text),
    /// A set of strings.
    StringEnum(Vec<&'a str>),
    /// A set of integers.
    IntegerEnum(Vec<i64>),
    /// `true` or `false`.
    Boolean,
    /// Any integer.
    Integer(Integer),
    /// Any number.
    Number(Number),
    /// A list.
    List(ListShape<'a>),
    /// An object, perhaps put together from several schemas.
    Object(ObjectShape<'a>),
    /// One of several.
    Union(UnionShape<'a>),
    /// Nothing is known.
    Anything,
}

/// What a schema says of a list.
#[derive(Clone, Copy, Default)]
pub(super) struct ListShape<'a> {
    /// What it holds; anything where nothing is said.
    pub items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub unique: bool,
}

/// The parts that a schema of an object may have.
#[derive(Clone, Copy, Default)]
pub(super) struct ObjectShape<'a> {
    pub properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub required: &'a [String],
    pub additional: Option<&'a AdditionalProperties>,
    pub min_properties: Option<usize>,
    pub max_properties: Option<usize>,
    pub all_of: &'a [ReferenceOr<Schema>],
    pub alternatives: Option<UnionShape<'a>>,
}

impl ObjectShape<'_> {
    /// Whether no property is declared.
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
        SchemaKind::Type(Type::Number(number)) => Shape::Number(number_rules(number)),
        SchemaKind::Type(Type::Integer(integer)) => {
            let values: Vec<i64> = integer.enumeration.iter().copied().flatten().collect();
            if values.is_empty() { Shape::Integer(integer_rules(integer)) } else { Shape::IntegerEnum(values) }
        }
        SchemaKind::Type(Type::Boolean(_)) => Shape::Boolean,
        SchemaKind::Type(Type::Array(array)) => Shape::List(ListShape {
            items: array.items.as_ref(),
            min_items: array.min_items,
            max_items: array.max_items,
            unique: array.unique_items,
        }),
        SchemaKind::Type(Type::Object(object)) => Shape::Object(ObjectShape {
            properties: Some(&object.properties),
            required: &object.required,
            additional: object.additional_properties.as_ref(),
            min_properties: object.min_properties,
            max_properties: object.max_properties,
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
    let format = match &text.format {
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => TextFormat::Date,
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => TextFormat::DateTime,
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => TextFormat::Password,
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => TextFormat::Base64,
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => TextFormat::Binary,
        VariantOrUnknownOrEmpty::Unknown(name) => TextFormat::of_name(name),
        VariantOrUnknownOrEmpty::Empty => TextFormat::Plain,
    };
    let (min_length, max_length, pattern) = (text.min_length, text.max_length, text.pattern.clone());
    Shape::Text(Text { format, min_length, max_length, pattern })
}

fn number_rules(number: &NumberType) -> Number {
    Number {
        format: name_of_format(&number.format),
        minimum: number.minimum.map(|value| bound(value, number.exclusive_minimum)),
        maximum: number.maximum.map(|value| bound(value, number.exclusive_maximum)),
        multiple_of: number.multiple_of,
    }
}

fn integer_rules(integer: &IntegerType) -> Integer {
    Integer {
        format: name_of_format(&integer.format),
        minimum: integer.minimum.map(|value| bound(value, integer.exclusive_minimum)),
        maximum: integer.maximum.map(|value| bound(value, integer.exclusive_maximum)),
        multiple_of: integer.multiple_of,
    }
}

fn bound<T>(value: T, is_exclusive: bool) -> Bound<T> {
    if is_exclusive { Bound::Exclusive(value) } else { Bound::Inclusive(value) }
}

/// A format as the document writes it.
fn name_of_format<F: serde::Serialize>(format: &VariantOrUnknownOrEmpty<F>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => Some(serde_json::to_value(known).ok()?.as_str()?.to_owned()),
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
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
            all_of: &any.all_of,
            alternatives,
            ..object_without_properties(any)
        });
    }
    if let Some(union) = alternatives {
        return Shape::Union(union);
    }
    match any.typ.as_deref() {
        Some("string") => Shape::Text(text_of_mixture(any)),
        Some("boolean") => Shape::Boolean,
        Some("integer") => Shape::Integer(integer_of_mixture(any)),
        Some("number") => Shape::Number(number_of_mixture(any)),
        Some("array") => Shape::List(list_of_mixture(any)),
        Some("object") => Shape::Object(object_without_properties(any)),
        _ if any.items.is_some() => Shape::List(list_of_mixture(any)),
        // Only an object can have what is required.
        _ if any.additional_properties.is_some() || !any.required.is_empty() => {
            Shape::Object(object_without_properties(any))
        }
        _ => Shape::Anything,
    }
}

fn text_of_mixture(any: &AnySchema) -> Text {
    Text {
        format: TextFormat::of_name(any.format.as_deref().unwrap_or_default()),
        min_length: any.min_length,
        max_length: any.max_length,
        pattern: any.pattern.clone(),
    }
}

fn number_of_mixture(any: &AnySchema) -> Number {
    Number {
        format: any.format.clone(),
        minimum: any.minimum.map(|value| bound(value, any.exclusive_minimum == Some(true))),
        maximum: any.maximum.map(|value| bound(value, any.exclusive_maximum == Some(true))),
        multiple_of: any.multiple_of,
    }
}

fn integer_of_mixture(any: &AnySchema) -> Integer {
    let whole = |value: f64| (value.fract() == 0.0).then_some(value as i64);
    Integer {
        format: any.format.clone(),
        minimum: any.minimum.and_then(whole).map(|value| bound(value, any.exclusive_minimum == Some(true))),
        maximum: any.maximum.and_then(whole).map(|value| bound(value, any.exclusive_maximum == Some(true))),
        multiple_of: any.multiple_of.and_then(whole),
    }
}

fn list_of_mixture(any: &AnySchema) -> ListShape<'_> {
    ListShape {
        items: any.items.as_ref(),
        min_items: any.min_items,
        max_items: any.max_items,
        unique: any.unique_items == Some(true),
    }
}

fn object_without_properties(any: &AnySchema) -> ObjectShape<'_> {
    ObjectShape {
        required: &any.required,
        additional: any.additional_properties.as_ref(),
        min_properties: any.min_properties,
        max_properties: any.max_properties,
        ..ObjectShape::default()
    }
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

/// Whether `null` is the only legal value: `{ enum: [null] }`, and `{ nullable: true }` without another word, which is how
/// 3.0 has the `{ type: null }` of other versions.
pub(super) fn is_only_null(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => only_null(&text.enumeration, Option::is_none),
        SchemaKind::Type(Type::Integer(integer)) => only_null(&integer.enumeration, Option::is_none),
        SchemaKind::Type(Type::Number(number)) => only_null(&number.enumeration, Option::is_none),
        SchemaKind::Type(Type::Boolean(boolean)) => only_null(&boolean.enumeration, Option::is_none),
        SchemaKind::Any(any) if any.enumeration.is_empty() => {
            schema.schema_data.nullable && *any == AnySchema::default()
        }
        SchemaKind::Any(any) => only_null(&any.enumeration, serde_json::Value::is_null),
        _ => false,
    }
}

fn only_null<T>(listed: &[T], is_null: impl Fn(&T) -> bool) -> bool {
    !listed.is_empty() && listed.iter().all(is_null)
}

/// The legal values that an `enum` lists which is neither one of strings nor one of integers.
pub(super) fn other_enumeration(schema: &Schema) -> Vec<serde_json::Value> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Number(number)) => {
            number.enumeration.iter().flatten().copied().map(serde_json::Value::from).collect()
        }
        SchemaKind::Type(Type::Boolean(boolean)) => {
            boolean.enumeration.iter().flatten().copied().map(serde_json::Value::from).collect()
        }
        SchemaKind::Any(any) if enumeration(any).is_none() => {
            any.enumeration.iter().filter(|value| !value.is_null()).cloned().collect()
        }
        _ => Vec::new(),
    }
}
