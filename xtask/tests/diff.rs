//! `cargo xtask diff`, as maintainers meet it: folders, documents and revisions; text, JSON and Markdown; exit codes.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{copy, repository, stderr, stdout, xtask};

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .output()
        .expect("git starts");
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output).trim().to_owned()
}

/// Commits everything in `folder`.
fn commit(folder: &Path) -> String {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "A change"]);
    git(folder, &["rev-parse", "HEAD"])
}

fn change(root: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(path)).expect("the file is there");
    assert!(text.contains(from), "{path} has no {from}");
    fs::write(root.join(path), text.replace(from, to)).expect("it can be written");
}

const DOCUMENT: &str = "openapi: 3.0.1
info: { title: A, version: '1' }
paths:
  /things:
    get:
      tags: [Things]
      operationId: listThings
      responses:
        '200': { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
components:
  schemas:
    Thing:
      type: object
      properties:
        name: { type: string }
";

/// A document and a later one that lacks its only property.
fn two_documents() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    fs::write(folder.path().join("old.yaml"), DOCUMENT).expect("it can be written");
    fs::write(folder.path().join("new.yaml"), DOCUMENT.replace("name:", "title:")).expect("it can be written");
    folder
}

#[test]
fn what_breaks_is_told_with_its_place_and_what_to_do() {
    let folder = two_documents();
    let output = xtask(folder.path(), &["diff", &path(&folder, "old.yaml"), &path(&folder, "new.yaml")]);
    assert!(output.status.success(), "a document of others has no version: {}", stderr(&output));
    let text = stdout(&output).replace(&*folder.path().to_string_lossy(), "");
    insta::assert_snapshot!(text, @"
    /old.yaml → /new.yaml
    verdict: major
         0  same name, other meaning
         1  breaking, the wire demands it
         0  breaking, names only
         1  added
         0  changed without effect on code

    breaking, the wire demands it
      field-removed (1): A property is gone. → remove its uses; what a server still sends is in the field for undeclared properties
        api::models::Thing::name is gone: `name`  old.yaml:15 (old)

    added
      field-added (1): A property is new.
        api::models::Thing::title is new: `Option<String>`  new.yaml:15
    ");
}

#[test]
fn scripts_and_release_notes_have_their_own_forms() {
    let folder = two_documents();
    let (old, new) = (path(&folder, "old.yaml"), path(&folder, "new.yaml"));
    let output = xtask(folder.path(), &["diff", &old, &new, "--json"]);
    let json: Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    assert_eq!(json["verdict"], "major");
    assert_eq!(json["version"], Value::Null);
    assert_eq!(json["counts"]["breaking-wire"], 1);
    assert_eq!(json["findings"][0]["id"], "field-removed");
    assert_eq!(json["findings"][0]["side"], "old");
    assert_eq!(json["findings"][0]["line"], 15);
    assert_eq!(json["findings"][0]["pointer"], "/components/schemas/Thing/properties/name");
    let markdown = stdout(&xtask(folder.path(), &["diff", &old, &new, "--markdown"]));
    assert!(markdown.starts_with("**major**.\n"), "{markdown}");
    assert!(markdown.contains("\n- `field-removed`: A property is gone."), "{markdown}");
    assert!(markdown.contains("\n  - `api::models::Thing::name` is gone: `name` (old.yaml:15 (old))\n"), "{markdown}");
}

fn path(folder: &tempfile::TempDir, file: &str) -> String {
    folder.path().join(file).to_string_lossy().into_owned()
}

/// A revision is read through Git: neither the checkout nor the index is touched, and what is there now is the other side.
#[test]
fn a_revision_is_compared_with_what_is_here() {
    let copy = copy();
    let root = copy.path();
    git(root, &["init", "--quiet"]);
    let first = commit(root);
    let output = xtask(root, &["diff", &first]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("verdict: patch; the version 0.1.0 may stay"), "{}", stdout(&output));

    change(root, "spec/v2025.yaml", "scriptName:", "scriptIdentifier:");
    let before = git(root, &["status", "--porcelain"]);
    let output = xtask(root, &["diff", "HEAD"]);
    assert_eq!(output.status.code(), Some(1), "{}{}", stdout(&output), stderr(&output));
    let text = stdout(&output);
    assert!(text.contains("verdict: major; the version must be 0.2.0 or higher, and is 0.1.0"), "{text}");
    assert!(text.contains("field-removed"), "{text}");
    assert_eq!(git(root, &["status", "--porcelain"]), before);
    assert!(xtask(root, &["diff", "HEAD", "--exit-zero"]).status.success());

    change(root, "spec/apis.yaml", "version: 0.1.0", "version: 0.2.0");
    let second = commit(root);
    let output = xtask(root, &["diff", &first, &second]);
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
    assert!(stdout(&output).contains("the version 0.2.0 is high enough, after 0.1.0"), "{}", stdout(&output));
    // The same from elsewhere, and one document of it.
    let typed = |revision: &str, path: &str| format!("{}@{revision}:{path}", root.display());
    let output = xtask(&repository(), &["diff", &typed(&first, "spec"), &typed(&second, "spec")]);
    assert!(stdout(&output).contains("verdict: major"), "{}{}", stdout(&output), stderr(&output));
    let output = xtask(root, &["diff", &format!("{first}:spec/v2025.yaml"), "HEAD:spec/v2025.yaml"]);
    assert!(stdout(&output).contains("field-removed"), "{}{}", stdout(&output), stderr(&output));
}

/// The lock keeps the old name of a component that the document renames: a minor release, and an alias.
#[test]
fn a_renamed_component_makes_a_minor_release() {
    let copy = copy();
    let root = copy.path();
    git(root, &["init", "--quiet"]);
    commit(root);
    change(root, "spec/v2025.yaml", "schemas/UpdateDetail", "schemas/UpdateResult");
    change(root, "spec/v2025.yaml", "    UpdateDetail:", "    UpdateResult:");
    let output = xtask(root, &["diff", "HEAD"]);
    assert_eq!(output.status.code(), Some(1), "{}{}", stdout(&output), stderr(&output));
    let text = stdout(&output);
    assert!(text.contains("verdict: minor; the version must be 0.1.1 or higher, and is 0.1.0"), "{text}");
    let alias = "v2025::models::UpdateDetail is called `UpdateResult` now; the old name is deprecated";
    assert!(text.contains(alias), "{text}");
    change(root, "spec/apis.yaml", "version: 0.1.0", "version: 0.1.1");
    assert!(xtask(root, &["diff", "HEAD"]).status.success());
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = two_documents();
    let said = |arguments: &[&str]| {
        let output = xtask(&repository(), arguments);
        assert!(!output.status.success());
        stderr(&output)
    };
    let old = path(&folder, "old.yaml");
    assert!(said(&["diff", "no-such-revision"]).contains("`no-such-revision` is no file and no folder, and"));
    assert!(said(&["diff", &folder.path().to_string_lossy(), &old]).contains("has no apis.yaml that can be read"));
    fs::write(folder.path().join("none.yaml"), "a: 1\n").expect("it can be written");
    let text = said(&["diff", &old, &path(&folder, "none.yaml")]);
    assert!(text.contains("none.yaml cannot be compared") && text.contains("not-openapi"), "{text}");
    assert!(said(&["diff"]).contains("required"));
    assert!(said(&["diff", "--history", "nowhere"]).contains("a history is named by REPOSITORY:PATH"));
}
