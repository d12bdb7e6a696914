//! Small documents that could be much work: what doubles with each level, grows with the square of a number, or takes a
//! stack as deep as a chain is long. That a test ends is what it shows; how long it takes is not asserted.
#![allow(clippy::expect_used, reason = "tests assert by panicking")]

use std::fmt::Write as _;

use generator::{Generation, Memory};

const CONFIG: &str = "crate: { name: c, version: 0.1.0, description: D., documentation: D., runtime: { path: r } }
apis: [{ module: api, document: api.yaml }]\n";

/// The crate of a document with these schemas, of which the operation takes `A0` and gives it back.
fn generated(schemas: &str) -> Generation {
    let body = "content: { application/json: { schema: { $ref: '#/components/schemas/A0' } } }";
    let paths = format!(
        "  /a:\n    post:\n      operationId: a\n      requestBody: {{ required: true, {body} }}\n      responses: {{ '200': {{ description: d, {body} }} }}\n"
    );
    whole(&format!("paths:\n{paths}components:\n  schemas:\n{schemas}"))
}

fn whole(rest: &str) -> Generation {
    let document = format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\n{rest}");
    let reader = Memory::new().with("apis.yaml", CONFIG).with("api.yaml", document);
    let generation = generator::generate(&reader, "apis.yaml", "cargo test");
    let errors = generation.report.has_errors();
    assert!(!errors, "{:.3000}", generation.report.render(&reader));
    generation
}

fn codes(schemas: &str) -> Vec<&'static str> {
    let document =
        format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}");
    let reader = Memory::new().with("api.yaml", document);
    let report = generator::check_document(&reader, "api.yaml");
    assert_eq!(report.render(&reader).is_empty(), report.diagnostics().is_empty());
    let mut codes: Vec<_> = report.diagnostics().iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes
}

/// `levels` schemas `A0`, `A1`, …, each made of what comes after it, and the last of one property.
fn tower(levels: usize, level: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for n in 0..levels {
        let next = format!("$ref: '#/components/schemas/A{}'", n + 1);
        let _ = writeln!(text, "    A{n}: {{ {} }}", level(&next));
    }
    let _ = writeln!(text, "    A{levels}: {{ type: object, properties: {{ end: {{ type: string }} }} }}");
    text
}

fn text_of<'g>(generation: &'g Generation, file: &str) -> &'g str {
    generation.files.get(file).expect("the file is there")
}

#[test]
fn all_of_twice_the_same() {
    let twice = tower(60, |next| format!("allOf: [{{ {next} }}, {{ {next} }}]"));
    assert!(text_of(&generated(&twice), "src/api/models/a0.rs").contains("end: "));
}

#[test]
fn alternatives_twice_the_same() {
    let twice = tower(40, |next| format!("allOf: [{{ oneOf: [{{ {next} }}, {{ {next} }}] }}, {{ type: object }}]"));
    assert!(text_of(&generated(&twice), "src/api/models/a0.rs").contains("end: "));
}

#[test]
fn the_parts_of_a_form_twice_the_same() {
    let form = "paths:\n  /a:\n    post:\n      operationId: a\n      requestBody: { content: { multipart/form-data: { schema: { $ref: '#/components/schemas/A0' } } } }\n      responses: { '204': { description: d } }\n";
    let twice = tower(60, |next| format!("allOf: [{{ {next} }}, {{ {next} }}]"));
    let generation = whole(&format!("{form}components:\n  schemas:\n{twice}"));
    assert!(text_of(&generation, "src/api/default.rs").contains("end"));
}

#[test]
fn discriminators_above_the_same_many_times() {
    let many = tower(16, |next| format!("allOf: [{}]", vec![format!("{{ {next} }}"); 30].join(", ")));
    let text = format!(
        "{many}    B: {{ discriminator: {{ propertyName: none }}, oneOf: [{{ $ref: '#/components/schemas/A0' }}] }}\n"
    );
    assert_eq!(codes(&text), ["discriminator-without-property"]);
}

#[test]
fn required_objects_in_required_objects() {
    let properties = |next: &str| (0..40).map(|n| format!("p{n}: {{ {next} }}")).collect::<Vec<_>>().join(", ");
    let required = (0..40).map(|n| format!("p{n}")).collect::<Vec<_>>().join(", ");
    let wide = tower(8, |next| format!("type: object, properties: {{ {} }}, required: [{required}]", properties(next)));
    assert!(generated(&wide).files.len() > 9);
}

#[test]
fn types_that_are_listed_twice() {
    let twice = "type: [array, array, string], items: { ".repeat(40);
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\ncomponents:\n  schemas:\n    A: {{ {twice} type: string{} }}\n",
        " }".repeat(40)
    );
    let reader = Memory::new().with("api.yaml", document);
    assert!(!generator::check_document(&reader, "api.yaml").has_errors());
}

