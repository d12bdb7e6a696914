//! Brings a document of OpenAPI 3.1 to the words of 3.0, so that everything after knows one language.
//!
//! Nothing is reported, because nothing is wrong. What 3.0 has no words for but only narrows what is valid (`if`, `contains`, …) is
//! left out, since it changes no type; anything else is reported as an unknown key later. After "What's changed" in the
//! OpenAPI Specification 3.1.0, and JSON Schema 2020-12.

mod version;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::{
    diagnostic::Report,
    document::Document,
    grammar::{Kind, Shape, visit_mut},
    pointer::Pointer,
};

type Object = Map<String, Value>;

/// Keys that say nothing about the shape of data, or whose content has become components.
const DROPPED: [&str; 7] = ["$schema", "$id", "$comment", "$anchor", "$dynamicAnchor", "$defs", "$vocabulary"];

/// Keys that say which values are valid, but not what they are: a type without them takes the same values and more.
const NARROWING: [&str; 13] = [
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "patternProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Gives a document of 3.0. `None`, with an error, for what is no OpenAPI document or of a version that is not understood.
pub(crate) fn modernise(mut document: Document, report: &mut Report) -> Option<Document> {
    let minor = version::minor(&document, report)?;
    if minor == 0 {
        if let Some(version) = document.root.get_mut("openapi").filter(|version| !version.is_string()) {
            *version = json!("3.0.3");
        }
        return Some(document);
    }
    if minor > 1 {
        let message = format!("OpenAPI 3.{minor} is read as 3.1");
        let help = "what is new in it is reported as an unknown key, and ignored";
        report.warning("newer-version", document.origin("/openapi"), message, help);
    }
    if let Some(root) = document.root.as_object_mut() {
        let hooks = root.shift_remove("webhooks");
        if hooks.is_some_and(|hooks| hooks.as_object().is_some_and(|hooks| !hooks.is_empty())) {
            let message = "webhooks are left out: they call the client, and a client is all that is generated";
            let help = "nothing, unless an operation was meant";
            report.warning("webhooks", document.origins.of("/webhooks").key(), message, help);
        }
        root.shift_remove("jsonSchemaDialect");
        root.insert("openapi".to_owned(), json!("3.0.3"));
        root.entry("paths").or_insert_with(|| json!({}));
    }
    whole_schemas(&mut document.root);
    visit_mut(&mut document.root, Shape::Object(Kind::OpenApi), &mut Pointer::default(), &mut |kind, object, _| {
        match kind {
            Kind::Schema => schema(object),
            // Saying nothing about the response is fine in 3.1.
            Kind::Operation => drop(object.entry("responses").or_insert_with(any_response)),
            Kind::Components => drop(object.shift_remove("pathItems")),
            Kind::Info => drop(object.shift_remove("summary")),
            Kind::License => drop(object.shift_remove("identifier")),
            _ => {}
        }
        members(kind, object);
    });
    Some(document)
}

/// Responses of any status, with any bytes.
pub(crate) fn any_response() -> Value {
    json!({ "default": {
        "description": "Any response.",
        "content": { "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } },
    } })
}

/// `components` may hold schemas that are just `true` or `false`.
fn whole_schemas(root: &mut Value) {
    if let Some(schemas) = root.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.values_mut().for_each(flag);
    }
}

/// Schemas that are just `true` or `false`, in the members of an object.
fn members(kind: Kind, object: &mut Object) {
    for (key, member) in object {
        match kind.shape_of(key) {
            Some(Shape::Component(Kind::Schema)) => flag(member),
            Some(Shape::Map(Shape::Component(Kind::Schema))) => {
                member.as_object_mut().into_iter().flat_map(Map::values_mut).for_each(flag);
            }
            Some(Shape::List(Shape::Component(Kind::Schema))) => {
                member.as_array_mut().into_iter().flatten().for_each(flag);
            }
            _ => {}
        }
    }
}

/// `true` admits anything, `false` nothing.
fn flag(schema: &mut Value) {
    match schema {
        Value::Bool(true) => *schema = json!({}),
        Value::Bool(false) => *schema = json!({ "not": {} }),
        _ => {}
    }
}

fn schema(schema: &mut Object) {
    for key in DROPPED.into_iter().chain(NARROWING) {
        schema.shift_remove(key);
    }
    // `items` is about what follows the elements that have a schema each, so a list of all of them holds anything.
    if schema.shift_remove("prefixItems").is_some() {
        schema.insert("items".to_owned(), json!({}));
        schema.entry("type").or_insert_with(|| json!("array"));
    }
    siblings(schema);
    constant(schema);
    types(schema);
    null_variant(schema);
    // Not saying what the elements are is fine in 3.1.
    if schema.get("type").and_then(Value::as_str) == Some("array") {
        schema.entry("items").or_insert_with(|| json!({}));
    }
    bound(schema, "minimum", "exclusiveMinimum");
    bound(schema, "maximum", "exclusiveMaximum");
    if let Some(Value::Array(examples)) = schema.shift_remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        schema.entry("example").or_insert(first);
    }
    encoding(schema);
}

