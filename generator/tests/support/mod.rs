//! What the tests over fixtures share: reading them, and generating a crate of them.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Generation, Memory};

/// A small document that shows one feature.
#[derive(Clone, Debug)]
pub(crate) struct Fixture {
    /// `schemas` or `operations`.
    pub(crate) folder: String,
    /// The name of the file, and of the module that it becomes.
    pub(crate) name: String,
    /// The document.
    pub(crate) text: String,
}

impl Fixture {
    /// What the fixture shows: its first line.
    pub(crate) fn about(&self) -> String {
        self.text.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']).to_owned()
    }
}

/// The fixtures of a folder, in the order of their names.
pub(crate) fn fixtures(folder: &str) -> Vec<Fixture> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
    let mut files: Vec<PathBuf> =
        fs::read_dir(path).expect("the folder is there").map(|entry| entry.expect("it can be read").path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|file| Fixture {
            folder: folder.to_owned(),
            name: file.file_stem().expect("a file has a name").to_string_lossy().into_owned(),
            text: fs::read_to_string(&file).expect("a fixture is text"),
        })
        .collect()
}

/// The crate of these fixtures, a module each. They are sound, so nothing may be reported.
pub(crate) fn generate(fixtures: &[Fixture]) -> Generation {
    let mut config = String::from(CONFIG);
    let mut reader = Memory::new();
    for fixture in fixtures {
        let _ = writeln!(config, "  - module: {0}\n    document: {0}.yaml", fixture.name);
        reader = reader.with(format!("{}.yaml", fixture.name), fixture.text.clone());
    }
    let reader = reader.with("apis.yaml", config);
    let generation = generator::generate(&reader, "apis.yaml", "cargo test");
    assert!(generation.report.diagnostics().is_empty(), "{}", generation.report.render(&reader));
    generation
}

/// Stands in the configuration for the package of the runtime; who compiles the crate puts the real one there.
pub(crate) const RUNTIME_PACKAGE: &str = "the-runtime";

/// Stands in the configuration for the folder of the runtime.
pub(crate) const RUNTIME_PATH: &str = "the/runtime";

const CONFIG: &str = r#"
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
