//! What is found between two versions of a document, change by change, and the table of it in `ARCHITECTURE.md`.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use generator::diff::{self, Change, Class, Finding, Release, Side};
use generator::{Memory, Outlines, outlines};
use serde::Deserialize;

#[derive(Deserialize)]
struct History {
    document: String,
    changes: Vec<Edit>,
}

/// A change of the document.
#[derive(Deserialize)]
struct Edit {
    what: String,
    #[serde(flatten)]
    replacement: Replacement,
    and: Option<Replacement>,
    release: String,
    #[serde(default)]
    found: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Replacement {
    from: String,
    to: String,
}

impl Replacement {
    fn apply(&self, text: &str, what: &str) -> String {
        assert!(text.contains(&self.from), "{what}: the document has no {:?}", self.from);
        text.replace(&self.from, &self.to)
    }
}

/// The outlines of a document, with the names of a lock.
fn read(document: &str, names: &BTreeMap<String, String>) -> Outlines {
    let config = "crate: { name: a, version: 0.1.0, description: A., documentation: A., runtime: { path: x } }\n\
                  apis: [{ module: v1, document: api.yaml, features: tags }]\n";
    let mut reader = Memory::new().with("apis.yaml", config).with("api.yaml", document);
    for (path, text) in names {
        reader = reader.with(path.clone(), text.clone());
    }
    let found = outlines(&reader, "apis.yaml");
    assert!(!found.report.has_errors(), "{}", found.report.render(&reader));
    found
}

fn compare(old: &str, new: &str) -> Vec<Finding> {
    diff::compare(&read(old, &BTreeMap::new()).apis, &read(new, &BTreeMap::new()).apis)
}

#[test]
fn each_change_is_found_and_has_its_verdict() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes.yaml")).expect("it is there");
    let history: History = serde_yaml::from_str(&text).expect("it is as described");
    let mut document = history.document;
    let mut before = read(&document, &BTreeMap::new());
    let mut wrong = Vec::new();
    for edit in &history.changes {
        document = edit.replacement.apply(&document, &edit.what);
        if let Some(and) = &edit.and {
            document = and.apply(&document, &edit.what);
        }
        let now = read(&document, &before.names);
        let findings = diff::compare(&before.apis, &now.apis);
        let quiet = [Change::DocsChanged, Change::ExampleChanged];
        let found: BTreeSet<String> = findings
            .iter()
            .filter(|finding| !quiet.contains(&finding.change))
            .map(|finding| finding.change.id().to_owned())
            .collect();
        if found != edit.found || diff::release(&findings).as_str() != edit.release {
            let told: Vec<String> = findings.iter().map(|f| format!("{} {} {}", f.change, f.item, f.what)).collect();
            wrong.push(format!("{}: {found:?}\n  {}", edit.what, told.join("\n  ")));
        }
        for finding in findings {
            assert!(finding.change.classes().contains(&finding.class), "{finding:?} has a class that is not listed");
        }
        before = now;
    }
    assert!(history.changes.len() >= 25, "there are few changes");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A document with one operation that returns `Thing`.
fn document(path: &str, id: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.0.1
info: {{ title: A, version: '1' }}
paths:
  {path}:
    get:
      tags: [Things]
      operationId: {id}
      parameters:
        - {{ name: a, in: query, required: true, schema: {{ type: string }} }}
        - {{ name: b, in: query, required: true, schema: {{ type: string }} }}
      responses:
        '200': {{ description: One., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing' }} }} }} }}
components:
  schemas:
{schemas}"
    )
}

const THING: &str = "    Thing: { type: object, properties: { a: { type: string }, b: { type: string } } }\n";

/// What no compiler finds, where there is no lock that forbids it.
#[test]
fn a_name_with_another_meaning_comes_first() {
    let plain = document("/things", "getThing", THING);
    let changed = [
        (document("/others", "getThing", THING), Change::MethodIsAnother),
        (plain.replace("name: a, in", "name: x, in").replace("name: b, in", "name: a, in"), Change::ArgumentIsAnother),
        (plain.replace("a: { type: string }, b", "c-d: { type: string }, b"), Change::FieldRemoved),
    ];
    for (new, expected) in changed {
        let findings = compare(&plain, &new);
        let first = findings.first().expect("something is found");
        assert_eq!(first.change, expected, "{findings:#?}");
        assert_eq!(diff::release(&findings), Release::Major);
    }
    let values =
        |list: &str| document("/things", "getThing", &format!("    Thing: {{ type: string, enum: [{list}] }}\n"));
    let findings = compare(&values("in-use, gone"), &values("IN_USE, gone"));
    assert_eq!(findings.first().map(|found| found.change), Some(Change::VariantIsAnother), "{findings:#?}");
    let elsewhere = "    Thing: { $ref: '#/components/schemas/Thing_' }\n    Thing_: { type: object, title: Thing, properties: { z: { type: boolean } } }\n";
    let findings = compare(&plain, &document("/things", "getThing", elsewhere));
    assert!(findings.iter().all(|found| found.class != Class::BreakingNames), "{findings:#?}");
}

/// Without a lock, a name changes when the document changes it.
#[test]
fn a_rename_is_told_from_a_loss() {
    let old = document("/things", "getThing", THING);
    let findings = compare(&old, &document("/things", "readThing", THING));
    let found: Vec<_> = findings.iter().map(|found| (found.class, found.change, found.side)).collect();
    assert_eq!(found, [(Class::BreakingNames, Change::MethodRenamed, Side::Old)]);
    let findings = compare(&old, &old.replace("Thing'", "Item'").replace("    Thing:", "    Item:"));
    let found: Vec<_> = findings.iter().map(|found| (found.class, found.change)).collect();
    let expected = [
        (Class::BreakingNames, Change::TypeRenamed),
        (Class::Unnoticed, Change::ResponsesChanged),
        (Class::Unnoticed, Change::TypeMoved),
    ];
    assert_eq!(found, expected, "{findings:#?}");
    let findings = compare(&old, &old.replace("[Things]", "[Others]"));
    let found: BTreeSet<_> = findings.iter().map(|found| (found.class, found.change)).collect();
    assert!(found.contains(&(Class::BreakingNames, Change::GroupRenamed)), "{findings:#?}");
    assert!(!found.iter().any(|(class, _)| *class == Class::BreakingWire), "{findings:#?}");
}

#[test]
fn equal_documents_have_no_findings() {
    let text = document("/things", "getThing", THING);
    assert_eq!(compare(&text, &text), []);
    assert_eq!(diff::release(&[]), Release::Patch);
}

/// The ids and the classes of a row: `| class | ids |`.
#[test]
fn the_table_of_changes_is_complete() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let page = fs::read_to_string(page).expect("the page is there");
    let section = page.split("\n## Changes\n").nth(1).expect("the page has that section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in section.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let class = cells.next().unwrap_or_default().to_owned();
        let ids = cells.next().unwrap_or_default().split('`').skip(1).step_by(2).map(str::to_owned);
        told.entry(class).or_default().extend(ids);
    }
    let mut real: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for change in Change::ALL {
        for class in change.classes() {
            real.entry(class.title().to_owned()).or_default().insert(change.id().to_owned());
        }
    }
    assert_eq!(told, real);
}
