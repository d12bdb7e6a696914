//! The documents that edits start from: the generator's own fixtures, found when the target starts.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

/// Documents without a fault.
pub(crate) static SOUND: LazyLock<Vec<Value>> =
    LazyLock::new(|| documents(&["tests/fixtures/schemas", "tests/fixtures/operations"]));

/// Documents that parts are taken from: also those with faults.
pub(crate) static DONORS: LazyLock<Vec<Value>> =
    LazyLock::new(|| documents(&["tests/fixtures/schemas", "tests/fixtures/operations", "tests/broken"]));

/// What can be read as a tree, in the order of its path: the bytes of an input count on that order.
fn documents(folders: &[&str]) -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        let texts = paths.into_iter().filter_map(|path| fs::read_to_string(path).ok());
        found.extend(texts.filter_map(|text| serde_yaml::from_str::<Value>(&text).ok()).filter(Value::is_object));
    }
    assert!(!found.is_empty(), "the fixtures of the generator are there");
    found
}
