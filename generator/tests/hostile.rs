//! Input that means harm: nothing panics, hangs, or takes memory without bound, and everything is reported.
//!
//! That a test ends is part of what it shows; how long it takes is not asserted.

use generator::{Memory, Report, check_document};

const HEAD: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\n";

/// What a document of nothing else has.
const SOUND: &str = "paths: {}\ncomponents: { schemas: { Z: {} } }\n";

fn checked(files: &[(&str, String)]) -> Report {
    let mut reader = Memory::new();
    for (path, text) in files {
        reader = reader.with(*path, text.clone());
    }
    let report = check_document(&reader, files[0].0);
    // What is found can be shown, whatever the text looks like.
    assert_eq!(report.render(&reader).is_empty(), report.diagnostics().is_empty());
    report
}

fn codes(report: &Report) -> Vec<&'static str> {
    let mut codes: Vec<_> = report.diagnostics().iter().map(|diagnostic| diagnostic.code).collect();
    codes.dedup();
    codes
}

fn one(text: impl Into<String>) -> Vec<&'static str> {
    codes(&checked(&[("api.yaml", text.into())]))
}

fn schemas(text: &str) -> String {
    format!("{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{text}")
}

#[test]
fn aliases_that_grow() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let alias = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![alias; 10].join(", ")));
    }
    assert_eq!(one(bomb), ["too-large"]);
    // Many uses of one large thing: no alias of an alias, but much text made of little.
    let large = format!("large: &large [{}]\nuses: [{}]\n", "x, ".repeat(20_000), "*large, ".repeat(20_000));
    assert_eq!(one(large), ["too-large"]);
    assert_eq!(one("a: &a [*a]\n"), ["nested-too-deep"]);
    assert_eq!(one("a: &a { <<: *a }\n"), ["nested-too-deep"]);
}

#[test]
fn nesting_a_hundred_thousand_deep() {
    const DEEP: usize = 100_000;
    for text in [
        "[".repeat(DEEP),
        format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP)),
        "{a: ".repeat(DEEP),
        "{[".repeat(DEEP),
        "- ".repeat(DEEP),
        "? ".repeat(DEEP),
        "[\n".repeat(DEEP),
        (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
    ] {
        let found = one(text.clone());
        assert!(found == ["nested-too-deep"] || found == ["syntax"], "{:.20}: {found:?}", text);
    }
    assert!(!one("!a ".repeat(DEEP)).is_empty());
    assert!(!one("&a ".repeat(DEEP)).is_empty());
    for text in ["[".repeat(DEEP), "{\"a\":".repeat(DEEP)] {
        assert_eq!(codes(&checked(&[("api.json", text)])), ["nested-too-deep"]);
    }
}

#[test]
fn as_deep_as_allowed_fits_into_the_stack_of_a_thread() {
    let deep = |opening: &str, closing: &str, levels: usize| {
        schemas(&format!("    A: {}{{ type: string }}{}\n", opening.repeat(levels), closing.repeat(levels)))
    };
    assert_eq!(one(deep("{ type: array, items: ", " }", 90)), Vec::<&str>::new());
    assert_eq!(one(deep("{ type: object, properties: { a: ", " } }", 44)), Vec::<&str>::new());
    assert_eq!(one(deep("{ oneOf: [ ", " ] }", 44)), Vec::<&str>::new());
    assert_eq!(one(deep("{ type: array, items: ", " }", 100)), ["nested-too-deep"]);
}

#[test]
fn copies_of_copies() {
    // Path items cannot be components, so they are copied in; each of these copies two of the next.
    let mut files = vec![("api.yaml".to_owned(), format!("{HEAD}paths:\n  /a: {{ $ref: 0.yaml }}\n"))];
    for n in 0..40 {
        let next = format!("{{ '{{$url}}': {{ $ref: {}.yaml }} }}", n + 1);
        let text = format!(
            "post:\n  operationId: o\n  callbacks: {{ a: {next}, b: {next} }}\n  responses: {{ '200': {{ description: d }} }}\n"
        );
        files.push((format!("{n}.yaml"), text));
    }
    files.push(("40.yaml".to_owned(), "summary: the end\n".to_owned()));
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let found = codes(&checked(&files));
    assert!(found.contains(&"nested-too-deep") || found.contains(&"too-large"), "{found:?}");
}

