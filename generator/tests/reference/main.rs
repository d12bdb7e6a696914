//! The reference pages: what they look like, and that they say what the documents say.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod facts;
mod page;
mod sdk_pages;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use generator::model::Api;
use generator::{Folder, Generation, Memory};

const DOCUMENT: &str = include_str!("shop.yaml");

const CONFIG: &str = r#"
crate:
  name: shop
  version: 0.1.0
  description: A shop.
  documentation: A shop.
  runtime: { package: the-runtime, path: the/runtime }
  documented-extensions: { x-levels: Levels }
  reference:
    title: A shop
    introduction: All that the shop sells.
    program: shop
    elsewhere:
      - { label: Python, name: "shop.{api}.{group}.{operation} {Group}", apis: { v1: first } }
      - { label: PowerShell, name: "{verb}-{api}{noun}", verbs: { list: Get }, other-verb: Invoke }
apis:
  - { module: v1, document: shop.yaml }
"#;

fn generate(config: &str) -> Generation {
    let reader = Memory::new().with("apis.yaml", config.to_owned()).with("shop.yaml", DOCUMENT.to_owned());
    generator::generate(&reader, "apis.yaml", "cargo test")
}

fn spec() -> Folder {
    Folder::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")).expect("the documents are there")
}

/// The files that are generated from our own documents.
fn ours() -> BTreeMap<String, String> {
    generator::generate(&spec(), "apis.yaml", "cargo test").files
}

fn own_models() -> Vec<Api> {
    generator::models(&spec(), "apis.yaml").0
}

/// The page of a group.
fn page_of<'f>(files: &'f BTreeMap<String, String>, api: &str, tag: &str) -> &'f str {
    let path = format!("docs/{api}/methods/{}.md", tag.to_lowercase().replace(' ', "-"));
    files.get(&path).unwrap_or_else(|| panic!("there is no page {path}"))
}

#[test]
fn pages_of_each_kind() {
    let files = generate(CONFIG).files;
    let pages = files.iter().filter(|(path, _)| path.starts_with("docs/"));
    let text: String = pages.map(|(path, text)| format!("─── {path}\n{text}\n")).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../snapshots/reference");
    settings.bind(|| insta::assert_snapshot!("shop", text));
}

/// Whatever is written, links lead to a page, and to a heading where they name one.
#[test]
fn links_lead_somewhere() {
    for files in [ours(), generate(CONFIG).files] {
        let pages: BTreeSet<&str> = files.keys().map(String::as_str).filter(|path| path.ends_with(".md")).collect();
        let mut links = 0;
        for path in &pages {
            let folder = Path::new(path).parent().expect("pages are in a folder");
            for link in files[*path].split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                if link.starts_with("http") {
                    continue;
                }
                links += 1;
                let (to, anchor) = link.split_once('#').unwrap_or((link, ""));
                let target = if to.is_empty() { (*path).to_owned() } else { joined(folder, to) };
                assert!(pages.contains(target.as_str()), "{path} links to {target}");
                let heading = format!("\n## {anchor}\n");
                assert!(anchor.is_empty() || files[&target].contains(&heading), "{target} has no `{anchor}`");
            }
        }
        assert!(links > 20, "only {links} links");
    }
}

/// A relative link as a path.
fn joined(folder: &Path, to: &str) -> String {
    let mut parts: Vec<String> = folder.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    for part in to.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part.to_owned());
        }
    }
    parts.join("/")
}

#[test]
fn a_placeholder_that_means_nothing_is_refused() {
    let generation = generate(&CONFIG.replace("{noun}", "{name}"));
    let found = generation.report.diagnostics();
    assert!(found.iter().any(|found| found.message.contains("`{name}` means nothing")), "{found:?}");
    assert!(generation.files.is_empty());
}

#[test]
fn no_pages_are_written_unless_they_are_wanted() {
    let without = CONFIG.split("  reference:").next().expect("it has a beginning").to_owned()
        + "apis:\n  - { module: v1, document: shop.yaml }\n";
    assert!(generate(&without).files.keys().all(|path| !path.starts_with("docs/")));
}
