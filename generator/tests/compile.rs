//! Every fixture compiled, with warnings denied, and used: one crate of all of them, built as a stranger would build it.
//!
//! The crate is written below the target folder. `behaviour/` holds its tests, which say what the Rust of each fixture
//! does; they run here.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::Memory;
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

/// Runs Cargo on the crate in `folder`, with warnings denied.
fn cargo(command: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO"))
        .args(command)
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        // The test of the generated crate builds its downstream program there: the dependencies are the same.
        .arg("--target-dir")
        .arg(target().join("downstream"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", "-Dwarnings")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .output()
        .expect("cargo starts")
}

/// The target folder that these tests were built into.
fn target() -> PathBuf {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    tmp.parent().unwrap_or(tmp).to_owned()
}

/// The name of the package in `folder`.
fn package_name(folder: &Path) -> String {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("it has a manifest");
    let manifest: toml::Table = manifest.parse().expect("it is TOML");
    manifest["package"]["name"].as_str().expect("it has a name").to_owned()
}

/// Writes the crate that consists of `files`; those that did not change keep their time, so that Cargo builds only what
/// did.
fn write_crate(mut files: BTreeMap<String, String>, folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runtime = root.join("../runtime").canonicalize().expect("the runtime is there");
    if let Some(manifest) = files.get_mut("Cargo.toml") {
        *manifest = manifest
            .replace(support::RUNTIME_PACKAGE, &package_name(&runtime))
            .replace(support::RUNTIME_PATH, &runtime.to_string_lossy());
    }
    // The same versions as the workspace's, which are there already: the tests need no network.
    files.insert("Cargo.lock".to_owned(), fs::read_to_string(root.join("../Cargo.lock")).expect("it is committed"));
    for (path, text) in &files {
        let path = folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|found| found == *text) {
            continue;
        }
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
}