#[test]
fn ways_from_type_to_type_need_no_stack() {
    let properties = tower(4_000, |next| format!("type: object, properties: {{ next: {{ {next} }} }}"));
    assert!(generated(&properties).files.len() > 4_000);
    let unions = tower(5_000, |next| format!("oneOf: [{{ {next} }}, {{ type: string }}]"));
    assert_eq!(codes(&unions), ["nested-too-deep"]);
    let through_lists =
        tower(3_000, |next| format!("type: object, properties: {{ all: {{ type: array, items: {{ {next} }} }} }}"));
    assert!(generated(&through_lists).files.len() > 3_000);
}

#[test]
fn lists_of_lists_end_in_json() {
    let generation = generated(&tower(3_000, |next| format!("type: array, items: {{ {next} }}")));
    let codes: Vec<_> = generation.report.diagnostics().iter().map(|finding| finding.code).collect();
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == "nested-too-deep"), "{codes:?}");
    // As deep as they may be, they can be printed.
    assert!(generated(&tower(100, |next| format!("type: array, items: {{ {next} }}"))).report.diagnostics().is_empty());
}

#[test]
fn very_many_values_properties_parameters_and_names() {
    let values: Vec<String> = (0..20_000).map(|n| format!("v{n}")).collect();
    generated(&format!("    A0: {{ type: string, enum: [{}] }}\n", values.join(", ")));
    let alike: Vec<String> = (0..3_000).map(|n| format!("'a{}'", "-".repeat(n % 3_000))).collect();
    generated(&format!("    A0: {{ type: string, enum: [{}] }}\n", alike.join(", ")));
    let properties: Vec<String> = (0..10_000).map(|n| format!("p{n}: {{ type: string }}")).collect();
    let names: Vec<String> = (0..10_000).map(|n| format!("p{n}")).collect();
    generated(&format!(
        "    A0: {{ type: object, properties: {{ {} }}, required: [{}] }}\n",
        properties.join(", "),
        names.join(", ")
    ));
    let parameters: Vec<String> =
        (0..20_000).map(|n| format!("{{ name: p{n}, in: query, schema: {{ type: string }} }}")).collect();
    let answer = "responses: { '204': { description: d } }";
    whole(&format!(
        "paths: {{ /a: {{ get: {{ operationId: a, parameters: [{}], {answer} }} }} }}\n",
        parameters.join(", ")
    ));
}

#[test]
fn very_many_wrong_names_among_very_many_right_ones() {
    let mut text = String::new();
    for n in 0..5_000 {
        let _ = writeln!(text, "    Name{n}: {{ $ref: '#/components/schemas/Nmae{n}' }}");
    }
    assert_eq!(codes(&text), ["unknown-reference"]);
    // Two long names take as much time as the product of their lengths.
    let long = "x".repeat(6_000);
    assert_eq!(
        codes(&format!("    ? {long}\n    : {{ $ref: '#/components/schemas/{long}y' }}\n")),
        ["unknown-reference"]
    );
}

#[test]
fn circles_through_very_many_schemas() {
    let mut text = String::new();
    for n in 0..3_000 {
        let back = "{ $ref: '#/components/schemas/A0' }";
        let _ =
            writeln!(text, "    A{n}: {{ allOf: [{{ $ref: '#/components/schemas/A{}' }}, {back}] }}", (n + 1) % 3_000);
    }
    let found = codes(&text);
    assert!(found.contains(&"composition-cycle"), "{found:?}");
}

#[test]
fn names_without_end() {
    let long = "Long".repeat(1_500);
    let inner: Vec<String> = (0..200).map(|n| format!("p{n}: {{ type: string, enum: [a, b] }}")).collect();
    let generation = generated(&format!(
        "    A0: {{ type: object, properties: {{ a: {{ $ref: '#/components/schemas/{long}' }} }} }}\n    ? {long}\n    : {{ type: object, properties: {{ {} }} }}\n",
        inner.join(", ")
    ));
    // Systems allow names of files up to 255 bytes.
    assert!(generation.files.keys().all(|path| path.split('/').all(|part| part.len() <= 200)));
    let endless = "x".repeat(1_000_000);
    assert_eq!(codes(&format!("    ? {endless}\n    : {{ type: string }}\n")), ["name-too-long"]);
}

#[test]
fn a_document_on_one_line() {
    let properties: Vec<String> =
        (0..20_000).map(|n| format!("\"p{n}\":{{\"type\":\"string\",\"colour\":\"red\"}}")).collect();
    let document = format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{\"A\":{{\"type\":\"object\",\"properties\":{{{}}}}}}}}}}}",
        properties.join(",")
    );
    let reader = Memory::new().with("api.json", document);
    let report = generator::check_document(&reader, "api.json");
    assert_eq!(report.warnings(), 20_000);
    assert!(report.render(&reader).contains("colour"));
}
