//! What the tests of the commands share: running the binary as Cargo does, and copies of the repository to change.
#![allow(dead_code, unreachable_pub, reason = "each test binary is a crate of its own and uses a part of it")]
#![allow(clippy::expect_used, reason = "tests assert by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs `cargo xtask …` in the repository at `root`, as Cargo would.
pub fn xtask(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .env("CARGO_MANIFEST_DIR", root.join("xtask"))
        .output()
        .expect("the command starts")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A copy of `spec/` and `generated/`, to be changed.
pub fn copy() -> tempfile::TempDir {
    let target = tempfile::tempdir().expect("there is room");
    for folder in ["spec", "generated"] {
        copy_folder(&repository().join(folder), &target.path().join(folder));
    }
    target
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("it can be listed");
        let name = entry.file_name();
        if entry.path().is_dir() {
            if name != "target" {
                copy_folder(&entry.path(), &to.join(name));
            }
        } else {
            fs::copy(entry.path(), to.join(name)).expect("a file can be copied");
        }
    }
}

/// Every file below `folder` with its bytes.
pub fn contents(folder: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).expect("it can be read");
                found.insert(path.strip_prefix(folder).expect("it is below").to_owned(), bytes);
            }
        }
    }
    found
}
