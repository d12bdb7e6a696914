//! Names that were given stay: a document changes, and the code of its users goes on to mean what it meant.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

use std::collections::BTreeMap;

use generator::{Generation, Memory};

const CONFIG: &str = r#"
crate:
  name: names
  version: 0.1.0
  description: Names.
  documentation: Names.
  runtime: { package: the-runtime, path: the/runtime }
apis:
  - module: v1
    document: api.yaml
"#;

const LOCK: &str = "names/v1.yaml";

/// A document of one operation, which gives a list of what `reference` names.
fn document(id: &str, path: &str, reference: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Names, version: '1' }}
paths:
  {path}:
    get:
      operationId: {id}
      tags: [Things]
      parameters:
        - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
        - {{ name: size, in: query, required: true, schema: {{ type: integer }} }}
      responses:
        '200':
          description: Things.
          content:
            application/json:
              schema: {{ $ref: {reference} }}
"
    )
}

const THING: &str = "type: object
properties:
  name: { type: string }
  size: { type: integer }
  kind: { type: string, enum: [ACTIVE, GONE] }
";

/// Generates from these files, keeping the names of an earlier run.
fn generate(files: &[(&str, String)], before: Option<&Generation>) -> Generation {
    let mut reader = Memory::new().with("apis.yaml", CONFIG);
    for (path, text) in files {
        reader = reader.with(*path, text.clone());
    }
    if let Some(before) = before {
        reader = reader.with(LOCK, before.names[LOCK].clone());
    }
    let generation = generator::generate(&reader, "apis.yaml", "cargo test");
    assert!(!generation.report.has_errors(), "{}", generation.report.render(&reader));
    generation
}

/// The files whose text differs, without those that are new.
fn changed(before: &Generation, after: &Generation) -> Vec<String> {
    let differs = |(path, text): &(&String, &String)| after.files.get(*path) != Some(*text);
    before.files.iter().filter(differs).map(|(path, _)| path.clone()).collect()
}

fn thing(text: &str) -> Vec<(&'static str, String)> {
    vec![("api.yaml", document("getThing", "/things/{id}", "'./a/Thing.yaml'")), ("a/Thing.yaml", text.to_owned())]
}

#[test]
fn the_same_document_gives_the_same_lock_and_the_same_code() {
    let first = generate(&thing(THING), None);
    let second = generate(&thing(THING), Some(&first));
    assert_eq!((&first.names, &first.files), (&second.names, &second.files));
}

#[test]
fn another_schema_of_the_same_name_changes_no_code_of_others() {
    let before = generate(&thing(THING), None);
    let mut files = thing(THING);
    files[0].1.push_str(
        "  /others:
    get:
      operationId: getOther
      tags: [Others]
      responses:
        '200': { description: It., content: { application/json: { schema: { $ref: './b/Thing.yaml' } } } }
",
    );
    files.push(("b/Thing.yaml", "type: object\nproperties:\n  weight: { type: number }\n".to_owned()));
    let after = generate(&files, Some(&before));
    let lists = ["src/v1/catalog/", "src/v1/catalog.rs", "src/v1/mod.rs", "src/v1/models/mod.rs"];
    let code: Vec<String> =
        changed(&before, &after).into_iter().filter(|path| !lists.iter().any(|list| path.starts_with(list))).collect();
    for path in &code {
        assert_eq!(before.files[path], after.files[path], "{path}");
    }
    assert!(after.files.contains_key("src/v1/models/b_thing.rs"), "{:?}", after.files.keys());
}

#[test]
fn a_renamed_schema_keeps_its_old_name_as_an_alias() {
    let before = generate(&thing(THING), None);
    let files =
        [("api.yaml", document("getThing", "/things/{id}", "'./a/Item.yaml'")), ("a/Item.yaml", THING.to_owned())];
    let after = generate(&files, Some(&before));
    let models = after.files.values().cloned().collect::<String>();
    assert!(models.contains("pub struct Item {"), "the new name");
    assert!(models.contains("pub type Thing = Item;"), "the old one");
    assert!(models.contains("pub enum ThingKind {"), "what is inside is called `kind` as before");
}

/// A document of things and parts, which are alike.
fn things_and_parts(thing: &str) -> Vec<(&'static str, String)> {
    let mut files = vec![("api.yaml", document("getThing", "/things/{id}", thing))];
    let parts = document("getPart", "/parts/{id}", "'./a/Part.yaml'");
    files[0].1.push_str(parts.split_once("paths:\n").expect("it has paths").1);
    files.push(("a/Thing.yaml", THING.to_owned()));
    files.push(("a/Part.yaml", format!("{THING}  weight: {{ type: number }}\n")));
    files
}

