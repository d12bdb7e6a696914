//! Reading the JSON Schemas of a catalog: what a value may be, and how a text that was typed becomes one.

use std::fmt;

use runtime::catalog::Catalog;
use serde_json::{Map, Value};

/// How many references are followed in a row; more is a circle.
const HOPS: usize = 32;

/// What kind of value a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    List,
    Object,
    /// Anything, or one of several kinds.
    Any,
}

/// A schema with the references at its top resolved.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    catalog: &'static Catalog,
    value: Value,
    nullable: bool,
}

impl Schema {
    /// Reads a schema's text. An empty text is a schema that allows anything.
    pub(crate) fn read(catalog: &'static Catalog, text: &str) -> Self {
        Self::of(catalog, serde_json::from_str(text).unwrap_or(Value::Bool(true)))
    }

    fn of(catalog: &'static Catalog, value: Value) -> Self {
        let mut schema = Self { catalog, value, nullable: false };
        for _ in 0..HOPS {
            schema.nullable |= schema.has_type("null");
            let next = match (schema.reference(), schema.only_alternative()) {
                (Some(name), _) => {
                    serde_json::from_str(catalog.schema(&name).unwrap_or_default()).unwrap_or(Value::Bool(true))
                }
                (None, Some(only)) => {
                    schema.nullable = true;
                    only
                }
                (None, None) => break,
            };
            schema.value = keep_words(&schema.value, next);
        }
        schema
    }

    /// The name of the component that this refers to.
    fn reference(&self) -> Option<String> {
        Some(self.value.get("$ref")?.as_str()?.rsplit('/').next()?.to_owned())
    }

    /// The other alternative, if this is a choice between something and `null`.
    fn only_alternative(&self) -> Option<Value> {
        let choice = self.value.get("anyOf").or_else(|| self.value.get("oneOf"))?.as_array()?;
        match choice.as_slice() {
            [one, null] if null.get("type").is_some_and(|kind| kind == "null") => Some(one.clone()),
            _ => None,
        }
    }

    fn has_type(&self, name: &str) -> bool {
        match self.value.get("type") {
            Some(Value::Array(names)) => names.iter().any(|known| known == name),
            Some(known) => known == name,
            None => false,
        }
    }

    /// What kind of value this describes.
    pub(crate) fn kind(&self) -> Kind {
        let kinds = [
            ("string", Kind::Text),
            ("integer", Kind::Integer),
            ("number", Kind::Number),
            ("boolean", Kind::Boolean),
            ("array", Kind::List),
            ("object", Kind::Object),
        ];
        let mut found = kinds.iter().filter(|(name, _)| self.has_type(name)).map(|(_, kind)| *kind);
        match (found.next(), found.next()) {
            (Some(kind), None) => kind,
            (None, _) if self.value.get("properties").is_some() => Kind::Object,
            (None, _) if self.value.get("enum").is_some() => Kind::Text,
            _ => Kind::Any,
        }
    }

    /// Whether `null` is allowed.
    pub(crate) fn nullable(&self) -> bool {
        self.nullable
    }

    /// The allowed values, as texts; none where any value of the kind is allowed.
    pub(crate) fn values(&self) -> Vec<String> {
        let values = self.value.get("enum").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        values.iter().filter(|value| !value.is_null()).map(plain).collect()
    }

    /// The declared properties in the order of the document.
    pub(crate) fn properties(&self) -> Vec<(String, Schema)> {
        let Some(properties) = self.value.get("properties").and_then(Value::as_object) else { return Vec::new() };
        properties.iter().map(|(name, value)| (name.clone(), Self::of(self.catalog, value.clone()))).collect()
    }

    /// The schema of one property.
    pub(crate) fn property(&self, name: &str) -> Option<Schema> {
        let declared = self.value.get("properties").and_then(|properties| properties.get(name));
        let found = declared.or_else(|| self.value.get("additionalProperties").filter(|more| more.is_object()))?;
        Some(Self::of(self.catalog, found.clone()))
    }

    /// The schema of a list's items.
    pub(crate) fn items(&self) -> Option<Schema> {
        Some(Self::of(self.catalog, self.value.get("items")?.clone()))
    }

    /// The names of the properties that must be there.
    pub(crate) fn required(&self) -> Vec<String> {
        let names = self.value.get("required").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// A keyword of the schema.
    pub(crate) fn keyword(&self, name: &str) -> Option<&Value> {
        self.value.get(name)
    }

    /// A keyword whose value is a text.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.keyword(name)?.as_str()
    }

    /// Whether a keyword is there and `true`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.keyword(name).and_then(Value::as_bool) == Some(true)
    }

    /// The value that a text stands for where this schema describes it.
    ///
    /// # Errors
    ///
    /// If the text is not a value of the kind.
    pub(crate) fn typed(&self, text: &str) -> Result<Value, WrongKind> {
        if text == "null" && self.nullable {
            return Ok(Value::Null);
        }
        match self.kind() {
            Kind::Text => Ok(Value::String(text.to_owned())),
            Kind::Integer => match text.parse::<i64>() {
                Ok(number) => Ok(number.into()),
                Err(_) => text.parse::<u64>().map(Value::from).map_err(|_| WrongKind("a whole number")),
            },
            Kind::Number => match serde_json::from_str(text) {
                Ok(number @ Value::Number(_)) => Ok(number),
                _ => Err(WrongKind("a number")),
            },
            Kind::Boolean => text.parse::<bool>().map(Value::Bool).map_err(|_| WrongKind("`true` or `false`")),
            Kind::List => match serde_json::from_str(text) {
                Ok(list @ Value::Array(_)) => Ok(list),
                _ => match self.items() {
                    Some(items) => Ok(Value::Array(vec![items.typed(text)?])),
                    None => Ok(Value::Array(vec![loose(text)])),
                },
            },
            Kind::Object => match serde_json::from_str(text) {
                Ok(object @ Value::Object(_)) => Ok(object),
                _ => Err(WrongKind("a JSON object")),
            },
            Kind::Any => Ok(loose(text)),
        }
    }

    /// In a word or two, for help: `string`, `integer`, `list of string`, …
    pub(crate) fn type_name(&self) -> String {
        match self.kind() {
            Kind::Text => self.word("format").unwrap_or("string").to_owned(),
            Kind::Integer => "integer".to_owned(),
            Kind::Number => "number".to_owned(),
            Kind::Boolean => "boolean".to_owned(),
            Kind::List => match self.items() {
                Some(items) => format!("list of {}", items.type_name()),
                None => "list".to_owned(),
            },
            Kind::Object => "object".to_owned(),
            Kind::Any => "JSON".to_owned(),
        }
    }
}

/// A text is not of the kind that it should be; holds what it should be, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrongKind(pub(crate) &'static str);

impl fmt::Display for WrongKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is not {}", self.0)
    }
}

impl std::error::Error for WrongKind {}

/// JSON if the text is JSON, else the text itself.
pub(crate) fn loose(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// A value as a plain text: strings without quotes, everything else as JSON.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What the place of a reference says about the value (its description, an example) beats what the target says.
fn keep_words(place: &Value, target: Value) -> Value {
    let (Value::Object(place), Value::Object(target)) = (place, &target) else { return target };
    let mut merged: Map<String, Value> = target.clone();
    for word in ["description", "default", "example", "readOnly", "writeOnly", "deprecated"] {
        if let Some(said) = place.get(word) {
            merged.insert(word.to_owned(), said.clone());
        }
    }
    Value::Object(merged)
}
