//! What bundling makes of documents and files.

use serde_json::{Value, json};

use super::bundle;
use crate::{
    diagnostic::{Origin, Report, Verdict},
    document::Document,
    load::load,
    source::Memory,
};

const HEAD: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\n";

fn bundled_with(files: &[(&str, &str)]) -> (Document, Report) {
    let mut reader = Memory::new();
    for (path, text) in files {
        reader = reader.with(*path, *text);
    }
    let mut report = Report::new();
    let document = bundle(load(&reader, files[0].0, &mut report).unwrap(), &mut report);
    (document, report)
}

fn bundled(files: &[(&str, &str)]) -> Document {
    let (document, report) = bundled_with(files);
    assert!(report.diagnostics().is_empty(), "{report:?}");
    document
}

fn at<'d>(document: &'d Document, pointer: &str) -> &'d Value {
    document.root.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer} of {:#}", document.root))
}

fn schemas(document: &Document) -> Vec<&String> {
    at(document, "/components/schemas").as_object().unwrap().keys().collect()
}

#[test]
fn a_document_of_one_file_stays_as_it_is() {
    let text = "paths:\n  /a: { get: { parameters: [ { $ref: '#/components/parameters/p' } ] } }\ncomponents:\n  parameters: { p: { name: p } }\n  schemas: { B: { $ref: '#/components/schemas/A' }, A: { example: { $ref: '#/x' } } }\n";
    let text = format!("{HEAD}{text}");
    let document = bundled(&[("api.yaml", &text)]);
    let same: Value = serde_yaml::from_str(&text).unwrap();
    assert_eq!(document.root, same);
}

#[test]
fn files_become_components_by_what_they_are_used_as() {
    let main = format!("{HEAD}paths:\n  /a: {{ $ref: paths/a.yaml }}\n");
    let document = bundled(&[
        ("api.yaml", &main),
        (
            "paths/a.yaml",
            "parameters: [ { $ref: ../limit.yaml } ]\nget:\n  responses:\n    '200':\n      content:\n        x/y:\n          schema: { $ref: '../Pet.yaml' }\n          examples: { e: { $ref: ../e.yaml } }\n          example: { $ref: ../data.yaml }\n    '400': { $ref: ../400.yaml }\n",
        ),
        ("limit.yaml", "name: limit\nin: query\nschema: { $ref: Limit.yaml }\n"),
        ("Limit.yaml", "type: integer\n"),
        (
            "Pet.yaml",
            "type: object\nproperties:\n  parent: { $ref: Pet.yaml }\n  name: { $ref: 'common.yaml#/definitions/Name' }\n",
        ),
        ("common.yaml", "definitions:\n  Name: { type: string }\n"),
        ("400.yaml", "description: bad\n"),
        ("e.yaml", "value: 1\n"),
        ("data.yaml", "[1, 2]\n"),
    ]);
    assert_eq!(at(&document, "/paths/~1a/parameters/0"), &json!({"$ref": "#/components/parameters/limit"}));
    assert_eq!(at(&document, "/components/parameters/limit/schema"), &json!({"$ref": "#/components/schemas/Limit"}));
    let media = "/paths/~1a/get/responses/200/content/x~1y";
    assert_eq!(at(&document, &format!("{media}/schema")), &json!({"$ref": "#/components/schemas/Pet"}));
    assert_eq!(at(&document, &format!("{media}/examples/e")), &json!({"$ref": "#/components/examples/e"}));
    assert_eq!(at(&document, &format!("{media}/example")), &json!([1, 2]));
    assert_eq!(at(&document, "/paths/~1a/get/responses/400"), &json!({"$ref": "#/components/responses/400"}));
    assert_eq!(schemas(&document), ["Limit", "Name", "Pet"]);
    assert_eq!(
        at(&document, "/components/schemas/Pet/properties"),
        &json!({"parent": {"$ref": "#/components/schemas/Pet"}, "name": {"$ref": "#/components/schemas/Name"}})
    );
    // Every part knows where it was written.
    assert_eq!(document.origin("/paths/~1a/get/responses"), Origin::new("paths/a.yaml", "/get/responses"));
    assert_eq!(document.origin("/components/schemas/Name/type"), Origin::new("common.yaml", "/definitions/Name/type"));
    assert_eq!(document.origin("/info"), Origin::new("api.yaml", "/info"));
}

