//! `corpus --round-trips`: writes a program that decodes and encodes the examples of a document with the generated types,
//! and runs it.
//!
//! The logic is in the package `round-trips`, which the program depends on. The commands here therefore need no JSON schema
//! validator.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use generator::{Example, Examples, Source};
use serde_json::{Value, json};

use crate::{compile, files};

/// The program's report, and the examples that it did not try.
pub(crate) struct RoundTrips {
    /// Examples in the document.
    pub examples: usize,
    /// The places of the examples whose schema has no type of its own.
    pub without_type: Vec<String>,
    /// The program's own report; `round-trips::Outcome` says what its members mean.
    pub report: Value,
}

impl RoundTrips {
    /// A number of the report.
    fn count(&self, key: &str) -> u64 {
        self.report[key].as_u64().unwrap_or(0)
    }

    /// A list of the report: where, the type, why.
    fn list<'a>(&'a self, key: &str) -> impl Iterator<Item = [&'a str; 3]> {
        let text = |finding: &'a Value, key: &str| finding[key].as_str().unwrap_or_default();
        let findings = self.report[key].as_array().into_iter().flatten();
        findings.map(move |finding| [text(finding, "origin"), text(finding, "rust_type"), text(finding, "why")])
    }

    /// How many trips failed.
    pub(crate) fn failed(&self) -> usize {
        self.list("failed").count()
    }

    /// A summary, then each trip that failed; with `all`, also each that was not made.
    pub(crate) fn text(&self, all: bool) -> String {
        let mut text = format!(
            "round trips: {} written examples and {} objects composed of examples as they are,\n\
             {} with added properties, {} with new enum values; {} failed\n\
             of {} examples, {} have no type of their own, and {} do not match their schema, of which {} make the trip \
             anyway{}\n",
            self.count("as_shown"),
            self.count("composed"),
            self.count("newer_properties"),
            self.count("newer_values"),
            self.failed(),
            self.examples,
            self.without_type.len(),
            self.list("not_admitted").count(),
            self.count("tolerated"),
            if all { ":" } else { "; --findings lists these" },
        );
        let shown = [("failed", "failed"), ("not_admitted", "does not match its schema")];
        for (key, label) in shown.into_iter().filter(|(key, _)| all || *key == "failed") {
            for [origin, rust_type, why] in self.list(key) {
                let _ = writeln!(text, "  {label}: {origin}\n    {}: {why}", rust_type);
            }
        }
        for origin in self.without_type.iter().filter(|_| all) {
            let _ = writeln!(text, "  no type of its own: {origin}");
        }
        text
    }

    /// For scripts.
    pub(crate) fn json(&self) -> Value {
        json!({ "examples": self.examples, "without_type": self.without_type, "trips": self.report })
    }
}

/// Runs the round trips of `examples` through the crate `name`.
pub(crate) fn run(repository: &Path, name: &str, examples: &Examples) -> Result<RoundTrips, String> {
    let program = compile::folder(repository, &format!("{name}-round-trips"));
    let (mut cases, mut without_type) = (Vec::new(), Vec::new());
    for Example { origin, schema, rust_type, value, source } in &examples.found {
        let composed = *source == Source::Composed;
        let origin = format!("{}#{}", origin.file, origin.pointer);
        match rust_type {
            Some(_) => cases.push(json!({
                "origin": origin, "schema": schema, "rust_type": rust_type, "value": value, "composed": composed,
            })),
            None => without_type.push(origin),
        }
    }
    let types: BTreeSet<&str> = examples.found.iter().filter_map(|example| example.rust_type.as_deref()).collect();
    let input = json!({ "document": examples.document, "cases": cases }).to_string();
    let texts = [
        ("Cargo.toml", manifest(repository, name)?),
        ("src/main.rs", source(name, &examples.module, &types)),
        ("input.json", input),
    ];
    for (path, text) in &texts {
        files::update(&program.join(path), text).map_err(|error| format!("{path} cannot be written: {error}"))?;
    }
    compile::lock(repository, &program)?;
    let report = start(repository, &program)?;
    Ok(RoundTrips { examples: examples.found.len(), without_type, report })
}

fn manifest(repository: &Path, name: &str) -> Result<String, String> {
    let ours = |package: &str| {
        let path = repository.join(package).canonicalize();
        path.map_err(|error| format!("{package}/ cannot be found: {error}"))
            .map(|path| Value::from(path.to_string_lossy()))
    };
    Ok(format!(
        "[package]\nname = \"{name}-round-trips\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n\
         {name} = {{ path = \"../{name}\" }}\n\
         round-trips = {{ path = {} }}\n\
         runtime = {{ package = \"openapi-client-runtime\", path = {} }}\n\
         serde_json = \"1\"\n\n\
         [workspace]\n",
        ours("xtask/round-trips")?,
        ours("runtime")?,
    ))
}

/// The program: the table of the types, and a call.
fn source(name: &str, module: &str, types: &BTreeSet<&str>) -> String {
    let krate = name.replace('-', "_");
    let mut text = format!(
        "#![allow(unused_imports)]\nuse {krate}::{module}::models;\nuse round_trips::{{Trip, run, trip}};\n\n\
         const TYPES: &[(&str, Trip)] = &[\n"
    );
    for name in types {
        let _ = writeln!(text, "    ({name:?}, trip::<{name}>),");
    }
    text.push_str(
        "];\n\nfn main() -> Result<(), Box<dyn std::error::Error>> {\n\
         \x20   let input: serde_json::Value = serde_json::from_str(include_str!(\"../input.json\"))?;\n\
         \x20   let cases: Vec<round_trips::Case> = serde_json::from_value(input[\"cases\"].clone())?;\n\
         \x20   println!(\"{}\", serde_json::to_string(&run(&input[\"document\"], &cases, TYPES)?)?);\n    Ok(())\n}\n",
    );
    text
}

fn start(repository: &Path, program: &Path) -> Result<Value, String> {
    let output = compile::cargo_in(repository, program, "run").output();
    let output = output.map_err(|error| format!("cargo cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("the round trips cannot be run:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("the report of the round trips is not JSON: {error}"))
}
