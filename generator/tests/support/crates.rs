//! Crates that tests write below the target folder and give to Cargo.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs Cargo on the crate in `folder`, with warnings denied.
pub(crate) fn cargo(command: &[impl AsRef<OsStr>], folder: &Path) -> Output {
    Command::new(env!("CARGO"))
        .args(command)
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        // The test of the generated crate builds its downstream program there: the dependencies are the same.
        .arg("--target-dir")
        .arg(target().join("downstream"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", "-Dwarnings")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .output()
        .expect("cargo starts")
}

/// The target folder that these tests were built into.
pub(crate) fn target() -> PathBuf {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    tmp.parent().unwrap_or(tmp).to_owned()
}

/// The name of the package in `folder`.
fn package_name(folder: &Path) -> String {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("it has a manifest");
    let manifest: toml::Table = manifest.parse().expect("it is TOML");
    manifest["package"]["name"].as_str().expect("it has a name").to_owned()
}

/// Writes the crate that consists of `files`; those that did not change keep their time, so that Cargo builds only what
/// did.
pub(crate) fn write_crate(mut files: BTreeMap<String, String>, folder: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runtime = root.join("../runtime").canonicalize().expect("the runtime is there");
    if let Some(manifest) = files.get_mut("Cargo.toml") {
        *manifest = manifest
            .replace(super::RUNTIME_PACKAGE, &package_name(&runtime))
            .replace(super::RUNTIME_PATH, &runtime.to_string_lossy());
    }
    // The same versions as the workspace's, which are there already: the tests need no network.
    files.insert("Cargo.lock".to_owned(), fs::read_to_string(root.join("../Cargo.lock")).expect("it is committed"));
    for (path, text) in &files {
        let path = folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|found| found == *text) {
            continue;
        }
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
}
