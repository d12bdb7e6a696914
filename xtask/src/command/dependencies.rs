//! `cargo xtask dependencies`: checks the licences, sources and duplicates of everything in `Cargo.lock`.
//!
//! It reads what `cargo metadata` says and needs no network. It does not know security advisories: their database is not
//! in a package registry.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use anstream::println;
use clap::Args;
use serde_json::Value;

use crate::style::{bold, green, red};
use crate::{compile, licence};

/// Licences that this repository accepts in its dependencies. All of them are permissive.
const LICENCES: [&str; 9] =
    ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CDLA-Permissive-2.0", "ISC", "MIT", "Unicode-3.0", "Zlib"];

/// Packages with a licence of their own that is accepted, and why.
const EXCEPTIONS: [(&str, &str); 1] = [("MIT-0", "MIT without the duty to name the authors")];

/// Packages that users of the generated crate may compile in two versions, and why.
const DUPLICATES: [(&str, &str); 4] = [
    ("getrandom", "ring has an older one than jsonschema, which only the feature `test-util` needs"),
    ("r-efi", "of the two getrandoms, on UEFI only"),
    ("syn", "derive macros move to syn 3 one by one"),
    ("windows-sys", "ring has an older one, on Windows only"),
];

/// The crate whose users compile their dependencies.
const PUBLISHED: &str = "sailpoint-connectors";

/// The registry that packages may come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Check the licences, sources and duplicate versions of all dependencies.
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the command in the repository at `root`.
pub(crate) fn run(root: &Path, _: &Arguments) -> Result<ExitCode, String> {
    let metadata = compile::metadata(root)?;
    let packages = list(&metadata["packages"]);
    let mut findings: Vec<String> = packages.iter().flat_map(check).collect();
    let compiled = compiled(&metadata)?;
    let users = packages.iter().filter(|package| compiled.contains(text(package, "id")));
    findings.extend(duplicates(users));
    findings.sort();
    for finding in &findings {
        println!("{}: {finding}", red("error"));
    }
    if findings.is_empty() {
        let (all, users) = (packages.len(), compiled.len());
        println!("{} {all} packages, {users} of them compiled by users of {}", green("✓"), bold(PUBLISHED));
        return Ok(ExitCode::SUCCESS);
    }
    println!("The lists at the top of xtask/src/command/dependencies.rs hold what is accepted.");
    Ok(ExitCode::FAILURE)
}

/// Checks where a package comes from, and its licence.
fn check(package: &Value) -> Vec<String> {
    let name = format!("{} {}", text(package, "name"), text(package, "version"));
    let mut findings = Vec::new();
    // Packages of this workspace have no source.
    if let Some(source) = package["source"].as_str().filter(|source| *source != REGISTRY) {
        findings.push(format!("{name} comes from {source}; use a version from crates.io"));
    }
    let allowed: Vec<&str> = LICENCES.into_iter().chain(EXCEPTIONS.map(|(licence, _)| licence)).collect();
    match package["license"].as_str() {
        Some(licence) if licence::is_allowed(licence, &allowed) => {}
        Some(licence) => findings.push(format!("{name} has the licence `{licence}`, which is not accepted")),
        None => findings.push(format!("{name} names no licence")),
    }
    findings
}

/// The ids of the packages that users of the published crate compile: no tests, examples or tools.
fn compiled(metadata: &Value) -> Result<BTreeSet<&str>, String> {
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).iter().map(|node| (text(node, "id"), node)).collect();
    let root = list(&metadata["packages"]).iter().find(|package| text(package, "name") == PUBLISHED);
    let mut wanted = vec![root.map(|root| text(root, "id")).ok_or(format!("no package {PUBLISHED}"))?];
    let mut found = BTreeSet::new();
    while let Some(id) = wanted.pop() {
        let Some(node) = nodes.get(id).filter(|_| found.insert(id)) else { continue };
        let is_built = |dependency: &&Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
        wanted.extend(list(&node["deps"]).iter().filter(is_built).map(|dependency| text(dependency, "pkg")));
    }
    Ok(found)
}

/// Packages that are there in several versions.
fn duplicates<'a>(packages: impl Iterator<Item = &'a Value>) -> Vec<String> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(text(package, "name")).or_default().insert(text(package, "version"));
    }
    versions.retain(|name, versions| versions.len() > 1 && !DUPLICATES.iter().any(|(known, _)| known == name));
    let told = versions.into_iter().map(|(name, versions)| {
        let versions: Vec<&str> = versions.into_iter().collect();
        format!(
            "users of {PUBLISHED} compile {name} in the versions {}; see `cargo tree -i {name}`",
            versions.join(", ")
        )
    });
    told.collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{check, compiled, duplicates};

    #[test]
    fn foreign_sources_and_licences_are_findings() {
        let package =
            |source, license| json!({ "name": "a", "version": "1.0.0", "source": source, "license": license });
        assert_eq!(check(&package(json!(null), json!("MIT"))), [""; 0]);
        assert_eq!(check(&package(json!("git+https://example.com/a"), json!("MIT"))).len(), 1);
        assert_eq!(check(&package(json!(super::REGISTRY), json!("GPL-3.0-only"))).len(), 1);
        assert_eq!(check(&package(json!(super::REGISTRY), json!(null))).len(), 1);
    }

    #[test]
    fn two_versions_are_a_finding_where_users_compile_both() {
        let package = |id: &str, name: &str, version: &str| json!({ "id": id, "name": name, "version": version });
        let packages = [
            package("root", super::PUBLISHED, "1.0.0"),
            package("a1", "a", "1.0.0"),
            package("a2", "a", "2.0.0"),
            package("a3", "a", "3.0.0"),
        ];
        let dep = |id: &str, kind| json!({ "pkg": id, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": packages,
            "resolve": { "nodes": [
                { "id": "root", "deps": [dep("a1", json!(null)), dep("a2", json!("build")), dep("a3", json!("dev"))] },
                { "id": "a1", "deps": [] }, { "id": "a2", "deps": [] }, { "id": "a3", "deps": [] },
            ] },
        });
        let compiled = compiled(&metadata).expect("the root is there");
        assert_eq!(compiled.iter().copied().collect::<Vec<_>>(), ["a1", "a2", "root"]);
        let users = packages.iter().filter(|package| compiled.contains(super::text(package, "id")));
        let findings = duplicates(users);
        assert!(findings.len() == 1 && findings[0].contains("1.0.0, 2.0.0"), "{findings:?}");
    }
}
