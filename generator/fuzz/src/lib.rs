//! What the fuzz targets share: what the generator promises of any input, and ways to turn bytes into input.
//!
//! A broken promise is a panic, which is what libFuzzer looks for; time and memory it limits itself.

mod edit;
mod rust;
mod seed;
mod words;

use std::collections::BTreeSet;
use std::sync::Mutex;

use generator::{Generation, Memory, ReadError, Reader};

pub use edit::Edited;

/// The document that every other file is reached from.
pub const MAIN: &str = "api.yaml";

/// One API; what is switched on alone comes after it.
const CONFIG: &str = "crate:
  name: fuzzed
  version: 0.1.0
  description: A crate.
  documentation: A crate.
  runtime: { package: the-runtime, path: the/runtime }
apis:
  - module: api
    document: api.yaml
    features: ";

/// Files in memory that notice when somebody asks for what no reader may be asked for.
struct Watched {
    files: Memory,
    known: BTreeSet<String>,
    read: Mutex<BTreeSet<String>>,
}

impl Reader for Watched {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        let odd = path.is_empty() || path.contains(['\\', '\0']);
        let climbs = path.split('/').any(|part| matches!(part, "" | "." | ".."));
        assert!(!odd && !climbs, "{path:?} was asked for, which is no normalised path inside the folder");
        let text = self.files.read(path);
        if text.is_ok()
            && let Ok(mut read) = self.read.lock()
        {
            read.insert(path.to_owned());
        }
        text
    }
}

/// Generates a crate of `files`, the first of which is [`MAIN`], and holds the generator to its promises.
///
/// `by_tag` makes a feature of each tag; `twice` compares two runs, which costs as much again.
pub fn promises(files: &[(String, String)], by_tag: bool, twice: bool) {
    let config = format!("{CONFIG}{}\n", if by_tag { "tags" } else { "whole" });
    let known = files.iter().map(|(path, _)| path.clone()).chain(["apis.yaml".to_owned()]).collect();
    let memory = Memory::new().with("apis.yaml", config);
    let memory = files.iter().fold(memory, |memory, (path, text)| memory.with(path.clone(), text.clone()));
    let reader = Watched { files: memory, known, read: Mutex::default() };
    let generation = generator::generate(&reader, "apis.yaml", "cargo fuzz");
    findings_can_be_mended(&generation, &reader);
    if generation.report.has_errors() {
        assert!(generation.files.is_empty(), "there are errors, and a crate all the same");
    } else {
        assert!(generation.files.len() > 2, "there is no error, and no crate either");
        for (path, text) in &generation.files {
            rust::is_sound(path, text);
        }
    }
    if twice {
        let again = generator::generate(&reader, "apis.yaml", "cargo fuzz");
        assert!(again.files == generation.files, "the second run gave other files");
        assert_eq!(again.report.diagnostics(), generation.report.diagnostics(), "the second run found other things");
    }
}

/// Each has a place, a reason and an advice, and can be shown.
fn findings_can_be_mended(generation: &Generation, reader: &Watched) {
    let report = &generation.report;
    for located in report.located(reader) {
        let finding = located.diagnostic;
        assert_ne!(finding.code, "generator-defect", "{finding:?}");
        assert!(!finding.message.is_empty() && !finding.help.is_empty(), "{finding:?} has no reason or no advice");
        assert!(located.position.is_some(), "{finding:?} has no line");
        let places = finding.origin.iter().chain(finding.related.iter().map(|(origin, _)| origin));
        for place in places {
            assert!(reader.known.contains(&place.file), "{finding:?} is about a file that does not exist");
        }
    }
    assert_eq!(report.render(reader).is_empty(), report.diagnostics().is_empty(), "a report that shows nothing");
}
