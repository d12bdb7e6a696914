//! How a document's structure is spoken of: what belongs in a place, and what is there instead.

use serde_json::Value;

use crate::{
    grammar::{Kind, Shape},
    suggest::one_of,
};

/// Keys that are right, but for a later version.
pub(super) fn newer(kind: Kind, key: &str) -> Option<&'static str> {
    const SCHEMA: [&str; 22] = [
        "$anchor",
        "$comment",
        "$defs",
        "$id",
        "$schema",
        "const",
        "contains",
        "contentEncoding",
        "contentMediaType",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "examples",
        "if",
        "maxContains",
        "minContains",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    ];
    let is_newer = match kind {
        Kind::Schema => SCHEMA.contains(&key),
        Kind::OpenApi => matches!(key, "webhooks" | "jsonSchemaDialect"),
        Kind::Components => key == "pathItems",
        Kind::Info => key == "summary",
        Kind::License => key == "identifier",
        _ => false,
    };
    is_newer.then_some("OpenAPI 3.1")
}

pub(super) fn wanted(shape: Shape) -> String {
    match shape {
        Shape::Object(kind) => format!("{}, a map", kind.title()),
        Shape::Component(kind) => format!("{}, a map, or a `$ref` to one", kind.title()),
        Shape::List(_) => "a list".to_owned(),
        Shape::Map(_) => "a map".to_owned(),
        Shape::Text | Shape::SchemaName => "text".to_owned(),
        Shape::Word(words) => one_of(words),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::FlagOrSchema => "`true`, `false` or a schema".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Count => "a whole number from 0".to_owned(),
        Shape::Data | Shape::Sample => "a value".to_owned(),
    }
}

pub(super) fn what(value: &Value) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() > 40 => "text".to_owned(),
        Value::String(text) => format!("the text `{text}`"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a map".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Rest;

    #[test]
    fn every_key_of_the_tables_has_a_kind_that_people_can_be_told() {
        // The tables are the specification: what they call required must be among the keys, once.
        for kind in [Kind::OpenApi, Kind::Operation, Kind::Schema, Kind::Parameter, Kind::PathItem] {
            let rule = kind.rule();
            assert!(matches!(rule.rest, Rest::Nothing));
            for field in rule.fields {
                assert_eq!(rule.fields.iter().filter(|other| other.name == field.name).count(), 1, "{}", field.name);
                assert!(!wanted(field.shape).is_empty());
            }
        }
    }
}