/// What stands beside a `$ref` counts in 3.1.
fn siblings(schema: &mut Object) {
    if schema.len() > 1
        && let Some(reference) = schema.shift_remove("$ref")
    {
        let mut parts = vec![json!({ "$ref": reference })];
        if let Some(Value::Array(more)) = schema.shift_remove("allOf") {
            parts.extend(more);
        }
        schema.insert("allOf".to_owned(), Value::Array(parts));
    }
}

/// `const` is an enum of one value.
fn constant(schema: &mut Object) {
    let Some(value) = schema.shift_remove("const") else { return };
    if let (false, Some(of)) = (schema.contains_key("type"), crate::values::type_of(&value)) {
        schema.insert("type".to_owned(), json!(of));
    }
    schema.insert("enum".to_owned(), Value::Array(vec![value]));
}

/// A list of types: `null` among them means nullable, several others a union.
fn types(schema: &mut Object) {
    if schema.get("type").and_then(Value::as_str) == Some("null") {
        schema.shift_remove("type");
        schema.insert("nullable".to_owned(), json!(true));
        return;
    }
    let Some(Value::Array(listed)) = schema.get("type") else { return };
    let mut types: Vec<Value> = listed.clone();
    types.retain(|of| of != "null");
    if types.len() < listed.len() {
        schema.insert("nullable".to_owned(), json!(true));
    }
    // Each type gets the keywords that go with it, so one that is listed twice would double them.
    let mut known = BTreeSet::new();
    types.retain(|of| known.insert(of.to_string()));
    match types.as_slice() {
        [] => drop(schema.shift_remove("type")),
        [only] => drop(schema.insert("type".to_owned(), only.clone())),
        _ if schema.contains_key("oneOf") || schema.contains_key("anyOf") => drop(schema.shift_remove("type")),
        _ => {
            schema.shift_remove("type");
            let variants = types.into_iter().map(|of| variant(schema, of)).collect();
            schema.insert("anyOf".to_owned(), Value::Array(variants));
            for (key, _) in OF_TYPE {
                schema.shift_remove(key);
            }
        }
    }
}

/// Keywords that go with one of several types.
const OF_TYPE: [(&str, &str); 7] = [
    ("properties", "object"),
    ("required", "object"),
    ("additionalProperties", "object"),
    ("items", "array"),
    ("format", "string"),
    ("pattern", "string"),
    ("enum", "string"),
];

fn variant(schema: &Object, of: Value) -> Value {
    let mut variant = Object::new();
    for (key, owner) in OF_TYPE {
        if let Some(value) = schema.get(key).filter(|_| of == owner) {
            variant.insert(key.to_owned(), value.clone());
        }
    }
    if of == "array" {
        variant.entry("items").or_insert_with(|| json!({}));
    }
    variant.insert("type".to_owned(), of);
    Value::Object(variant)
}

/// `oneOf: [X, { type: null }]` is a nullable X.
fn null_variant(schema: &mut Object) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(variants)) = schema.get_mut(key) else { continue };
        let before = variants.len();
        variants.retain(|variant| variant.get("type").and_then(Value::as_str) != Some("null"));
        if variants.len() == before {
            continue;
        }
        let only = if variants.len() == 1 { variants.pop() } else { None };
        if only.is_some() || variants.is_empty() {
            schema.shift_remove(key);
        }
        if let Some(only) = only {
            let parts = schema.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(parts) = parts {
                parts.push(only);
            }
        }
        schema.insert("nullable".to_owned(), json!(true));
    }
}

/// An exclusive bound is a number of its own in 3.1, and a flag beside the bound in 3.0.
fn bound(schema: &mut Object, plain: &str, exclusive: &str) {
    let Some(Value::Number(number)) = schema.get(exclusive).cloned() else { return };
    let limit = schema.get(plain).and_then(Value::as_f64);
    let is_tighter = match (limit, number.as_f64()) {
        (Some(limit), Some(number)) if plain == "minimum" => number >= limit,
        (Some(limit), Some(number)) => number <= limit,
        _ => true,
    };
    if is_tighter {
        schema.insert(plain.to_owned(), Value::Number(number));
        schema.insert(exclusive.to_owned(), json!(true));
    } else {
        schema.shift_remove(exclusive);
    }
}

