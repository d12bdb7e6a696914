//! One fixture, one feature: each small document under `fixtures/` and the Rust text that it becomes.
//!
//! Fixtures of `schemas/` are shown with their models only, those of `operations/` with everything but the lists of
//! modules; those of `mended/` with all of their Rust and what was reported. `compile.rs` compiles all of them.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::fmt::Write as _;
use std::path::Path;

use support::{Fixture, MENDED, all, faults, fixtures, generate};

#[test]
fn schemas() {
    for fixture in fixtures("schemas") {
        snapshot(&fixture, |path| path.contains("/models/"));
    }
}

#[test]
fn operations() {
    for fixture in fixtures("operations") {
        snapshot(&fixture, is_client);
    }
}

#[test]
fn catalog() {
    for fixture in fixtures("catalog") {
        snapshot(&fixture, |path| path.contains("/catalog/"));
    }
}

#[test]
fn mended() {
    for fixture in fixtures(MENDED) {
        snapshot(&fixture, is_client);
    }
}

/// A snapshot that belongs to no fixture would never be looked at again.
#[test]
fn every_snapshot_has_its_fixture() {
    for folder in support::FOLDERS {
        let names: Vec<String> = fixtures(folder).into_iter().map(|fixture| format!("{}.snap", fixture.name)).collect();
        let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(folder);
        for entry in std::fs::read_dir(snapshots).expect("the folder is there") {
            let name = entry.expect("it can be read").file_name().to_string_lossy().into_owned();
            assert!(names.contains(&name), "{folder}/{name} belongs to no fixture: remove it");
        }
    }
}

/// Editors of other systems end lines with CR and LF, and leave tabs behind what they wrote.
#[test]
fn line_ends_and_tabs_behind_values_change_nothing() {
    // In a block of text, a tab would be a part of it.
    let opens_block = |line: &str| line.ends_with(['|', '>']) || line.ends_with("|-") || line.ends_with(">-");
    let has_block = |fixture: &Fixture| fixture.files.values().any(|text| text.lines().any(opens_block));
    let sound: Vec<Fixture> =
        all().into_iter().filter(|fixture| fixture.folder != MENDED && !has_block(fixture)).collect();
    assert!(sound.len() > 30, "only {} fixtures were looked at", sound.len());
    let plain = generate(&sound).files;
    let with = |end: &'static str| -> Vec<Fixture> {
        sound.iter().map(|fixture| fixture.with(|text| text.replace('\n', end))).collect()
    };
    assert_eq!(generate(&with("\r\n")).files, plain);
    assert_eq!(generate(&with("\t\n")).files, plain);
    assert_eq!(generate(&with("\n \t\n")).files, plain, "a tab on a line of its own");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let all = all();
    let first = generate(&all);
    assert_eq!(first.files, generate(&all).files);
    assert!(first.files.len() > all.len() * 4, "every fixture has files");
}

/// The names of the enums of parameters do not depend on the order in which operations stand in the document.
#[test]
fn names_do_not_depend_on_order() {
    let [fixture] = fixtures("operations")
        .into_iter()
        .filter(|fixture| fixture.name == "parameter_enum_names")
        .collect::<Vec<_>>()
        .try_into()
        .expect("the fixture is there");
    let (head, paths) = fixture.text().split_once("paths:\n").expect("it has paths");
    let (a, rest) = paths.split_once("  /b:").expect("it has /b");
    let reordered = fixture.with(|_| format!("{head}paths:\n  /b:{rest}{a}"));
    assert_ne!(reordered.text(), fixture.text());
    assert_eq!(generate(&[reordered]).files, generate(&[fixture]).files);
}

fn is_client(path: &str) -> bool {
    path.starts_with("src/") && !path.contains("/catalog/")
}

fn snapshot(fixture: &Fixture, shown: impl Fn(&str) -> bool) {
    let generation = generate(std::slice::from_ref(fixture));
    let mut text = faults(std::slice::from_ref(fixture), &generation);
    for (path, source) in &generation.files {
        let is_list = path.ends_with("/mod.rs") && !path.contains("/catalog/") || path == "src/lib.rs";
        if !is_list && shown(path) {
            let source = source.split_once('\n').map_or("", |(_, rest)| rest);
            let _ = writeln!(text, "// ─── {path}\n{source}");
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_description(fixture.about());
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(format!("snapshots/{}", fixture.folder));
    settings.bind(|| insta::assert_snapshot!(fixture.name.as_str(), text));
}
