//! What the repairs make of each fault. How they speak of it is in the snapshots of `tests/broken.rs`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::repair;
use crate::{
    diagnostic::{Report, Severity},
    document::{Document, Origins},
};

/// The document with everything that these tests do not speak of, so that nothing else is at fault.
fn complete(mut root: Value) -> Value {
    let mut add = |parent: &str, key: &str, value: Value| {
        if let Some(parent) = root.pointer_mut(parent).and_then(Value::as_object_mut) {
            parent.entry(key).or_insert(value);
        }
    };
    add("", "openapi", json!("3.0.3"));
    add("", "info", json!({"title": "T", "version": "1"}));
    add("", "paths", json!({}));
    add("", "components", json!({}));
    for section in ["schemas", "parameters", "responses"] {
        add("/components", section, json!({}));
    }
    add("/components/schemas", "B", json!({}));
    add("/components/parameters", "P", json!({"name": "p", "in": "query", "schema": {}}));
    add("/components/responses", "R", json!({"description": "d"}));
    for item in root["paths"].as_object_mut().unwrap().values_mut() {
        for operation in item.as_object_mut().unwrap().values_mut().filter_map(Value::as_object_mut) {
            operation.entry("responses").or_insert(json!({"204": {"description": "d"}}));
        }
    }
    root
}

/// The document after the repairs, and the codes of what they said.
fn repaired(root: Value) -> (Value, Vec<&'static str>) {
    let root = complete(root);
    let mut report = Report::new();
    let document = Document { root, origins: Origins::of_file("api.yaml"), dead: BTreeMap::new() };
    let once = repair(document, &mut report);
    assert!(report.diagnostics().iter().all(|found| found.severity() == Severity::Warning));
    // What is mended stays mended.
    let mut again = Report::new();
    assert_eq!(repair(once.clone(), &mut again), once);
    assert!(again.diagnostics().is_empty(), "{again:?}");
    (once.root, report.diagnostics().iter().map(|found| found.code).collect())
}

fn schema(before: Value, after: Value, codes: &[&str]) {
    let within = |schema: Value| json!({"components": {"schemas": {"A": schema}}});
    assert_eq!(repaired(within(before)), (complete(within(after)), codes.to_vec()));
}

fn operation(path: &str, before: Value, after: Value, codes: &[&str]) {
    let within = |operation: Value| json!({"paths": {path: {"get": operation}}});
    assert_eq!(repaired(within(before)), (complete(within(after)), codes.to_vec()));
}

#[test]
fn sound_schemas_are_left_alone() {
    for sound in [
        json!({}),
        json!({"type": "string", "enum": ["a", null], "nullable": true, "default": "a"}),
        json!({"type": "string", "default": null, "example": null}),
        json!({"allOf": [{"$ref": "#/components/schemas/B"}, {"type": "object", "required": ["inherited"], "properties": {}}]}),
        json!({"allOf": [{"$ref": "#/components/schemas/B"}], "properties": {"a": {}}, "required": ["inherited"]}),
        json!({"type": "object", "required": ["required"], "properties": {"required": {"type": "boolean"}}}),
        json!({"type": "integer", "default": 1, "minimum": 0.5}),
        json!({"type": "number", "enum": [1, 1.5], "default": 1}),
        json!({"oneOf": [{"type": "string"}], "enum": ["x"]}),
        json!({"type": "string", "format": "our-own-format"}),
    ] {
        schema(sound.clone(), sound, &[]);
    }
}

#[test]
fn types() {
    schema(json!({"type": "date-time"}), json!({"type": "string", "format": "date-time"}), &["repaired-type"]);
    schema(json!({"type": "String", "format": "x"}), json!({"type": "string", "format": "x"}), &["repaired-type"]);
    schema(json!({"type": "file"}), json!({"type": "string", "format": "binary"}), &["repaired-type"]);
    schema(json!({"properties": {}}), json!({"properties": {}, "type": "object"}), &["repaired-missing-type"]);
    schema(json!({"enum": [1, null, 2]}), json!({"enum": [1, null, 2], "type": "integer"}), &["repaired-missing-type"]);
    schema(json!({"enum": [1, "a"]}), json!({"enum": [1, "a"]}), &[]);
    schema(json!({"format": "uuid"}), json!({"format": "uuid", "type": "string"}), &["repaired-missing-type"]);
    schema(json!({"type": "array"}), json!({"type": "array", "items": {}}), &["repaired-array-without-items"]);
    schema(json!({"type": "string", "items": {}}), json!({"type": "string"}), &["repaired-foreign-keyword"]);
    schema(
        json!({"type": "string", "format": "DateTime"}),
        json!({"type": "string", "format": "date-time"}),
        &["repaired-format"],
    );
    // Two faults at once: the type is mended before its items are missed.
    schema(
        json!({"type": "List"}),
        json!({"type": "array", "items": {}}),
        &["repaired-type", "repaired-array-without-items"],
    );
}