/// Text that holds bytes.
fn encoding(schema: &mut Object) {
    let encoding = schema.shift_remove("contentEncoding");
    let media_type = schema.shift_remove("contentMediaType");
    let format = match (encoding.as_ref().and_then(Value::as_str), media_type.as_ref().and_then(Value::as_str)) {
        (Some("base64" | "base64url"), _) => "byte",
        (None, Some(media_type)) if !media_type.starts_with("text/") && !media_type.ends_with("json") => "binary",
        _ => return,
    };
    schema.entry("type").or_insert_with(|| json!("string"));
    schema.entry("format").or_insert_with(|| json!(format));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    use crate::document::Origins;

    fn modern(root: Value) -> Value {
        let document = Document { root, origins: Origins::of_file("api.yaml"), dead: BTreeMap::new() };
        modernise(document, &mut Report::new()).unwrap().root
    }

    fn becomes(before: Value, after: Value) {
        let within = |version: &str, schema: Value| json!({"openapi": version, "paths": {}, "components": {"schemas": {"A": schema}}});
        assert_eq!(modern(within("3.1.0", before.clone())), within("3.0.3", after));
        // A document of 3.0 is left alone.
        assert_eq!(modern(within("3.0.3", before.clone())), within("3.0.3", before));
    }

    #[test]
    fn types_and_null() {
        becomes(json!({"type": ["string", "null"]}), json!({"type": "string", "nullable": true}));
        becomes(json!({"type": "null"}), json!({"nullable": true}));
        becomes(json!({"type": ["null"]}), json!({"nullable": true}));
        becomes(
            json!({"type": ["string", "array"], "items": {"type": "string"}, "title": "t"}),
            json!({"title": "t", "anyOf": [{"type": "string"}, {"items": {"type": "string"}, "type": "array"}]}),
        );
        let reference = json!({"$ref": "#/components/schemas/B"});
        becomes(json!({"oneOf": [reference, {"type": "null"}]}), json!({"allOf": [reference], "nullable": true}));
        becomes(
            json!({"anyOf": [{"type": "null"}, {"type": "string"}, {"type": "integer"}]}),
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": true}),
        );
    }

    #[test]
    fn other_words() {
        becomes(json!({"const": "a"}), json!({"type": "string", "enum": ["a"]}));
        becomes(json!({"exclusiveMinimum": 1}), json!({"exclusiveMinimum": true, "minimum": 1}));
        becomes(json!({"exclusiveMaximum": 9, "maximum": 5}), json!({"maximum": 5}));
        becomes(json!({"examples": [1, 2]}), json!({"example": 1}));
        becomes(json!({"contentEncoding": "base64"}), json!({"type": "string", "format": "byte"}));
        becomes(json!({"$defs": {"X": {}}, "$schema": "s", "items": true}), json!({"items": {}}));
        becomes(
            json!({"prefixItems": [{}], "items": false, "if": {}, "contains": {}}),
            json!({"items": {}, "type": "array"}),
        );
        becomes(json!({"properties": {"a": false}}), json!({"properties": {"a": {"not": {}}}}));
        becomes(
            json!({"$ref": "#/components/schemas/B", "description": "d"}),
            json!({"description": "d", "allOf": [{"$ref": "#/components/schemas/B"}]}),
        );
    }

    #[test]
    fn a_whole_document_of_3_1_passes() {
        let text = r"
openapi: 3.1.0
info: { title: T, version: '1', summary: S, license: { name: MIT, identifier: MIT } }
paths:
  /pets/{id}:
    $ref: '#/components/pathItems/Pet'
components:
  pathItems:
    Pet:
      get:
        operationId: getPet
        parameters:
          - { name: id, in: path, required: true, schema: { type: [string, 'null'], examples: [a] } }
        responses:
          '200':
            description: The pet.
            content:
              application/json:
                schema: { $ref: '#/components/schemas/Pet', description: It. }
  schemas:
    Pet:
      type: object
      properties:
        kind: { const: cat }
        age: { type: integer, exclusiveMinimum: 0 }
        tag: { $ref: '#/components/schemas/Pet/$defs/Tag' }
        any: true
      $defs:
        Tag: { type: [string, integer] }
";
        let reader = crate::source::Memory::new().with("api.yaml", text);
        let mut report = Report::new();
        let files = crate::load::load(&reader, "api.yaml", &mut report).unwrap();
        let document = modernise(crate::bundle::bundle(files, &mut report), &mut report).unwrap();
        let document = crate::repair::repair(document, &mut report);
        assert!(crate::validate::validate(document, &mut report).is_some());
        assert!(report.diagnostics().is_empty(), "{}", report.render(&reader));
    }

    #[test]
    fn the_document_around() {
        let mut report = Report::new();
        let root = json!({"openapi": "3.1.1", "info": {"summary": "s"}, "webhooks": {"w": {}}, "components": {"pathItems": {}}});
        let document = Document { root, origins: Origins::of_file("api.yaml"), dead: BTreeMap::new() };
        let document = modernise(document, &mut report).unwrap();
        assert_eq!(document.root, json!({"openapi": "3.0.3", "info": {}, "components": {}, "paths": {}}));
        assert_eq!(report.diagnostics()[0].code, "webhooks");
    }
}