#[test]
fn references_that_go_round() {
    let all_of = "    A: { allOf: [ { $ref: '#/components/schemas/B' } ] }\n    B: { allOf: [ { $ref: '#/components/schemas/A' } ] }\n";
    assert_eq!(one(schemas(all_of)), ["composition-cycle"]);
    assert_eq!(
        one(schemas("    A: { allOf: [ { oneOf: [ { $ref: '#/components/schemas/A' } ] } ] }\n")),
        ["composition-cycle"]
    );
    let alias = "    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n";
    assert_eq!(one(schemas(alias)), ["reference-cycle"]);
    let through = "    A: { $ref: '#/components/schemas/A/properties/x' }\n";
    assert_eq!(one(schemas(through)), ["reference-cycle"]);
    let itself = format!("{HEAD}paths:\n  /a: {{ $ref: '#/paths/~1a' }}\n");
    assert_eq!(one(itself), ["reference-cycle", "nothing-to-generate"]);
    let around = format!("{HEAD}paths:\n  /a: {{ $ref: '#/paths' }}\n");
    assert_eq!(one(around), ["reference-cycle", "nothing-to-generate"]);
    let whole = format!("{HEAD}paths:\n  $ref: api.yaml\n");
    assert!(!one(whole).is_empty());
    let files = [
        ("api.yaml", schemas("    A: { $ref: a.yaml }\n")),
        ("a.yaml", "{ $ref: b.yaml }".to_owned()),
        ("b.yaml", "{ $ref: a.yaml }".to_owned()),
    ];
    assert_eq!(codes(&checked(&files)), ["reference-cycle"]);
    // A type that contains itself is no fault.
    let recursive = "    A: { type: object, properties: { next: { $ref: '#/components/schemas/A' } } }\n";
    assert_eq!(one(schemas(recursive)), Vec::<&str>::new());
}

#[test]
fn long_chains_of_references() {
    let mut text = String::new();
    for n in 0..5_000 {
        text.push_str(&format!("    A{n}: {{ allOf: [ {{ $ref: '#/components/schemas/A{}' }} ] }}\n", n + 1));
    }
    text.push_str("    A5000: { type: object }\n");
    assert_eq!(one(schemas(&text)), ["nested-too-deep"]);
    let mut files: Vec<(String, String)> = vec![("api.yaml".to_owned(), schemas("    A: { $ref: 0.yaml }\n"))];
    files.extend((0..200).map(|n| (format!("{n}.yaml"), format!("{{ $ref: {}.yaml }}", n + 1))));
    files.push(("200.yaml".to_owned(), "{ type: string }".to_owned()));
    let files: Vec<(&str, String)> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    assert_eq!(codes(&checked(&files)), ["reference-cycle"]);
}

#[test]
fn references_that_lead_out() {
    for (text, code) in [
        ("../x.yaml", "outside-reference"),
        ("a/../../x.yaml", "outside-reference"),
        ("%2e%2e/x.yaml", "outside-reference"),
        ("/dev/zero", "outside-reference"),
        ("file:///etc/passwd", "remote-reference"),
        ("http://127.0.0.1/x.yaml", "remote-reference"),
        ("//example.org/x.yaml", "remote-reference"),
        ("C:\\x.yaml", "outside-reference"),
        ("x%00.yaml", "bad-reference"),
        ("x.yaml#y", "bad-reference"),
    ] {
        assert_eq!(one(schemas(&format!("    A: {{ $ref: '{text}' }}\n"))), [code], "{text}");
    }
}