#[test]
fn a_schema_that_gives_way_to_another_leaves_its_name_as_an_alias() {
    let before = generate(&things_and_parts("'./a/Thing.yaml'"), None);
    let after = generate(&things_and_parts("'./a/Part.yaml'"), Some(&before));
    let model = &after.files["src/v1/models/part.rs"];
    assert!(model.contains("pub struct Part {") && model.contains("pub type Thing = Part;"), "{model}");
    assert!(model.contains("pub enum PartKind {") && model.contains("pub type ThingKind = PartKind;"), "{model}");
    assert!(after.names[LOCK].contains("    also:\n      - Thing\n"), "{}", after.names[LOCK]);
    let again = generate(&things_and_parts("'./a/Part.yaml'"), Some(&after));
    assert_eq!((&again.names, &again.files), (&after.names, &after.files));
}

#[test]
fn a_schema_that_gives_way_to_a_stranger_leaves_nothing() {
    let before = generate(&things_and_parts("'./a/Thing.yaml'"), None);
    let mut files = things_and_parts("'./a/Part.yaml'");
    files[2].1 = "type: object\nproperties:\n  weight: { type: number }\n".to_owned();
    let after = generate(&files, Some(&before));
    let code = after.files.values().cloned().collect::<String>();
    assert!(!code.contains("type Thing"), "{code}");
}

#[test]
fn a_moved_schema_keeps_its_name() {
    let before = generate(&thing(THING), None);
    let files = [
        ("api.yaml", document("getThing", "/things/{id}", "'./b/c/Thing.yaml'")),
        ("b/c/Thing.yaml", format!("{THING}  new: {{ type: string }}\n")),
    ];
    let after = generate(&files, Some(&before));
    assert!(after.names[LOCK].contains("  b/c/Thing.yaml:\n    name: Thing\n"), "{}", after.names[LOCK]);
    assert!(!after.names[LOCK].contains("was:"), "{}", after.names[LOCK]);
}

#[test]
fn a_renamed_operation_keeps_its_old_method_as_an_alias() {
    let before = generate(&thing(THING), None);
    let mut files = thing(THING);
    files[0].1 = document("readThing", "/things/{thingId}", "'./a/Thing.yaml'").replace("name: id,", "name: thingId,");
    let after = generate(&files, Some(&before));
    let code = &after.files["src/v1/things.rs"];
    assert!(code.contains("pub fn read_thing(&self,"), "{code}");
    assert!(code.contains("pub fn get_thing(&self,") && code.contains("self.read_thing("), "{code}");
    assert!(code.contains("pub type GetThing = ReadThing;"), "{code}");
}

#[test]
fn a_name_is_never_given_to_something_else() {
    let before = generate(&thing(THING), None);
    // The path is another one, so this is another operation; and `ACTIVE` is not `active`.
    let mut files = thing(&THING.replace("ACTIVE", "active").replace("name:", "Name:"));
    files[0].1 = document("getThing", "/other/things/{id}", "'./a/Thing.yaml'");
    let after = generate(&files, Some(&before));
    let all: BTreeMap<_, _> = after.files.iter().collect();
    assert!(after.files["src/v1/things.rs"].contains("pub fn get_thing_(&self,"), "{all:?}");
    let model = &after.files["src/v1/models/thing.rs"];
    assert!(model.contains("Active2 = \"active\""), "{model}");
    assert!(model.contains("\"Name\" => name_"), "{model}");
}

#[test]
fn a_relaxation_changes_no_signature() {
    let strict = THING.replace("type: object", "type: object\nrequired: [name]");
    let written = |schema: &str, required: &str| {
        let text = document("getThing", "/things/{id}", "'./a/Thing.yaml'").replace("    get:", "    put:").replace(
            "      responses:",
            "      requestBody: { required: true, content: { application/json: { schema: { $ref: './a/Thing.yaml' } } } }\n      responses:",
        );
        let text = text.replace("name: size, in: query, required: true", &format!("name: size, in: query{required}"));
        vec![("api.yaml", text), ("a/Thing.yaml", schema.to_owned())]
    };
    let before = generate(&written(&strict, ", required: true"), None);
    let signatures = |generation: &Generation| -> Vec<String> {
        let code = ["src/v1/things.rs", "src/v1/models/thing.rs"].map(|path| generation.files[path].clone()).concat();
        code.lines().filter(|line| line.trim_start().starts_with("pub ")).map(str::to_owned).collect()
    };
    let expected = signatures(&before);
    assert!(expected.iter().any(|line| line.contains("pub fn new(name: impl Into<String>)")), "{expected:#?}");
    let relaxed = [
        ("optional", written(THING, ", required: true")),
        ("nullable", written(&strict.replace("{ type: string }", "{ type: string, nullable: true }"), ", required: true")),
        ("an optional parameter", written(&strict, "")),
        ("only read", vec![
            ("api.yaml", document("getThing", "/things/{id}", "'./a/Thing.yaml'").replace("    get:", "    put:").replace(
                "      responses:",
                "      requestBody: { required: true, content: { application/json: { schema: {} } } }\n      responses:",
            )),
            ("a/Thing.yaml", strict.clone()),
        ]),
    ];
    for (what, files) in relaxed {
        let after = generate(&files, Some(&before));
        let models = |lines: &[String]| -> Vec<String> {
            lines.iter().filter(|line| !line.contains("body:")).cloned().collect()
        };
        assert_eq!(models(&signatures(&after)), models(&expected), "{what}");
    }
}