#[test]
fn the_main_document_names_what_its_components_refer_to() {
    let main = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Animal: {{ $ref: schemas/Pet.yaml }}\n    Beast: {{ $ref: schemas/Pet.yaml }}\n    Zoo: {{ type: array, items: {{ $ref: schemas/Pet.yaml }} }}\n"
    );
    let document = bundled(&[
        ("api.yaml", &main),
        ("schemas/Pet.yaml", "type: object\nproperties: { a: { $ref: ../api.yaml#/components/schemas/Zoo } }\n"),
    ]);
    assert_eq!(schemas(&document), ["Animal", "Beast", "Zoo"]);
    assert_eq!(at(&document, "/components/schemas/Animal/type"), "object");
    assert_eq!(at(&document, "/components/schemas/Animal/properties/a"), &json!({"$ref": "#/components/schemas/Zoo"}));
    assert_eq!(at(&document, "/components/schemas/Beast"), &json!({"$ref": "#/components/schemas/Animal"}));
    assert_eq!(at(&document, "/components/schemas/Zoo/items"), &json!({"$ref": "#/components/schemas/Animal"}));
    assert_eq!(document.origin("/components/schemas/Animal/type"), Origin::new("schemas/Pet.yaml", "/type"));
}

#[test]
fn names_do_not_depend_on_the_order_of_discovery() {
    let files = |first: &str, second: &str| {
        let main = format!(
            "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    All: {{ oneOf: [ {{ $ref: {first} }}, {{ $ref: {second} }} ] }}\n"
        );
        let document = bundled(&[
            ("api.yaml", &main),
            ("s/Role.yaml", "title: upper\n"),
            ("s/access/Role.yaml", "title: lower\n"),
        ]);
        let names: Vec<String> = schemas(&document).into_iter().cloned().collect();
        (names, at(&document, "/components/schemas/Role/title").clone())
    };
    let there = files("s/Role.yaml", "s/access/Role.yaml");
    assert_eq!(there, files("s/access/Role.yaml", "s/Role.yaml"));
    assert_eq!(there, (vec!["All".to_owned(), "AccessRole".to_owned(), "Role".to_owned()], json!("upper")));
}

#[test]
fn parts_of_components_become_components_of_their_own() {
    let main = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Pet: {{ properties: {{ tag: {{ type: string }} }} }}\n    Tag: {{ $ref: '#/components/schemas/Pet/properties/tag' }}\n    List: {{ items: {{ $ref: '#/components/schemas/Pet/properties/tag' }} }}\n"
    );
    let document = bundled(&[("api.yaml", &main)]);
    assert_eq!(at(&document, "/components/schemas/Tag"), &json!({"type": "string"}));
    let tag = json!({"$ref": "#/components/schemas/Tag"});
    assert_eq!(at(&document, "/components/schemas/Pet/properties/tag"), &tag);
    assert_eq!(at(&document, "/components/schemas/List/items"), &tag);
}