#[test]
fn text_that_is_no_text() {
    assert_eq!(one("a: \0\n"), ["control-character"]);
    assert_eq!(one("\u{feff}"), ["empty-file"]);
    assert_eq!(one(schemas("    A: { type: object }\n").replace('\n', "\r\n")), Vec::<&str>::new());
    assert_eq!(one(format!("\u{feff}{HEAD}{SOUND}")), Vec::<&str>::new());
    assert_eq!(one("a:\n\t- b\n"), ["syntax"]);
    assert_eq!(one(format!("{HEAD}{SOUND}---\n{HEAD}")), ["several-documents"]);
    for text in [
        "%",
        "%YAML 9.9\n---\na: 1\n",
        "!",
        "! a",
        "!!",
        "&",
        "*",
        "@",
        "`",
        "|",
        ">",
        "\"",
        "'",
        "? ",
        ": ",
        "- -",
        "...",
        "---\n...\n---",
    ] {
        assert!(!one(text).is_empty(), "{text:?}");
    }
}

#[test]
fn very_many_of_something() {
    let values: String = (0..1_000_000).map(|n| format!("v{n},")).collect();
    assert_eq!(one(schemas(&format!("    A: {{ type: string, enum: [{values}] }}\n"))), Vec::<&str>::new());
    // Very many findings: counted, but not all of them kept.
    let report = checked(&[("api.yaml", format!("{HEAD}{SOUND}{}", "paths: {}\n".repeat(50_000)))]);
    assert_eq!(report.warnings(), 50_000);
    assert_eq!(report.diagnostics().len() + report.omitted(), 50_000);
    assert!(report.diagnostics().len() < 5_000);
    let keys: String = (0..100_000).map(|n| format!("k{n}: 1\n")).collect();
    assert_eq!(one(format!("{HEAD}{SOUND}{keys}")), ["unknown-key"]);
}

#[test]
fn names_that_are_written_to_break_out() {
    let names = ["\"]", "*/", "`{{`", "\\u{1b}[31m", "</script>", "a/b~c", "", "\u{202e}", "#[x]", "%2F"];
    for name in names {
        let key = serde_json::Value::String(name.to_owned());
        let text = schemas(&format!("    {key}: {{ type: array, description: {key} }}\n    B: {{ $ref: {key} }}\n"));
        let report = checked(&[("api.yaml", text)]);
        assert!(!report.diagnostics().is_empty());
    }
}

/// Fault: characters that change the direction of text went into comments as they were, which the compiler refuses.
#[test]
fn text_that_runs_backwards_is_in_no_file() {
    const CONFIG: &str = "crate: { name: c, version: 0.1.0, description: D., documentation: D., runtime: { path: r } }
apis: [{ module: api, document: api.yaml }]\n";
    let document = r##"openapi: 3.0.3
info: { title: "T@", version: "1", description: "d@ `c@`" }
tags: [{ name: "T@g", description: "d@" }]
paths:
  "/a@/{p@}":
    post:
      operationId: "a@b"
      summary: "s@"
      description: "d@"
      tags: ["T@g"]
      parameters:
        - { name: "p@", in: path, required: true, description: "d@", schema: { type: string, example: "e@" } }
        - { name: "q@", in: query, schema: { type: string, enum: ["v@", w], default: "v@" } }
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/A@" }, example: { "p@": "@" } } } }
      responses:
        "200":
          description: "d@"
          headers: { "X-A": { description: "d@", schema: { type: string } } }
          content: { application/json: { schema: { type: object, properties: { a: { pattern: "@", type: string } } } } }
components:
  schemas:
    "A@":
      description: "d@"
      type: object
      required: ["p@"]
      properties:
        "p@": { type: string, description: "d@", example: "e@", enum: ["@a", "@b"] }
        "@": { type: integer }
        u: { oneOf: [{ type: object, title: "T@", properties: { "k@": { type: string } } }, { type: string }] }
"##;
    for mark in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}'] {
        let reader = Memory::new().with("apis.yaml", CONFIG).with("api.yaml", document.replace('@', &mark.to_string()));
        let generation = generator::generate(&reader, "apis.yaml", "cargo test");
        assert!(!generation.report.has_errors(), "{}", generation.report.render(&reader));
        assert!(generation.files.contains_key("src/api/models/a.rs"));
        for (path, text) in &generation.files {
            assert!(!text.contains(mark) && !path.contains(mark), "{path}");
        }
    }
}
