//! The verdicts of `cargo xtask diff`, held against the compiler: each change of a document's history is compiled.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::fs;
use std::process::Command;

use serde_yaml::Value;
use support::{repository, stderr, stdout, xtask};

/// The document of the generator's own tests, and after each of the changes that it lists.
fn documents() -> Vec<(String, String)> {
    let text = fs::read_to_string(repository().join("generator/tests/changes.yaml")).expect("it is there");
    let history: Value = serde_yaml::from_str(&text).expect("it is YAML");
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    let mut document = text(&history["document"]);
    let mut documents = vec![("the start".to_owned(), document.clone())];
    for change in history["changes"].as_sequence().expect("it is a list") {
        for edit in [Some(change), change.get("and")].into_iter().flatten() {
            document = document.replace(&text(&edit["from"]), &text(&edit["to"]));
        }
        documents.push((text(&change["what"]), document.clone()));
    }
    documents
}

#[test]
fn the_compiler_agrees_with_every_verdict() {
    let folder = tempfile::tempdir().expect("there is room");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(folder.path()).args(["-c", "user.name=A", "-c", "user.email=a@example.com"]);
        let output = command.args(["-c", "commit.gpgsign=false"]).args(arguments).output().expect("git starts");
        assert!(output.status.success(), "{}", stderr(&output));
    };
    git(&["init", "--quiet"]);
    let documents = documents();
    for (what, document) in &documents {
        fs::write(folder.path().join("api.yaml"), document).expect("it can be written");
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", what]);
    }
    let history = format!("{}:api.yaml", folder.path().display());
    let output = xtask(&repository(), &["diff", "--history", &history, "--prove", "1000"]);
    let (text, error) = (stdout(&output), stderr(&output));
    assert!(output.status.success(), "{text}{error}");
    let count = documents.len() - 1;
    assert!(text.contains(&format!("The compiler agrees with {count} of {count} verdicts.")), "{text}");
    for verdict in ["major: does not compile", "minor: compiles", "patch: compiles"] {
        assert!(text.contains(verdict), "no {verdict}: {text}");
    }
    assert!(text.contains("0          0  same name, other meaning"), "{text}");
}
