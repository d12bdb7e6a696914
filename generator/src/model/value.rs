//! Uses of schemas: what the values look like that stand in one place.

use serde::Serialize;

use super::SchemaId;

/// What values look like in one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Value {
    /// What they are.
    pub kind: ValueKind,
    /// Whether `null` is legal too.
    pub nullable: bool,
    /// The only legal values, where the document lists some that make no [`EnumValues`](super::EnumValues).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<serde_json::Value>,
}

/// What the values of one place are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum ValueKind {
    /// Any JSON: the document says nothing, or nothing that has a form here.
    Any,
    /// `true` or `false`.
    Boolean,
    /// An integer.
    Integer(Integer),
    /// A number.
    Number(Number),
    /// Text.
    Text(Text),
    /// A list.
    List(Box<List>),
    /// An object of which no property is declared: its values are all of one kind.
    Map(Box<Map>),
    /// What a schema with a name describes.
    Named(SchemaId),
}

/// What is said of an integer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Integer {
    /// `int32`, `int64`, or what else the document writes.
    pub format: Option<String>,
    /// The smallest legal value.
    pub minimum: Option<Bound<i64>>,
    /// The largest legal value.
    pub maximum: Option<Bound<i64>>,
    /// What every legal value is a multiple of.
    pub multiple_of: Option<i64>,
}

/// What is said of a number.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Number {
    /// `float`, `double`, or what else the document writes.
    pub format: Option<String>,
    /// The smallest legal value.
    pub minimum: Option<Bound<f64>>,
    /// The largest legal value.
    pub maximum: Option<Bound<f64>>,
    /// What every legal value is a multiple of.
    pub multiple_of: Option<f64>,
}

/// The end of a range of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum Bound<T> {
    /// The value is legal itself.
    Inclusive(T),
    /// The value is the first that is not.
    Exclusive(T),
}

/// What is said of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Text {
    /// What the text is.
    pub format: TextFormat,
    /// The least number of characters.
    pub min_length: Option<usize>,
    /// The greatest number of characters.
    pub max_length: Option<usize>,
    /// A regular expression (ECMA-262) that legal text matches somewhere.
    pub pattern: Option<String>,
}

/// What text is, by its `format`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub enum TextFormat {
    /// Nothing is said.
    #[default]
    Plain,
    /// `date`: a day (RFC 3339, `full-date`).
    Date,
    /// `date-time`: a point in time (RFC 3339).
    DateTime,
    /// `uuid` (RFC 9562).
    Uuid,
    /// `byte`: bytes in base64 (RFC 4648).
    Base64,
    /// `binary`: bytes as they are; only in bodies and parts of forms.
    Binary,
    /// `password`: not to be shown.
    Password,
    /// What else the document writes, such as `email` or `uri`.
    Other(String),
}

impl TextFormat {
    /// By the name that documents use.
    pub fn of_name(name: &str) -> Self {
        match name {
            "" => Self::Plain,
            "date" => Self::Date,
            "date-time" => Self::DateTime,
            "uuid" => Self::Uuid,
            "byte" => Self::Base64,
            "binary" => Self::Binary,
            "password" => Self::Password,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// What is said of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct List {
    /// What it holds.
    pub items: Value,
    /// The least number of items.
    pub min_items: Option<usize>,
    /// The greatest number of items.
    pub max_items: Option<usize>,
    /// Whether no item may occur twice.
    pub unique: bool,
}

/// What is said of an object of which no property is declared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Map {
    /// What its properties hold.
    pub values: Value,
    /// The least number of properties.
    pub min_properties: Option<usize>,
    /// The greatest number of properties.
    pub max_properties: Option<usize>,
}

impl ValueKind {
    /// Text of which only the format is known.
    pub fn text(format: TextFormat) -> Self {
        Self::Text(Text { format, ..Text::default() })
    }

    /// A list of these, of which nothing else is said.
    pub fn list_of(items: Value) -> Self {
        Self::List(Box::new(List { items, min_items: None, max_items: None, unique: false }))
    }
}

impl Value {
    /// Values of one kind, without `null`.
    pub fn new(kind: ValueKind) -> Self {
        Self { kind, nullable: false, allowed: Vec::new() }
    }

    /// Any JSON.
    pub fn any() -> Self {
        Self { nullable: true, ..Self::new(ValueKind::Any) }
    }

    /// The same, and `null` where `nullable` says so.
    #[must_use]
    pub fn or_null(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }

    /// The schema with a name that the values lead to, through lists and maps.
    pub fn named(&self) -> Option<SchemaId> {
        match &self.kind {
            ValueKind::Named(id) => Some(*id),
            ValueKind::List(list) => list.items.named(),
            ValueKind::Map(map) => map.values.named(),
            _ => None,
        }
    }
}