#[test]
fn values() {
    schema(
        json!({"type": "string", "enum": [false, 404, "a", "a"]}),
        json!({"type": "string", "enum": ["false", "404", "a"]}),
        &["repaired-enum-type", "repaired-enum-type", "repaired-duplicate-enum-value"],
    );
    schema(
        json!({"type": "integer", "enum": ["1", "x"]}),
        json!({"type": "integer", "enum": [1]}),
        &["repaired-enum-type", "enum-type"],
    );
    schema(
        json!({"type": "boolean", "default": "true"}),
        json!({"type": "boolean", "default": true}),
        &["repaired-default"],
    );
    schema(
        json!({"type": "array", "items": {}, "default": "a"}),
        json!({"type": "array", "items": {}}),
        &["repaired-default"],
    );
    schema(
        json!({"type": "string", "enum": ["a"], "default": "b"}),
        json!({"type": "string", "enum": ["a"]}),
        &["repaired-default"],
    );
    schema(
        json!({"type": "string", "minLength": "3"}),
        json!({"type": "string", "minLength": 3}),
        &["repaired-quoted-number"],
    );
    schema(
        json!({"type": "string", "maxLength": 30.0}),
        json!({"type": "string", "maxLength": 30}),
        &["repaired-quoted-number"],
    );
    schema(
        json!({"type": "string", "nullable": "true"}),
        json!({"type": "string", "nullable": true}),
        &["repaired-quoted-flag"],
    );
    schema(json!({"type": "string", "title": 1}), json!({"type": "string", "title": "1"}), &["repaired-unquoted-text"]);
    schema(json!({"type": "string", "description": null}), json!({"type": "string"}), &["repaired-empty-value"]);
}

#[test]
fn required_properties() {
    schema(
        json!({"type": "object", "properties": {"a": {"type": "string", "required": true}, "b": {"required": false}}}),
        json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {}}, "required": ["a"]}),
        &["repaired-required-flag", "repaired-required-flag"],
    );
    schema(json!({"type": "string", "required": true}), json!({"type": "string"}), &["repaired-required-flag"]);
    schema(
        json!({"type": "object", "required": ["a", "b"], "properties": {"a": {}}}),
        json!({"type": "object", "required": ["a"], "properties": {"a": {}}}),
        &["repaired-required"],
    );
}

#[test]
fn references_with_siblings() {
    let reference = json!({"$ref": "#/components/schemas/B"});
    schema(
        json!({"$ref": "#/components/schemas/B", "nullable": true, "description": null, "properties": {"a": {"type": "String"}}}),
        json!({"nullable": true, "properties": {"a": {"type": "string"}}, "allOf": [reference]}),
        &["repaired-empty-value", "repaired-reference-siblings", "repaired-type"],
    );
    schema(
        json!({"$ref": "#/components/schemas/B", "allOf": [{"type": "object"}]}),
        json!({"allOf": [reference, {"type": "object"}]}),
        &["repaired-reference-siblings"],
    );
    operation(
        "/a",
        json!({"operationId": "a", "responses": {"404": {"$ref": "#/components/responses/R", "description": "gone"}}}),
        json!({"operationId": "a", "responses": {"404": {"$ref": "#/components/responses/R"}}}),
        &["repaired-reference-siblings"],
    );
}

#[test]
fn parameters() {
    let named = |name: &str| json!({"operationId": "a", "parameters": [{"name": name, "in": "path", "required": true, "schema": {}}]});
    operation("/a/{id}", named("other"), named("id"), &["repaired-path-parameter-name"]);
    operation("/a/{id}", named("id"), named("id"), &[]);
    // Which of two is meant cannot be told.
    let text = |name: &str| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
    operation(
        "/a/{id}/{name}",
        named("other"),
        json!({"operationId": "a", "parameters": [text("id"), text("name")]}),
        &["surplus-path-parameter", "repaired-undeclared-path-parameter", "repaired-undeclared-path-parameter"],
    );
    operation(
        "/a/{id}",
        json!({"operationId": "a", "parameters": [{"name": "id", "in": "path", "type": "integer", "description": "d"}]}),
        json!({"operationId": "a", "parameters": [{"name": "id", "in": "path", "description": "d", "required": true, "schema": {"type": "integer"}}]}),
        &["repaired-optional-path-parameter", "repaired-parameter-without-schema"],
    );
    let twice = json!({"$ref": "#/components/parameters/P"});
    operation(
        "/a",
        json!({"operationId": "a", "parameters": [twice, twice]}),
        json!({"operationId": "a", "parameters": [twice]}),
        &["repaired-duplicate-parameter"],
    );
}

