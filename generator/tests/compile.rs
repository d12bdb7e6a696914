//! Every fixture compiled, with warnings denied, and used: one crate of all of them, built as a stranger would build it.
//!
//! The crate is written below the target folder. `behaviour/` holds its tests, which say what the Rust of each fixture
//! does; they run here.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::fs;
use std::path::Path;

use generator::Memory;
use support::crates::{cargo, target, write_crate};
use support::{all, generate};

#[test]
fn all_fixtures_compile_without_a_warning_and_behave() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = target();
    let folder = target.join("fixtures");
    let mut files = generate(&all()).files;
    for entry in fs::read_dir(root.join("tests/behaviour")).expect("the tests are there") {
        let path = entry.expect("they can be listed").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        files.insert(format!("tests/{name}"), fs::read_to_string(&path).expect("they are text"));
    }
    write_crate(files, &folder);
    let output = cargo(&["test", "--offline", "--quiet", "--all-features"], &folder);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
    assert!(out.contains("test result: ok"), "tests have run: {out}{err}");

    let output = cargo(&["doc", "--offline", "--quiet", "--no-deps", "--all-features"], &folder);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Each tag can be compiled without the others.
#[test]
fn a_tag_compiles_alone() {
    let config = format!("{}  - {{ module: v1, document: tags.yaml, features: tags }}\n", support::CONFIG);
    let reader = Memory::new().with("apis.yaml", config).with("tags.yaml", support::TAGS);
    let generation = generator::generate(&reader, "apis.yaml", "cargo test");
    assert!(!generation.report.has_errors(), "{}", generation.report.render(&reader));
    let folder = target().join("fixture-of-tags");
    write_crate(generation.files, &folder);
    for feature in ["v1-other", "v1-plants", "v1-things"] {
        let output = cargo(&["check", "--offline", "--quiet", "--no-default-features", "--features", feature], &folder);
        assert!(output.status.success(), "{feature}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
