//! What the tests over fixtures share: reading them, and generating a crate of them.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod crates;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Generation, Memory};

/// A small document that shows one feature.
#[derive(Clone, Debug)]
pub(crate) struct Fixture {
    /// One of [`FOLDERS`].
    pub(crate) folder: String,
    /// The name of the file or folder, and of the module that it becomes.
    pub(crate) name: String,
    /// The document: `name.yaml`, or `name/api.yaml` where it is one of several files.
    pub(crate) document: String,
    /// The text of each file by its path.
    pub(crate) files: BTreeMap<String, String>,
}

/// Where fixtures are. What is in [`MENDED`] has faults that the generator mends with a warning; the others are sound.
pub(crate) const FOLDERS: [&str; 4] = ["schemas", "operations", "catalog", MENDED];

/// The folder of the documents with faults.
pub(crate) const MENDED: &str = "mended";

impl Fixture {
    /// The text of the document.
    pub(crate) fn text(&self) -> &str {
        &self.files[&self.document]
    }

    /// What the fixture shows: its first line.
    pub(crate) fn about(&self) -> String {
        self.text().lines().next().unwrap_or_default().trim_start_matches(['#', ' ']).to_owned()
    }

    /// The same with each file changed.
    pub(crate) fn with(&self, change: impl Fn(&str) -> String) -> Self {
        let files = self.files.iter().map(|(path, text)| (path.clone(), change(text))).collect();
        Self { files, ..self.clone() }
    }
}

/// The fixtures of a folder, in the order of their names.
pub(crate) fn fixtures(folder: &str) -> Vec<Fixture> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path).expect("the folder is there").map(|entry| entry.expect("it can be read").path()).collect();
    entries.sort();
    entries
        .into_iter()
        .map(|entry| {
            let mut files = BTreeMap::new();
            read(&entry, &entry.file_name().expect("it has a name").to_string_lossy(), &mut files);
            let name = entry.file_stem().expect("it has a name").to_string_lossy().into_owned();
            let document = if entry.is_dir() { format!("{name}/api.yaml") } else { format!("{name}.yaml") };
            Fixture { folder: folder.to_owned(), name, document, files }
        })
        .collect()
}

/// All fixtures.
pub(crate) fn all() -> Vec<Fixture> {
    FOLDERS.into_iter().flat_map(fixtures).collect()
}

/// Reads a file, or the files of a folder, which is called `name`.
fn read(path: &Path, name: &str, files: &mut BTreeMap<String, String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            let inner = path.file_name().expect("it has a name").to_string_lossy().into_owned();
            read(&path, &format!("{name}/{inner}"), files);
        }
    } else {
        files.insert(name.to_owned(), fs::read_to_string(path).expect("a fixture is text"));
    }
}

/// The crate of these fixtures, a module each. Where they are sound, nothing may be reported; otherwise something must.
pub(crate) fn generate(fixtures: &[Fixture]) -> Generation {
    let reader = reader(fixtures);
    let generation = generator::generate(&reader, "apis.yaml", "cargo test");
    let faults = generation.report.render(&reader);
    assert!(!generation.report.has_errors(), "{faults}");
    let are_sound = fixtures.iter().all(|fixture| fixture.folder != MENDED);
    assert_eq!(are_sound, generation.report.diagnostics().is_empty(), "{faults}");
    generation
}

/// What was reported of these fixtures, as people read it.
pub(crate) fn faults(fixtures: &[Fixture], generation: &Generation) -> String {
    generation.report.render(&reader(fixtures))
}

/// The fixtures, and a configuration that names all of them.
fn reader(fixtures: &[Fixture]) -> Memory {
    let mut config = String::from(CONFIG);
    let mut reader = Memory::new();
    for fixture in fixtures {
        let _ = writeln!(config, "  - module: {}\n    document: {}", fixture.name, fixture.document);
        for (path, text) in &fixture.files {
            reader = reader.with(path.clone(), text.clone());
        }
    }
    reader.with("apis.yaml", config)
}

/// Stands in the configuration for the package of the runtime; who compiles the crate puts the real one there.
pub(crate) const RUNTIME_PACKAGE: &str = "the-runtime";

/// Stands in the configuration for the folder of the runtime.
pub(crate) const RUNTIME_PATH: &str = "the/runtime";

/// Everything that a configuration says before its APIs.
pub(crate) const CONFIG: &str = r#"
crate:
  name: fixture-crate
  version: 0.1.0
  description: All fixtures.
  documentation: All fixtures, a module each.
  runtime: { package: the-runtime, path: the/runtime }
  dev-dependencies:
    serde_json: "1"
    tokio: { version: "1", features: [io-util, macros, net, rt] }
  tables:
    workspace: {}
    profile.dev:
      debug: false
    lints.rust:
      warnings: deny
apis:
"#;

/// Operations with one tag, with several and with none that others have, and types that one or both of them reach.
pub(crate) const TAGS: &str = r##"
openapi: 3.0.1
info: { title: Tags, version: "1" }
paths:
  /things:
    get:
      tags: [Things]
      operationId: listThings
      responses:
        "200": { description: All., content: { application/json: { schema: { $ref: "#/components/schemas/Thing" } } } }
        "400": { description: Wrong., content: { application/json: { schema: { $ref: "#/components/schemas/Problem" } } } }
  /plants:
    get:
      tags: [Plants]
      operationId: listPlants
      responses:
        "200": { description: All., content: { application/json: { schema: { $ref: "#/components/schemas/Plant" } } } }
  /seeds:
    get:
      tags: [Other, Plants]
      operationId: listSeeds
      responses:
        "204": { description: Nothing. }
components:
  schemas:
    Thing:
      type: object
      properties:
        part: { $ref: "#/components/schemas/Part" }
        owner: { $ref: "#/components/schemas/Owner" }
      additionalProperties: { $ref: "#/components/schemas/Rest" }
    Part: { type: object, properties: { size: { type: integer } } }
    Rest: { type: object, properties: { text: { type: string } } }
    Owner: { type: object, properties: { name: { type: string } } }
    Plant: { type: object, properties: { owner: { $ref: "#/components/schemas/Owner" } } }
    Problem: { type: object, properties: { why: { type: string } } }
"##;
