//! `cargo xtask features`: compiles the crates that people use with many combinations of their features.
//!
//! The features come from the manifests, so that a new API version or feature is tried without a change here.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anstream::{eprint, eprintln, println};
use clap::Args;
use serde_json::Value;

use crate::compile;
use crate::style::{dim, green, red};

/// The packages whose features people choose.
const PACKAGES: [&str; 2] = ["openapi-client-runtime", "sailpoint-connectors"];

/// Run Clippy, with warnings denied, on each published crate: without features, with each alone, with all but one, with all.
#[derive(Debug, Args)]
pub(crate) struct Arguments {}

/// Runs the command in the repository at `root`.
pub(crate) fn run(root: &Path, _: &Arguments) -> Result<ExitCode, String> {
    let metadata = compile::metadata(root)?;
    let (mut tried, mut failed) = (0, Vec::new());
    for package in PACKAGES {
        let known = features(&metadata, package)?;
        for combination in combinations(&known) {
            let list = combination.into_iter().collect::<Vec<_>>().join(",");
            eprintln!("{}", dim(&format!("{package}: {}", if list.is_empty() { "no features" } else { &list })));
            tried += 1;
            if let Some(errors) = lint(root, package, &list)? {
                eprint!("{errors}");
                failed.push(format!("{package} --no-default-features --features \"{list}\""));
            }
        }
    }
    for combination in &failed {
        println!("{}: cargo clippy --package {combination}", red("error"));
    }
    if failed.is_empty() {
        println!("{} {tried} combinations of features", green("✓"));
    }
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The features of a package, except `default`.
fn features<'a>(metadata: &'a Value, package: &str) -> Result<Vec<&'a str>, String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let found =
        packages.into_iter().find(|known| known["name"] == package).and_then(|known| known["features"].as_object());
    let features = found.ok_or_else(|| format!("no package {package} in this workspace"))?;
    Ok(features.keys().map(String::as_str).filter(|name| *name != "default").collect())
}

/// None, each alone, all but one, all; each once.
fn combinations<'a>(features: &[&'a str]) -> BTreeSet<BTreeSet<&'a str>> {
    let all: BTreeSet<&str> = features.iter().copied().collect();
    let alone = features.iter().map(|feature| BTreeSet::from([*feature]));
    let without = features.iter().map(|feature| all.iter().copied().filter(|known| known != feature).collect());
    alone.chain(without).chain([BTreeSet::new(), all.clone()]).collect()
}

/// What Clippy finds with these features, if anything.
fn lint(root: &Path, package: &str, features: &str) -> Result<Option<String>, String> {
    let output = compile::cargo()
        .args(["clippy", "--quiet", "--locked", "--package", package, "--no-default-features", "--features", features])
        .args(["--", "--deny", "warnings"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    Ok((!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::{combinations, features};

    #[test]
    fn each_feature_is_tried_alone_and_left_out() {
        let lists: Vec<String> =
            combinations(&["a", "b", "c"]).into_iter().map(|set| set.into_iter().collect::<String>()).collect();
        assert_eq!(lists, ["", "a", "ab", "abc", "ac", "b", "bc", "c"]);
        assert_eq!(combinations(&["a"]).len(), 2);
    }

    #[test]
    fn features_are_those_of_the_manifest() {
        let metadata =
            serde_json::json!({ "packages": [{ "name": "p", "features": { "default": ["a"], "a": [], "b": [] } }] });
        assert_eq!(features(&metadata, "p"), Ok(vec!["a", "b"]));
        assert!(features(&metadata, "q").is_err());
    }
}
