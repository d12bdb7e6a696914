//! Does every object have the keys that it may have, and do they hold what they must?

use serde_json::Value;

use super::context::Check;
use crate::{
    grammar::{Kind, Shape},
    pointer::{Pointer, child},
    suggest::{did_you_mean, nearest, one_of},
};

pub(super) fn check(check: &mut Check<'_>) {
    let root = &check.document.root;
    Structure { check }.value(root, Shape::Object(Kind::OpenApi), &mut Pointer::default());
}

struct Structure<'c, 'a> {
    check: &'c mut Check<'a>,
}

impl Structure<'_, '_> {
    fn value(&mut self, value: &Value, shape: Shape, at: &mut Pointer) {
        match (shape, value) {
            (Shape::Component(_) | Shape::FlagOrSchema, Value::Object(object)) if object.contains_key("$ref") => {
                // Bundling has looked at all references that are text.
                self.below(&object["$ref"], Shape::Text, at, "$ref");
            }
            (Shape::Object(kind) | Shape::Component(kind), Value::Object(_)) => self.object(value, kind, at),
            (Shape::FlagOrSchema, Value::Object(_)) => self.object(value, Kind::Schema, at),
            (Shape::Map(each), Value::Object(members)) => {
                for (key, member) in members {
                    self.below(member, *each, at, key);
                }
            }
            (Shape::List(each), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let back = at.enter_index(index);
                    self.value(item, *each, at);
                    at.leave(back);
                }
            }
            (Shape::Word(words), Value::String(word)) if !words.contains(&word.as_str()) => self.word(word, words, at),
            (Shape::SchemaName, Value::String(name)) => self.schema_name(name, at),
            (Shape::Text | Shape::Word(_), Value::String(_)) | (Shape::Flag | Shape::FlagOrSchema, Value::Bool(_)) => {}
            (Shape::Number, Value::Number(_)) | (Shape::Data | Shape::Sample, _) => {}
            (Shape::Count, Value::Number(number)) if number.is_u64() => {}
            (shape, value) => self.wrong_kind(value, shape, at),
        }
    }

    fn below(&mut self, value: &Value, shape: Shape, at: &mut Pointer, key: &str) {
        let back = at.enter(key);
        self.value(value, shape, at);
        at.leave(back);
    }

    fn object(&mut self, value: &Value, kind: Kind, at: &mut Pointer) {
        let Some(object) = value.as_object() else { return };
        if let Some(reference) = object.get("$ref").filter(|_| kind == Kind::PathItem) {
            // Bundling has looked at all references that are text.
            return self.below(reference, Shape::Text, at, "$ref");
        }
        for (key, member) in object {
            match kind.shape_of(key) {
                Some(shape) => self.below(member, shape, at, key),
                None => self.unknown_key(key, kind, at),
            }
        }
        for field in kind.rule().fields.iter().filter(|field| field.required && !object.contains_key(field.name)) {
            self.missing_key(field.name, kind, at);
        }
    }

    fn unknown_key(&mut self, key: &str, kind: Kind, at: &Pointer) {
        let known = || kind.rule().fields.iter().map(|field| field.name);
        let help = match (newer(kind, key), nearest(key, known())) {
            (Some(version), _) => format!("it belongs to {version}; say it with the means of 3.0, or remove it"),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("remove it, or call it `x-{key}` if it is an extension"),
        };
        let message = format!("{} has no key `{key}` in OpenAPI 3.0, so it is ignored", kind.title());
        let origin = self.check.document.origin(&child(at.as_str(), key)).key();
        self.check.report.warning("unknown-key", origin, message, help);
    }

    fn missing_key(&mut self, key: &str, kind: Kind, at: &Pointer) {
        let message = format!("`{key}` is missing: {} cannot do without it", kind.title());
        self.check.error("missing-key", at.as_str(), message, format!("add `{key}`"));
    }

    fn word(&mut self, word: &str, words: &[&str], at: &Pointer) {
        let help = match (at.as_str().ends_with("/in"), word) {
            (true, "body") => "that is Swagger 2; a body goes into `requestBody`".to_owned(),
            (true, "formData") => "that is Swagger 2; form data goes into `requestBody`".to_owned(),
            _ if at.as_str().ends_with("/type") && words.contains(&"object") => {
                let otherwise = format!("to use a schema, write `$ref: '#/components/schemas/{word}'` instead");
                did_you_mean(word, words.iter().copied(), otherwise)
            }
            _ => did_you_mean(word, words.iter().copied(), format!("write {}", one_of(words))),
        };
        let message = format!("`{word}` is not possible here, only {}", one_of(words));
        self.check.error("unknown-value", at.as_str(), message, help);
    }

    fn schema_name(&mut self, name: &str, at: &Pointer) {
        let schemas = self.check.section("components").and_then(|components| components.get("schemas")?.as_object());
        let known = name
            .strip_prefix("#/components/schemas/")
            .is_some_and(|name| schemas.is_some_and(|schemas| schemas.contains_key(&crate::pointer::unescape(name))));
        if known || name.contains('/') {
            // References that lead nowhere have been reported when the files were put together.
            return;
        }
        let names = schemas.into_iter().flatten().map(|(name, _)| name.as_str());
        let names = names.filter(|_| !self.check.report.is_full());
        let help = did_you_mean(name, names, "write `#/components/schemas/Name`, with the name of a schema");
        let message = format!("there is no schema `{name}`, so this value of the discriminator means nothing");
        self.check.error("unknown-reference", at.as_str(), message, help);
    }

    fn wrong_kind(&mut self, value: &Value, shape: Shape, at: &Pointer) {
        let help = match (shape, value) {
            (Shape::Text | Shape::Word(_), Value::Number(_) | Value::Bool(_)) => "put it in quotes".to_owned(),
            (Shape::Word(_), Value::Array(_)) => {
                "lists of types belong to OpenAPI 3.1; write one type, and `nullable: true` for `null`".to_owned()
            }
            (Shape::Flag, Value::String(text)) if text == "true" || text == "false" => {
                format!("write {text} without quotes")
            }
            (Shape::Flag, Value::Number(_)) if at.as_str().contains("/exclusiveM") => {
                "numbers here belong to OpenAPI 3.1; put the number into `minimum` or `maximum`, and `true` here"
                    .to_owned()
            }
            (Shape::Count | Shape::Number, Value::String(_)) => "write the number without quotes".to_owned(),
            (Shape::List(_), Value::String(_)) => "make it a list: put it on a line of its own after `- `".to_owned(),
            (_, Value::Null) => "write a value, or remove the key".to_owned(),
            _ => format!("write {} here, or remove the key", wanted(shape)),
        };
        let message = format!("this must be {}, but it is {}", wanted(shape), what(value));
        self.check.error("wrong-kind", at.as_str(), message, help);
    }
}

/// Keys that are right, but for a later version.
fn newer(kind: Kind, key: &str) -> Option<&'static str> {
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

fn wanted(shape: Shape) -> String {
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
