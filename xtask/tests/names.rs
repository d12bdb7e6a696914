//! The locks of names, as maintainers meet them: `--check`, a renamed schema, a rename by hand, a new start.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::fs;
use std::path::Path;

use support::{contents, copy, repository, stderr, stdout, xtask};

const LOCK: &str = "spec/names/v2025.yaml";

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).expect("the file is there")
}

/// Replaces text that is in the file.
fn change(root: &Path, path: &str, from: &str, to: &str) {
    let text = read(root, path);
    assert!(text.contains(from), "{path} has no {from}");
    fs::write(root.join(path), text.replace(from, to)).expect("it can be written");
}

fn codegen(root: &Path, more: &[&str]) -> String {
    let output = xtask(root, &[&["codegen"], more].concat());
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

#[test]
fn check_covers_the_locks() {
    let copy = copy();
    change(copy.path(), LOCK, "    name: UpdateDetail\n", "    name: UpdateDetail\n    was:\n      - Update\n");
    fs::remove_file(copy.path().join("spec/names/v3.yaml")).expect("it is there");
    let output = xtask(copy.path(), &["codegen", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(stdout(&output), @"
    ✗ generated/ is out of date:
      changed   generated/src/v2025/models/mod.rs
      changed   generated/src/v2025/models/update_detail.rs
      changed   spec/names/v2025.yaml
      missing   spec/names/v3.yaml
    Run cargo xtask codegen and commit the result.
    ");

    // The alias that was asked for by hand is there; the lock that was lost is what it was.
    codegen(copy.path(), &[]);
    let models = read(copy.path(), "generated/src/v2025/models/update_detail.rs");
    assert!(models.contains("pub type Update = UpdateDetail;"), "{models}");
    assert_eq!(read(copy.path(), "spec/names/v3.yaml"), read(&repository(), "spec/names/v3.yaml"));
    codegen(copy.path(), &["--check"]);
}

#[test]
fn a_renamed_schema_leaves_its_old_name_as_an_alias() {
    let copy = copy();
    change(copy.path(), "spec/v2025.yaml", "schemas/UpdateDetail'", "schemas/ConnectorUpdate'");
    change(copy.path(), "spec/v2025.yaml", "    UpdateDetail:\n", "    ConnectorUpdate:\n");
    codegen(copy.path(), &[]);
    let models = read(copy.path(), "generated/src/v2025/models/update_detail.rs");
    assert!(models.contains("pub struct ConnectorUpdate {"), "{models}");
    assert!(models.contains("pub type UpdateDetail = ConnectorUpdate;"), "{models}");
    let lock = read(copy.path(), LOCK);
    assert!(
        lock.contains("    name: ConnectorUpdate\n    module: update_detail\n    was:\n      - UpdateDetail\n"),
        "{lock}"
    );
}

#[test]
fn forgetting_names_starts_anew() {
    let copy = copy();
    change(copy.path(), LOCK, "    name: UpdateDetail\n", "    name: Update\n    was:\n      - UpdateDetail\n");
    codegen(copy.path(), &[]);
    assert!(read(copy.path(), "generated/src/v2025/models/update_detail.rs").contains("pub struct Update {"));
    codegen(copy.path(), &["--forget-names"]);
    for folder in ["spec", "generated"] {
        assert_eq!(contents(&copy.path().join(folder)), contents(&repository().join(folder)), "{folder}");
    }
}

#[test]
fn only_leaves_the_locks_of_others_alone() {
    let copy = copy();
    for module in ["v3", "v2025"] {
        fs::remove_file(copy.path().join(format!("spec/names/{module}.yaml"))).expect("it is there");
    }
    codegen(copy.path(), &["--only", "v2025"]);
    assert!(copy.path().join(LOCK).exists() && !copy.path().join("spec/names/v3.yaml").exists());
}

#[test]
fn one_name_for_two_things_is_refused() {
    let copy = copy();
    change(copy.path(), LOCK, "    name: UpdateDetail\n", "    name: ConnectorDetail\n");
    let before = contents(copy.path());
    let output = xtask(copy.path(), &["codegen"]);
    assert_eq!(output.status.code(), Some(1));
    let message = stderr(&output);
    assert!(message.contains("names/v2025.yaml") && message.contains("`ConnectorDetail` is the name of"), "{message}");
    assert_eq!(contents(copy.path()), before);
}
