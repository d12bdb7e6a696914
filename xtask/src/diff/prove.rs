//! Verdicts held against the compiler: a program that uses every public item of the old crate is compiled against the new one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use generator::Generation;
use serde_json::Value;

use super::uses;
use crate::files;

/// The packages of a proof, one for each pair, which share a workspace and its dependencies.
pub(crate) struct Proof {
    folder: PathBuf,
    members: Vec<String>,
}

impl Proof {
    /// A new workspace in the target folder of the repository at `root`.
    pub(crate) fn new(root: &Path) -> Result<Self, String> {
        let folder = root.join("target/proof");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| cannot(&folder, &error))?;
        }
        fs::create_dir_all(&folder).map_err(|error| cannot(&folder, &error))?;
        // The versions that the repository has been built with: nothing is asked of the network.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(|error| cannot(&folder, &error))?;
        Ok(Self { folder, members: Vec::new() })
    }

    /// Adds the crate `name`, and a program that uses what `old` has.
    pub(crate) fn add(&mut self, name: &str, old: &Generation, new: &Generation) -> Result<(), String> {
        let program = uses::program(&old.files, &name.replace('-', "_"))?;
        let write = |path: &str, text: &str| {
            let path = self.folder.join(name).join(path);
            files::update(&path, text).map_err(|error| cannot(&path, &error))
        };
        for (path, text) in &new.files {
            let lines: String =
                text.lines().filter(|line| *line != "[workspace]").map(|line| format!("{line}\n")).collect();
            write(path, if path == "Cargo.toml" { &lines } else { text })?;
        }
        write("examples/uses.rs", &program)?;
        self.members.push(name.to_owned());
        Ok(())
    }

    /// Compiles everything: for each crate whose program does not compile, the first error.
    pub(crate) fn run(&self, root: &Path) -> Result<BTreeMap<String, String>, String> {
        let members: Vec<String> = self.members.iter().map(|name| format!("{name:?}")).collect();
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
        let path = self.folder.join("Cargo.toml");
        files::update(&path, &manifest).map_err(|error| cannot(&path, &error))?;
        let output = Command::new(env!("CARGO"))
            .args(["check", "--workspace", "--examples", "--offline", "--keep-going", "--quiet"])
            .args(["--message-format", "json", "--manifest-path"])
            .arg(&path)
            .arg("--target-dir")
            .arg(root.join("target/proof-target"))
            .env("CARGO_INCREMENTAL", "0")
            .stderr(Stdio::piped())
            .output()
            .map_err(|error| format!("cargo cannot be run: {error}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let (mut failed, mut passed) = (BTreeMap::new(), BTreeSet::new());
        for message in messages {
            let name = message["target"]["name"].as_str().unwrap_or_default();
            let package = message["package_id"].as_str().unwrap_or_default();
            let Some(member) = self.members.iter().find(|member| package.contains(&format!("/{member}#"))) else {
                continue;
            };
            match message["reason"].as_str() {
                Some("compiler-message") if message["message"]["level"] == "error" => {
                    let rendered = message["message"]["rendered"].as_str().unwrap_or_default();
                    if name != "uses" {
                        return Err(format!("the crate {member} itself does not compile:\n{rendered}"));
                    }
                    failed.entry(member.clone()).or_insert_with(|| brief(&message["message"]));
                }
                Some("compiler-artifact") if name == "uses" => {
                    passed.insert(member.clone());
                }
                _ => {}
            }
        }
        match self.members.iter().find(|member| !failed.contains_key(*member) && !passed.contains(*member)) {
            Some(lost) => {
                Err(format!("cargo did not say what became of {lost}:\n{}", String::from_utf8_lossy(&output.stderr)))
            }
            None => Ok(failed),
        }
    }
}

/// An error in one line: what the compiler says, and the line of the program.
fn brief(message: &Value) -> String {
    let text = message["message"].as_str().unwrap_or_default();
    let line = message["spans"][0]["text"][0]["text"].as_str().unwrap_or_default().trim();
    if line.is_empty() { text.to_owned() } else { format!("{text}: `{line}`") }
}

fn cannot(path: &Path, error: &std::io::Error) -> String {
    format!("{} cannot be written: {error}", path.display())
}
