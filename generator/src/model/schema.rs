//! The schemas that have a name: objects, sets of values, unions.

use serde::Serialize;

use super::{Docs, Value, ValueKind};
use crate::origin::Origin;

/// Identifies a [`Schema`] of one [`Api`](super::Api); says nothing about its place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SchemaId(pub usize);

/// A schema that products have a name for.
#[derive(Clone, Debug, Serialize)]
pub struct Schema {
    /// What uses of the schema refer to.
    pub id: SchemaId,
    /// How its name is put together.
    pub path: NamePath,
    /// What the document says about it.
    pub docs: Docs,
    /// Which way its values travel.
    pub usage: Usage,
    /// What it is.
    pub kind: SchemaKind,
    /// Where the document defines it.
    pub origin: Origin,
}

/// The schemas of an API, in the order of their [`NamePath`]s.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    sorted: Vec<Schema>,
    /// By [`SchemaId`], where the schema stands in `sorted`.
    positions: Vec<Option<usize>>,
}

impl Schemas {
    /// Puts `schemas` in order.
    pub fn new(mut schemas: Vec<Schema>) -> Self {
        schemas.sort_by(|a, b| (&a.path, &a.origin).cmp(&(&b.path, &b.origin)));
        let last = schemas.iter().map(|schema| schema.id.0).max();
        let mut positions = vec![None; last.map_or(0, |last| last + 1)];
        for (at, schema) in schemas.iter().enumerate() {
            if let Some(position) = positions.get_mut(schema.id.0) {
                *position = Some(at);
            }
        }
        Self { sorted: schemas, positions }
    }

    /// The schema with this id.
    pub fn get(&self, id: SchemaId) -> Option<&Schema> {
        self.sorted.get(self.positions.get(id.0).copied().flatten()?)
    }

    /// The smallest id that no schema has, nor any greater.
    pub fn next_id(&self) -> SchemaId {
        SchemaId(self.positions.len())
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Schema> {
        self.sorted.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }
}

impl<'a> IntoIterator for &'a Schemas {
    type Item = &'a Schema;
    type IntoIter = std::slice::Iter<'a, Schema>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Serialize for Schemas {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.sorted.serialize(serializer)
    }
}

/// How a schema came by its name: a root that the document names, then the way from there.
///
/// It depends only on the place in the document, never on the order of the operations.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NamePath {
    /// What kind of thing the root is; decides who keeps a name that two want.
    pub rank: Rank,
    /// The root's own name.
    pub root: String,
    /// Property names, variant names and the like, outermost first.
    pub segments: Vec<String>,
}

impl NamePath {
    /// A name that stands alone.
    pub fn root(rank: Rank, root: impl Into<String>) -> Self {
        Self { rank, root: root.into(), segments: Vec::new() }
    }
}

/// All its parts, with spaces between them.
impl std::fmt::Display for NamePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.root)?;
        self.segments.iter().try_for_each(|segment| write!(f, " {segment}"))
    }
}

/// What the root of a [`NamePath`] is. The earlier keeps a name that two want.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Rank {
    /// A schema under `components/schemas`.
    Schema,
    /// The inline body of a response under `components/responses`.
    Response,
    /// The inline enum of a parameter.
    Parameter,
    /// An inline body of one operation.
    Operation,
}

/// Which way values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Usage {
    /// Only in responses.
    Read,
    /// Only in requests.
    Written,
    /// In both.
    Both,
}

/// What a schema with a name is.
#[derive(Clone, Debug, Serialize)]
pub enum SchemaKind {
    /// An object with declared properties, whatever `allOf` put together included.
    Object(Object),
    /// A set of strings.
    StringEnum(EnumValues<String>),
    /// A set of integers.
    IntegerEnum(EnumValues<i64>),
    /// One of several.
    Union(Union),
}

/// An object with declared properties.
#[derive(Clone, Debug, Serialize)]
pub struct Object {
    /// In the order of the document.
    pub properties: Vec<Property>,
    /// What is said of the others.
    pub additional: Additional,
    /// The least number of properties.
    pub min_properties: Option<usize>,
    /// The greatest number of properties.
    pub max_properties: Option<usize>,
}

/// What a schema says of the properties that it does not declare.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Additional {
    /// Nothing: they are legal.
    Unstated,
    /// They are legal: `additionalProperties: true`.
    Allowed,
    /// There are none: `additionalProperties: false`.
    Forbidden,
    /// They are all of one kind.
    Typed(Value),
}

/// A declared property.
#[derive(Clone, Debug, Serialize)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: Value,
    /// Whether the document lists it as required.
    pub need: super::Need,
    /// Whether only one side may set it.
    pub access: Access,
    /// What the document says about it.
    pub docs: Docs,
    /// Where the document defines it.
    pub origin: Origin,
}

/// Which side of the wire sets a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Access {
    /// Either.
    Any,
    /// Only the server: `readOnly`.
    ReadOnly,
    /// Only the client: `writeOnly`.
    WriteOnly,
}

/// A set of values. Where `null` is among them, it is said where the schema is used.
#[derive(Clone, Debug, Serialize)]
pub struct EnumValues<T> {
    /// Each once, in the order of the document.
    pub values: Vec<T>,
}

/// One of several.
#[derive(Clone, Debug, Serialize)]
pub struct Union {
    /// How many of them a value may be.
    pub rule: UnionRule,
    /// In the order of the document.
    pub variants: Vec<Variant>,
    /// What tells them apart, where the document says so.
    pub discriminator: Option<Discriminator>,
}

/// How many of its variants a value of a union may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum UnionRule {
    /// Exactly one: `oneOf`.
    One,
    /// One or more: `anyOf`.
    Any,
}

/// The property that tells the variants of a union apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Discriminator {
    /// Its name.
    pub property: String,
}

/// One of the alternatives of a union.
#[derive(Clone, Debug, Serialize)]
pub struct Variant {
    /// What tells it from the others: the name of its schema, its title, its kind or its number.
    pub name: String,
    /// What it is.
    pub value: Value,
    /// The values of the discriminator that stand for it; empty where there is no discriminator.
    pub tags: Vec<String>,
    /// What the document says about it.
    pub docs: Docs,
}

impl SchemaKind {
    /// The values that a value of this schema holds: of its properties, or of its variants.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let (properties, additional, variants): (&[Property], _, &[Variant]) = match self {
            Self::Object(object) => (&object.properties, object.additional.value(), &[]),
            Self::Union(union) => (&[], None, &union.variants),
            Self::StringEnum(_) | Self::IntegerEnum(_) => (&[], None, &[]),
        };
        let properties = properties.iter().map(|property| &property.value);
        properties.chain(additional).chain(variants.iter().map(|variant| &variant.value))
    }

    /// The schemas that a value of this schema may hold a value of.
    pub fn contained(&self) -> impl Iterator<Item = SchemaId> {
        self.values().filter_map(Value::named)
    }
}

impl Additional {
    /// What undeclared properties hold, where that is stated.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::Typed(value) => Some(value),
            Self::Unstated | Self::Allowed | Self::Forbidden => None,
        }
    }

    /// Whether undeclared properties are all of one kind that says something.
    pub fn is_typed(&self) -> bool {
        self.value().is_some_and(|value| value.kind != ValueKind::Any)
    }
}
