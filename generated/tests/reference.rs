//! The Rust examples of the reference pages (`docs/`) run: a program of all of them calls a mock of the APIs, in process.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "all of it is part of a test")]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::VERSIONS;

/// What the program depends on, and where it is put together.
const MANIFEST: &str = r#"[workspace]

[package]
name = "examples-of-the-pages"
version = "0.0.0"
edition = "2024"

[dependencies]
openapi-client-runtime = { path = "RUNTIME", features = ["test-util"] }
sailpoint-connectors = { path = "CRATE", features = ["catalog"] }
tokio = { version = "1", features = ["macros", "rt"] }

[profile.dev]
debug = false
"#;

/// The beginning of the program: each example has a server of its own.
const START: &str = r#"use openapi_client_runtime::testing::Mock;
use sailpoint_connectors::{Client, beta, v2025, v3};

fn client() -> Client {
    let mock = Mock::new(&[&v2025::CATALOG, &v3::CATALOG, &beta::CATALOG]);
    mock.client_builder().build().unwrap()
}
"#;

/// The examples of a version: the operation, and the code.
fn examples(version: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(version).join("methods");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|page| page.unwrap().path()).collect();
    pages.sort();
    let text: String = pages.iter().map(|page| std::fs::read_to_string(page).unwrap()).collect();
    let sections = text.split("\n## ").skip(1).filter_map(|section| {
        let name = section.lines().next()?.replace('-', "_");
        let (_, code) = section.split_once("```rust,ignore\n")?;
        Some((name, code.split_once("\n```")?.0.to_owned()))
    });
    sections.collect()
}

/// The whole program, and how many examples it runs.
fn program() -> (String, usize) {
    let (mut functions, mut calls, mut count) = (START.to_owned(), String::new(), 0);
    for version in VERSIONS {
        for (name, code) in examples(version) {
            let result = format!("Result<(), sailpoint_connectors::{version}::Error>");
            write!(functions, "\nasync fn {version}_{name}(client: Client) -> {result} {{\n{code}\nOk(())\n}}\n")
                .unwrap();
            writeln!(calls, "{version}_{name}(client()).await.expect(\"{version} {name}\");").unwrap();
            count += 1;
        }
    }
    (format!("{functions}\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {{\n{calls}}}\n"), count)
}

#[test]
fn every_example_on_the_pages_runs() {
    let (program, count) = program();
    assert_eq!(count, 32, "an example for each operation");
    let ours = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples-of-the-pages");
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let toml = MANIFEST.replace("RUNTIME", &shown(&ours.join("../runtime"))).replace("CRATE", &shown(ours));
    std::fs::write(folder.join("Cargo.toml"), toml).unwrap();
    std::fs::write(folder.join("src/main.rs"), program).unwrap();
    std::fs::copy(ours.join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for file in
        ["correlation-config.xml", "source-config.xml", "source-template.xml", "messages.properties", "upload.zip"]
    {
        std::fs::write(folder.join(file), "<example/>").unwrap();
    }
    let mut cargo = Command::new(env!("CARGO"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("downstream");
    cargo.args(["run", "--quiet", "--offline", "--target-dir"]).arg(target).current_dir(&folder);
    let output = cargo.env_remove("CARGO_ENCODED_RUSTFLAGS").env("RUSTFLAGS", "-Dwarnings").output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}{errors}", String::from_utf8_lossy(&output.stdout));
}

/// A path as it stands in a manifest.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
