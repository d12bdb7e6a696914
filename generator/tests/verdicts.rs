//! The table of verdicts in `ARCHITECTURE.md`, held against what the fixtures with faults report.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generator::{Folder, Memory, Report, Verdict, check_document};
use support::{MENDED, fixtures};

/// The word that the table has for a verdict. What is noted has no rows of its own.
fn word(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Refused => Some("refused"),
        Verdict::LeftOut => Some("left out"),
        Verdict::Mended => Some("mended"),
        Verdict::Noted => None,
    }
}

/// The verdict and the codes of each row.
fn rows(page: &str) -> Vec<(String, BTreeSet<String>)> {
    let section = page.split("\n## Verdicts\n").nth(1).expect("the page has that section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let lines = section.lines().filter(|line| line.starts_with("| ")).skip(1);
    lines
        .map(|line| {
            let mut cells = line.trim_matches('|').split('|').map(str::trim);
            let verdict = cells.next().unwrap_or_default().to_owned();
            let codes = cells.next().unwrap_or_default().split('`').skip(1).step_by(2);
            (verdict, codes.map(|code| code.trim_end_matches('…').to_owned()).collect())
        })
        .collect()
}

/// What is reported of every fixture that has a fault.
fn reports() -> Vec<Report> {
    let broken = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut found = Vec::new();
    for entry in fs::read_dir(&broken).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        let (root, main) = if path.is_dir() { (path, "api.yaml".to_owned()) } else { (broken.clone(), name) };
        found.push(check_document(&Folder::new(root).expect("it is a folder"), &main));
    }
    for fixture in fixtures(MENDED) {
        let files = fixture.files.iter();
        let reader = files.fold(Memory::new(), |memory, (path, text)| memory.with(path.clone(), text.clone()));
        found.push(check_document(&reader, &fixture.document));
    }
    found
}

#[test]
fn the_table_of_verdicts_is_true() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let rows = rows(&fs::read_to_string(page).expect("the page is there"));
    let mut seen = 0;
    let mut wrong = BTreeSet::new();
    for finding in reports().iter().flat_map(Report::diagnostics) {
        let Some(word) = word(finding.verdict) else { continue };
        seen += 1;
        let says = |codes: &BTreeSet<String>| {
            codes.contains(finding.code) || (finding.code.starts_with("repaired-") && codes.contains("repaired-"))
        };
        if !rows.iter().any(|(verdict, codes)| verdict == word && says(codes)) {
            wrong.insert((word, finding.code));
        }
    }
    assert!(seen > 100, "only {seen} findings were looked at");
    assert!(wrong.is_empty(), "the table does not say: {wrong:?}");
}
