//! Broken specifications, one fault each, and the whole message that people get.
//!
//! `broken/<fault>.yaml` is a document of its own; `broken/<fault>/api.yaml` one of several files. To add one: write it,
//! run the tests, and review the snapshot as the person would who has to mend the fault.

use std::{collections::BTreeSet, fs, path::Path};

use generator::{Folder, check_document};

/// The names of the fixtures, and the document that each starts from.
fn fixtures(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        match file.strip_suffix(".yaml") {
            Some(name) => found.push((name.to_owned(), file.clone())),
            None => found.push((file.clone(), "api.yaml".to_owned())),
        }
    }
    found.sort();
    Ok(found)
}

#[test]
fn every_fault_is_reported_so_that_it_can_be_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let snapshots = folder.with_file_name("snapshots").join("broken");
    let fixtures = fixtures(&folder).unwrap();
    assert!(fixtures.len() >= 50, "only {} fixtures were found", fixtures.len());
    for (name, main) in &fixtures {
        let root = if main == "api.yaml" { folder.join(name) } else { folder.clone() };
        let reader = Folder::new(root).unwrap();
        let report = check_document(&reader, main);
        assert!(!report.diagnostics().is_empty(), "{name}: nothing was found");
        for located in report.located(&reader) {
            let diagnostic = located.diagnostic;
            assert!(located.position.is_some(), "{name}: {} has no place", diagnostic.code);
            assert!(!diagnostic.help.is_empty(), "{name}: {} gives no advice", diagnostic.code);
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&snapshots);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name.as_str(), report.render(&reader)));
    }
    let names: BTreeSet<String> = fixtures.into_iter().map(|(name, _)| name).collect();
    for entry in fs::read_dir(&snapshots).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        if let Some(name) = file.strip_suffix(".snap") {
            assert!(names.contains(name), "the snapshot {file} belongs to no fixture: remove it");
        }
    }
}
