//! Compiles a generated crate with warnings denied, and measures what that costs its users.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime};
use std::{env, fs};

use serde_json::Value;
use wait4::Wait4 as _;

use crate::files;

/// What it took to compile a crate whose dependencies were compiled before.
pub(crate) struct Cost {
    /// Wall time.
    pub seconds: f64,
    /// Peak memory of the compiler.
    pub mebibytes: u64,
}

/// A generated crate on disk.
pub(crate) struct Crate<'a> {
    repository: &'a Path,
    folder: PathBuf,
}

/// The folder that the package `name` is written to.
pub(crate) fn folder(repository: &Path, name: &str) -> PathBuf {
    repository.join("target/corpus").join(name)
}

/// The target folder of all these packages, so that they share compiled dependencies.
pub(crate) fn target(repository: &Path) -> PathBuf {
    repository.join("target/corpus/target")
}

/// The Cargo that started this program.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What Cargo knows about all packages of the lock file.
pub(crate) fn metadata(root: &Path) -> Result<Value, String> {
    let output = cargo()
        .args(["metadata", "--locked", "--all-features", "--format-version", "1"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata printed no JSON: {error}"))
}

/// `cargo <command>` for the package in `folder`.
pub(crate) fn cargo_in(repository: &Path, folder: &Path, command: &str) -> Command {
    let mut cargo = cargo();
    cargo.args([command, "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    cargo.arg("--target-dir").arg(target(repository));
    cargo
}

/// Gives the package in `folder` the dependency versions of this workspace, which are downloaded already.
pub(crate) fn lock(repository: &Path, folder: &Path) -> Result<(), String> {
    let copied = fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock"));
    copied.map(|_| ()).map_err(|error| format!("Cargo.lock cannot be copied: {error}"))
}

impl<'a> Crate<'a> {
    /// Writes the crate `name`.
    pub(crate) fn write(repository: &'a Path, name: &str, texts: &BTreeMap<String, String>) -> Result<Self, String> {
        let folder = folder(repository, name);
        let plan = files::plan(&folder, texts, |_| true).map_err(|error| error.to_string())?;
        files::apply(&folder, texts, &plan).map_err(|error| error.to_string())?;
        lock(repository, &folder)?;
        Ok(Self { repository, folder })
    }

    /// Runs `cargo <command> <options>` twice: once to compile the dependencies, then for the crate alone, which is measured.
    pub(crate) fn measured(&self, command: &str, options: &[&str]) -> Result<Cost, String> {
        self.cargo(command, options)?;
        let lib = fs::File::options().append(true).open(self.folder.join("src/lib.rs"));
        let touched = lib.and_then(|lib| lib.set_modified(SystemTime::now()));
        touched.map_err(|error| format!("src/lib.rs cannot be touched: {error}"))?;
        self.cargo(command, options)
    }

    fn cargo(&self, command: &str, options: &[&str]) -> Result<Cost, String> {
        let start = Instant::now();
        let mut child = cargo_in(self.repository, &self.folder, command)
            .arg("--offline")
            .args(options)
            .env("RUSTFLAGS", "-Dwarnings")
            // As Cargo compiles dependencies. With incremental compilation, the second run would reuse the first.
            .env("CARGO_INCREMENTAL", "0")
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cargo cannot be started: {error}"))?;
        let mut errors = String::new();
        if let Some(mut stderr) = child.stderr.take() {
            let _ = std::io::Read::read_to_string(&mut stderr, &mut errors);
        }
        let done = child.wait4().map_err(|error| format!("cargo cannot be waited for: {error}"))?;
        if !done.status.success() {
            return Err(errors);
        }
        // The largest process below cargo is the compiler.
        let mebibytes = done.rusage.maxrss / (1024 * 1024);
        Ok(Cost { seconds: start.elapsed().as_secs_f64(), mebibytes })
    }
}
