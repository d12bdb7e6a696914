//! No API version goes without the tests that call its operations.

mod support;

use std::collections::BTreeSet;

use support::spec;

#[test]
fn every_document_has_a_file_that_calls_its_operations() {
    let names = std::fs::read_dir(spec::folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let documents: BTreeSet<String> = names
        .filter_map(|name| name.to_str().and_then(|name| name.strip_suffix(".yaml")).map(str::to_owned))
        .filter(|name| name != "apis")
        .collect();
    let modules: BTreeSet<String> = support::VERSIONS.iter().map(|&version| version.to_owned()).collect();
    assert_eq!(documents, modules, "`VERSIONS` of tests/support/mod.rs and the documents in spec/");
    for version in documents {
        // That file fails by itself when it leaves out an operation of the document.
        let file = format!("{}/tests/operations_{version}.rs", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(text.contains(&format!("run_all(\"{version}\", ")), "{file} does not run its cases");
        assert!(!spec::operations(&version).is_empty());
    }
}
