//! Reads and parses every file that some `$ref` names, wave by wave, on as many threads as there are cores.
//!
//! It looks at each `$ref` without knowing what it stands in, so it may fetch a file that nobody needs: what is
//! wrong with a file is therefore kept with the file, and reported only when something really refers to it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    lookup::Trees,
    reference::{looks_like_reference, resolve},
};
use crate::{
    diagnostic::Report,
    load::{Files, parse},
    parallel,
    source::{ReadError, Reader},
};

/// How many files a specification may have.
const MAX_FILES: usize = 20_000;

/// What came of fetching a file.
pub(super) enum Fetched {
    Tree(Value),
    /// It was read, but could not be parsed.
    Broken,
    Unreadable(ReadError),
}

/// A fetched file, and the findings about it.
pub(super) struct Fetch {
    pub(super) outcome: Fetched,
    pub(super) report: Report,
}

/// Fetches everything that can be reached from the main file.
pub(super) fn fetch_all(files: Files<'_>) -> Trees {
    let mut fetched = BTreeMap::new();
    let main = Fetch { outcome: Fetched::Tree(files.tree), report: Report::new() };
    let mut wave = BTreeSet::new();
    mentioned(&files.main, &main, &mut wave);
    fetched.insert(files.main.clone(), main);
    while !wave.is_empty() && fetched.len() < MAX_FILES {
        let paths: Vec<String> = wave.into_iter().filter(|path| !fetched.contains_key(path)).collect();
        wave = BTreeSet::new();
        let wave_fetched = parallel::map(&paths, |path| fetch(files.reader, path));
        for (path, fetch) in paths.into_iter().zip(wave_fetched) {
            mentioned(&path, &fetch, &mut wave);
            fetched.insert(path, fetch);
        }
        wave.retain(|path| !fetched.contains_key(path));
    }
    Trees { main: files.main, files: fetched }
}

/// Adds the files that are named in `$ref`s of a file.
fn mentioned(file: &str, fetch: &Fetch, wave: &mut BTreeSet<String>) {
    let Fetched::Tree(tree) = &fetch.outcome else { return };
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        match node {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                for (key, member) in members {
                    match member {
                        Value::String(text) if key == "$ref" => note(file, text, wave),
                        Value::Object(mapping) if key == "mapping" => {
                            mapping.values().filter_map(Value::as_str).for_each(|text| note(file, text, wave));
                            open.push(member);
                        }
                        Value::Array(_) | Value::Object(_) => open.push(member),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn note(file: &str, text: &str, wave: &mut BTreeSet<String>) {
    if text.starts_with('#') || !looks_like_reference(text) {
        return;
    }
    if let Ok(target) = resolve(file, text) {
        wave.insert(target.file);
    }
}

fn fetch(reader: &dyn Reader, path: &str) -> Fetch {
    match reader.read(path) {
        Err(error) => Fetch { outcome: Fetched::Unreadable(error), report: Report::new() },
        Ok(text) => {
            let parsed = parse(path, &text);
            let outcome = parsed.tree.map_or(Fetched::Broken, Fetched::Tree);
            Fetch { outcome, report: parsed.report }
        }
    }
}
