//! What the repairs make of each fault. How they speak of it is in the snapshots of `tests/broken.rs`.

use serde_json::{Value, json};

use super::repair;
use crate::{
    diagnostic::{Report, Severity},
    document::{Document, Origins},
};

/// The document after the repairs, and the codes of what they said.
fn repaired(root: Value) -> (Value, Vec<&'static str>) {
    let mut report = Report::new();
    let document = Document { root, origins: Origins::of_file("api.yaml"), absent: Vec::new() };
    let once = repair(document, &mut report);
    assert!(report.diagnostics().iter().all(|found| found.severity == Severity::Warning));
    // What is mended stays mended.
    let mut again = Report::new();
    assert_eq!(repair(once.clone(), &mut again), once);
    assert!(again.diagnostics().is_empty(), "{again:?}");
    (once.root, report.diagnostics().iter().map(|found| found.code).collect())
}

fn schema(before: Value, after: Value, codes: &[&str]) {
    let within = |schema: Value| json!({"components": {"schemas": {"A": schema}}});
    assert_eq!(repaired(within(before)), (within(after), codes.to_vec()));
}

fn operation(path: &str, before: Value, after: Value, codes: &[&str]) {
    let within = |operation: Value| json!({"paths": {path: {"get": operation}}});
    assert_eq!(repaired(within(before)), (within(after), codes.to_vec()));
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
        json!({"type": "integer", "enum": [1, "x"]}),
        &["repaired-enum-type"],
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
    operation("/a/{id}/{name}", named("other"), named("other"), &[]);
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
    let (after, codes) = repaired(json!({"paths": {"/a/{id}": {"get": {}, "put": {"operationId": "getAById"}}}}));
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

#[test]
fn what_is_absent_admits_anything() {
    let mut report = Report::new();
    let document = Document {
        root: json!({"components": {"schemas": {"A": {"$ref": "gone.yaml", "nullable": true}}}}),
        origins: Origins::of_file("api.yaml"),
        absent: vec![("/components/schemas/A".to_owned(), "gone.yaml".to_owned())],
    };
    let document = repair(document, &mut report);
    assert_eq!(document.root, json!({"components": {"schemas": {"A": {"nullable": true}}}}));
    assert_eq!(report.diagnostics()[0].code, "repaired-absent-file");
}