#[test]
fn a_shared_path_parameter_is_renamed_for_one_path_only() {
    let shared = json!({"P": {"name": "other", "in": "path", "required": true, "schema": {}}});
    let reference = json!([{"$ref": "#/components/parameters/P"}]);
    let before = json!({"paths": {"/a/{id}": {"parameters": reference}, "/b/{other}": {"parameters": reference}}, "components": {"parameters": shared}});
    let (after, codes) = repaired(before);
    assert_eq!(codes, ["repaired-path-parameter-name"]);
    assert_eq!(after["paths"]["/a/{id}"]["parameters"][0]["name"], "id");
    assert_eq!(after["paths"]["/b/{other}"]["parameters"], reference);
    assert_eq!(after["components"]["parameters"], shared);
}

#[test]
fn operations() {
    let (after, codes) = repaired(
        json!({"paths": {"/a/{id}": {"get": {}, "put": {"operationId": "getAById"}, "parameters": [{"name": "id", "in": "path", "required": true, "schema": {}}]}}}),
    );
    assert_eq!(after["paths"]["/a/{id}"]["get"]["operationId"], "getAById2");
    assert_eq!(codes, ["repaired-missing-operation-id"]);
    operation(
        "/a",
        json!({"operationId": "a", "responses": {"404": {}}}),
        json!({"operationId": "a", "responses": {"404": {"description": "Not found"}}}),
        &["repaired-missing-description"],
    );
    operation(
        "/a",
        json!({"operationId": "a", "responses": {"204": {"description": "d", "content": {"a/b": {}}}}}),
        json!({"operationId": "a", "responses": {"204": {"description": "d"}}}),
        &["repaired-no-content"],
    );
    operation(
        "/a",
        json!({"operationId": "a", "responses": {"200": {"description": "d", "content": {"schema": {"type": "string"}}}}}),
        json!({"operationId": "a", "responses": {"200": {"description": "d", "content": {"application/json": {"schema": {"type": "string"}}}}}}),
        &["repaired-content"],
    );
}

/// Each thing at fault, what is left when it is gone, and what was said.
#[test]
fn what_is_at_fault_is_left_out_alone() {
    // A member of a map, an element of a list, a key that may be missing.
    schema(
        json!({"type": "object", "properties": {"a": 1, "b": {"type": "string"}}}),
        json!({"type": "object", "properties": {"a": {}, "b": {"type": "string"}}}),
        &["wrong-kind"],
    );
    schema(json!({"type": "Nothing"}), json!({}), &["unknown-value"]);
    schema(json!({"discriminator": {"mapping": {}}}), json!({}), &["missing-key"]);
    schema(
        json!({"type": "object", "required": [{}, "a"]}),
        json!({"type": "object", "required": ["a"]}),
        &["wrong-kind"],
    );
    operation(
        "/a",
        json!({"operationId": "a", "parameters": [{"in": "query"}, {"name": "q", "in": "query", "schema": {}}]}),
        json!({"operationId": "a", "parameters": [{"name": "q", "in": "query", "schema": {}}]}),
        &["repaired-parameter-without-schema", "missing-key"],
    );
    // What cannot do without it goes too, and what refers to that.
    let broken = json!({"components": {
        "parameters": {"A": {"$ref": "#/components/parameters/C"}, "C": {"in": "nowhere", "name": "c", "schema": {}}},
        "schemas": {"A": {"properties": {"n": {"$ref": "#/components/schemas/Nothing"}}, "type": "object"}},
    }});
    let (after, codes) = repaired(broken);
    assert_eq!(codes, ["unknown-value", "unknown-reference", "unknown-reference"]);
    assert_eq!(after["components"]["schemas"]["A"]["properties"]["n"], json!({}));
    assert_eq!(after["components"]["parameters"].as_object().unwrap().keys().collect::<Vec<_>>(), ["P"]);
}

#[test]
fn circles_are_cut() {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let (after, codes) = repaired(json!({"components": {"schemas": {
        "A": {"allOf": [reference("C"), {"type": "object"}]},
        "C": {"allOf": [reference("A")]},
    }}}));
    assert_eq!(codes, ["composition-cycle"]);
    assert_eq!(after["components"]["schemas"]["A"]["allOf"], json!([reference("C"), {"type": "object"}]));
    assert_eq!(after["components"]["schemas"]["C"]["allOf"], json!([{}]));
}
