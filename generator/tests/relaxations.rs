//! Changes of a document that no user may notice: a program that was written for the old client compiles against the new.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use generator::{Generation, Memory};
use support::CONFIG;
use support::crates::{cargo, target, write_crate};

/// A thing is read, and its size and mode are required for that.
const READ: &str = "openapi: 3.0.3
info: { title: Things, version: '1' }
paths:
  /things/{id}:
    get:
      operationId: getThing
      tags: [Things]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: size, in: query, required: true, schema: { type: integer } }
        - { name: X-Mode, in: header, required: true, schema: { type: string, default: fast } }
      responses:
        '200':
          description: It.
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
";

/// It is written as well.
const WRITE: &str = "    put:
      operationId: putThing
      tags: [Things]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
      responses:
        '204': { description: Nothing. }
";

const THING: &str = "components:
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name: { type: string }
        note: { type: string, nullable: true }
        count: { type: integer }
        inner: { $ref: '#/components/schemas/Inner' }
    Inner:
      type: object
      properties: { kind: { type: string, enum: [A, B] } }
";

/// What can be done with a thing that is only read.
const READS: &str = "
pub fn reads(client: &fixture_crate::Client, mut thing: api::models::Thing) -> Option<String> {
    drop(api::ThingsApi::new(client).get_thing(\"1\", 2).x_mode(\"slow\"));
    let count: Option<i64> = thing.count;
    let inner: Option<api::models::Inner> = thing.inner.clone();
    if inner.and_then(|inner| inner.kind) == Some(api::models::InnerKind::A) && count > Some(1) {
        thing.note = None;
        thing.name = Some(String::new());
    }
    thing.note.or(thing.name)
}
";

/// What can be done with one that is written too.
const WRITES: &str = "
pub fn writes(client: &fixture_crate::Client) {
    drop(api::ThingsApi::new(client).put_thing(\"1\", &made()));
}
";

/// And with one that was.
const MADE: &str = "
pub fn made() -> api::models::Thing {
    api::models::Thing::new(\"name\").note(\"note\").count(1).inner(api::models::Inner::new().kind(\"A\"))
}
";

/// One change of the document, and what users could do before.
struct Change {
    name: &'static str,
    before: String,
    after: String,
    program: String,
}

impl Change {
    /// `from` in the document of a thing that is read and written becomes `to`.
    fn of(name: &'static str, from: &str, to: &str) -> Self {
        let before = [READ, WRITE, THING].concat();
        assert!(before.contains(from), "{name}: the document has no {from}");
        let after = before.replace(from, to);
        Self { name, before, after, program: [READS, WRITES, MADE].concat() }
    }
}

fn relaxations() -> Vec<Change> {
    let (read, both) = ([READ, THING].concat(), [READ, WRITE, THING].concat());
    vec![
        Change::of("nullable_appears", "name: { type: string }", "name: { type: string, nullable: true }"),
        Change::of("nullable_goes", "note: { type: string, nullable: true }", "note: { type: string }"),
        Change { name: "also_written", before: read.clone(), after: both.clone(), program: READS.to_owned() },
        Change { name: "only_read", before: both, after: read, program: [READS, MADE].concat() },
        Change::of("property_becomes_optional", "      required: [name]\n", ""),
        Change::of("property_becomes_required", "required: [name]", "required: [count, name]"),
        Change::of("parameter_becomes_optional", "in: query, required: true", "in: query"),
        Change::of("header_becomes_optional", "in: header, required: true", "in: header"),
        Change::of("body_becomes_optional", "        required: true\n", ""),
    ]
}

/// The client of each document, a module each; those that `locks` has keep the names that they had.
fn generate(documents: &[(String, &String)], locks: &BTreeMap<String, String>) -> Generation {
    let mut config = String::from(CONFIG);
    let mut reader = Memory::new();
    for (module, text) in documents {
        writeln!(config, "  - module: {module}\n    document: {module}.yaml").expect("a string takes it");
        reader = reader.with(format!("{module}.yaml"), (*text).clone());
    }
    for (path, text) in locks {
        reader = reader.with(path.clone(), text.clone());
    }
    let generation = generator::generate(&reader.with("apis.yaml", config), "apis.yaml", "cargo test");
    assert!(generation.report.diagnostics().is_empty(), "{:?}", generation.report.diagnostics());
    generation
}

#[test]
fn a_relaxation_breaks_no_program() {
    let mut changes = relaxations();
    // So that it is known what the test would notice.
    changes.push(Change::of("property_goes", "        note: { type: string, nullable: true }\n", ""));
    let before: Vec<_> = changes.iter().map(|change| (format!("before_{}", change.name), &change.before)).collect();
    let old = generate(&before, &BTreeMap::new());
    let after = changes.iter().map(|change| (format!("after_{}", change.name), &change.after));
    let all: Vec<_> = before.iter().cloned().chain(after).collect();
    let locks = changes.iter().flat_map(|change| {
        let lock = &old.names[&format!("names/before_{}.yaml", change.name)];
        ["before", "after"].map(|side| (format!("names/{side}_{}.yaml", change.name), lock.clone()))
    });
    let mut files = generate(&all, &locks.collect()).files;
    for change in &changes {
        for side in ["before", "after"] {
            let module = format!("{side}_{}", change.name);
            let program = format!("#![allow(missing_docs)]\nuse fixture_crate::{module} as api;\n{}", change.program);
            files.insert(format!("tests/{module}.rs"), program);
        }
    }
    let folder = target().join("relaxations");
    write_crate(files, &folder);
    let broken = "after_property_goes".to_owned();
    let sound = changes.iter().flat_map(|change| ["before", "after"].map(|side| format!("{side}_{}", change.name)));
    let mut command: Vec<String> = ["check", "--offline", "--quiet", "--all-features"].map(str::to_owned).to_vec();
    for test in sound.filter(|test| *test != broken) {
        command.extend(["--test".to_owned(), test]);
    }
    let output = cargo(&command, &folder);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let output = cargo(&["check", "--offline", "--quiet", "--all-features", "--test", &broken], &folder);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("no field `note` on type"), "{errors}");
}
