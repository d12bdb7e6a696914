//! What a pull request is reviewed by first: the public surface of each emitted module.
//!
//! `snapshots/surface` shows what changes for the crate's users; how it changes shows the diff of `generated/`, which
//! is committed and compared by `codegen.rs`. Each emitted module has a file, so that a change of one schema changes the
//! snapshots of that schema only.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use generator::{Folder, Generation};

const SURFACE: &str = "surface";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn generation() -> Generation {
    let folder = Folder::new(repository().join("spec")).expect("spec/ can be read");
    let generation = generator::generate(&folder, "apis.yaml", "cargo xtask codegen");
    assert!(generation.report.diagnostics().is_empty(), "{}", generation.report.render(&folder));
    generation
}

/// `src/v2025/models/locale.rs` is `v2025/models` and `locale`.
fn place(path: &str) -> (String, String) {
    let path = path.trim_start_matches("src/");
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    match stem.rsplit_once('/') {
        Some((folder, name)) => (format!("/{folder}"), name.to_owned()),
        None => (String::new(), stem.to_owned()),
    }
}

fn snapshot(path: &str, text: &str) -> PathBuf {
    let (folder, name) = place(path);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("snapshots/{SURFACE}{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.as_str(), text));
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/{SURFACE}{folder}/{name}.snap"))
}

#[test]
fn surface() {
    let expected = generation().surfaces.iter().map(|(path, text)| snapshot(path, text)).collect();
    assert_no_orphans(&expected);
}

/// A snapshot whose module is gone would be reviewed by nobody.
fn assert_no_orphans(expected: &BTreeSet<PathBuf>) {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(SURFACE)];
    let mut orphans = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("snapshots can be listed") {
            let path = entry.expect("snapshots can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "snap") && !expected.contains(&path) {
                orphans.push(path);
            }
        }
    }
    assert!(orphans.is_empty(), "these snapshots belong to no module any more; delete them: {orphans:#?}");
}
