//! One fixture, one feature: each small document under `fixtures/` and the Rust text that it becomes.
//!
//! Fixtures of `schemas/` are shown with their models only, those of `operations/` with everything but the lists of
//! modules. `compile.rs` compiles all of them.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::fmt::Write as _;

use support::{Fixture, fixtures, generate};

#[test]
fn schemas() {
    for fixture in fixtures("schemas") {
        snapshot(&fixture, |path| path.contains("/models/"));
    }
}

#[test]
fn operations() {
    for fixture in fixtures("operations") {
        snapshot(&fixture, |path| path.starts_with("src/"));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let all: Vec<Fixture> = fixtures("schemas").into_iter().chain(fixtures("operations")).collect();
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
    let (head, paths) = fixture.text.split_once("paths:\n").expect("it has paths");
    let (a, rest) = paths.split_once("  /b:").expect("it has /b");
    let reordered = Fixture { text: format!("{head}paths:\n  /b:{rest}{a}"), ..fixture.clone() };
    assert_ne!(reordered.text, fixture.text);
    assert_eq!(generate(&[reordered]).files, generate(&[fixture]).files);
}

fn snapshot(fixture: &Fixture, shown: impl Fn(&str) -> bool) {
    let generation = generate(std::slice::from_ref(fixture));
    let mut text = String::new();
    for (path, source) in &generation.files {
        let is_list = path.ends_with("/mod.rs") || path == "src/lib.rs";
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