#[test]
fn what_cannot_be_a_component_is_copied_in() {
    let main = format!("{HEAD}paths: {{ $ref: paths.yaml }}\ncomponents: {{ schemas: {{ $ref: schemas.yaml }} }}\n");
    let document = bundled(&[
        ("api.yaml", &main),
        ("paths.yaml", "/a: { $ref: 'items.yaml#/a', summary: mine }\n"),
        ("items.yaml", "a: { summary: theirs, get: { tags: { $ref: tags.yaml } } }\n"),
        ("tags.yaml", "[x]\n"),
        ("schemas.yaml", "Pet: { $ref: Pet.yaml }\nTag: { type: string }\n"),
        ("Pet.yaml", "properties: { $ref: properties.yaml }\n"),
        ("properties.yaml", "tag: { $ref: 'api.yaml#/components/schemas/Tag' }\n"),
    ]);
    assert_eq!(at(&document, "/paths/~1a"), &json!({"summary": "mine", "get": {"tags": ["x"]}}));
    assert_eq!(document.origin("/paths/~1a/summary"), Origin::new("paths.yaml", "/~1a/summary"));
    assert_eq!(document.origin("/paths/~1a/get"), Origin::new("items.yaml", "/a/get"));
    assert_eq!(schemas(&document), ["Pet", "Tag"]);
    assert_eq!(at(&document, "/components/schemas/Pet/properties/tag"), &json!({"$ref": "#/components/schemas/Tag"}));
    assert_eq!(at(&document, "/components/schemas/Tag"), &json!({"type": "string"}));
}

#[test]
fn mappings_name_schemas_by_reference() {
    let main = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    Any: {{ $ref: s/Any.yaml }}\n    Own: {{ type: object }}\n"
    );
    let document = bundled(&[
        ("api.yaml", &main),
        (
            "s/Any.yaml",
            "oneOf: [ { $ref: Cat.yaml } ]\ndiscriminator:\n  propertyName: t\n  mapping: { cat: ./Cat.yaml, own: Own, by: '../api.yaml#/components/schemas/Own', short: Cat, none: Nothing }\n",
        ),
        ("s/Cat.yaml", "type: object\n"),
    ]);
    let cat = "#/components/schemas/Cat";
    let own = "#/components/schemas/Own";
    assert_eq!(
        at(&document, "/components/schemas/Any/discriminator/mapping"),
        &json!({"cat": cat, "own": own, "by": own, "short": cat, "none": "Nothing"})
    );
}

#[test]
fn data_with_a_reference_in_it_stays_data() {
    let main = format!(
        "{HEAD}paths: {{}}\ncomponents:\n  schemas:\n    A: {{ example: {{ $ref: 'https://x/Users/1', value: 1 }}, default: {{ $ref: x.yaml }}, properties: {{ $ref: {{ type: string }} }}, x-note: {{ $ref: nowhere }} }}\n"
    );
    let document = bundled(&[("api.yaml", &main)]);
    let same: Value = serde_yaml::from_str(&main).unwrap();
    assert_eq!(document.root, same);
}

#[test]
fn faults_of_a_file_are_told_only_if_something_needs_it() {
    let main = format!("{HEAD}paths: {{}}\nx-old: {{ $ref: broken.yaml }}\n");
    bundled(&[("api.yaml", &main), ("broken.yaml", "a: [")]);
    let main = format!(
        "{HEAD}paths: {{}}\ncomponents: {{ schemas: {{ A: {{ $ref: twice.yaml }}, B: {{ $ref: twice.yaml }} }} }}\n"
    );
    let (_, report) = bundled_with(&[("api.yaml", &main), ("twice.yaml", "type: string\ntype: integer\n")]);
    assert_eq!(report.diagnostics().iter().map(|found| found.code).collect::<Vec<_>>(), ["duplicate-key"]);
}

#[test]
fn what_cannot_be_followed_admits_anything_or_is_noted() {
    let main = format!(
        "{HEAD}paths: {{ /a: {{ get: {{ parameters: [{{ $ref: gone.yaml }}] }} }} }}\ncomponents: {{ schemas: {{ A: {{ properties: {{ a: {{ $ref: gone.yaml, nullable: true }} }} }} }} }}\n"
    );
    let (document, report) = bundled_with(&[("api.yaml", &main)]);
    let codes: Vec<_> = report.diagnostics().iter().map(|found| (found.code, found.verdict)).collect();
    assert_eq!(codes, [("unreadable-file", Verdict::LeftOut)]);
    assert_eq!(at(&document, "/components/schemas/A/properties/a"), &json!({"nullable": true}));
    let dead: Vec<&String> = document.dead.keys().collect();
    assert_eq!(dead, ["/paths/~1a/get/parameters/0"]);
}
