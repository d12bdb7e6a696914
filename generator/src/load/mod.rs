//! Text to a tree of JSON values. The only module that knows YAML as data.
//!
//! YAML can say much that JSON cannot. What has a meaning in JSON is kept (`200:` is the key `"200"`, `no` is a
//! string, aliases and merge keys are expanded); the rest is reported. Aliases and nesting are bounded while the
//! tree grows, so that a small file cannot become a large tree.

mod json;
mod limits;
mod scalar;
mod state;
mod yaml;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    diagnostic::{Diagnostic, Origin, Position, Report, Verdict},
    position::Positions,
    source::{ReadError, Reader},
};
use state::{Fault, State, Stop, Stopped};

/// The file that a specification starts from, parsed, and where its other files can be had.
pub(crate) struct Files<'r> {
    pub(crate) reader: &'r dyn Reader,
    pub(crate) main: String,
    pub(crate) tree: Value,
}

/// Reads and parses the file that a specification starts from.
pub(crate) fn load<'r>(reader: &'r dyn Reader, path: &str, report: &mut Report) -> Option<Files<'r>> {
    let tree = match reader.read(path) {
        Ok(text) => {
            let parsed = parse(path, &text);
            report.append(parsed.report);
            parsed.tree?
        }
        Err(error) => {
            report.push(unreadable(Origin::new(path, ""), path, &error));
            return None;
        }
    };
    Some(Files { reader, main: path.to_owned(), tree })
}

/// Says that a file could not be read; `origin` is what asked for it.
pub(crate) fn unreadable(origin: Origin, path: &str, error: &ReadError) -> Diagnostic {
    let help = match error {
        ReadError::NotFound => "check the name; paths are relative to the file that they stand in".to_owned(),
        ReadError::NotAFile => "name a file; folders, devices and pipes are not read".to_owned(),
        ReadError::Outside => {
            "keep every file of a specification below one folder; links that lead out of it are not followed".to_owned()
        }
        ReadError::TooLarge => "split the specification into several files".to_owned(),
        ReadError::NotUtf8(_) => "save it as UTF-8".to_owned(),
        ReadError::Io(_) => "make the file readable".to_owned(),
    };
    let message = format!("`{path}` cannot be read: {error}");
    Diagnostic::new(Verdict::Refused, "unreadable-file", origin, message, help)
}

/// What became of one file.
pub(crate) struct Parsed {
    pub(crate) tree: Option<Value>,
    pub(crate) report: Report,
}

/// Parses the text of a file: JSON if its name says so, else YAML.
pub(crate) fn parse(file: &str, text: &str) -> Parsed {
    let mut report = Report::new();
    // An editor of another system may have put a byte order mark there; it means nothing in UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Err(refused) = limits::check(text) {
        report.error(refused.code, Origin::new(file, "").at(refused.position), refused.message, refused.help);
        return Parsed { tree: None, report };
    }
    let mut state = State::new();
    let is_json = file.ends_with(".json");
    let tree = if is_json { json::read(text, &mut state).map(Some) } else { yaml(file, text, &mut state, &mut report) };
    let tree = tree.unwrap_or_else(|stopped| {
        failed(file, if is_json { "JSON" } else { "YAML" }, stopped, text, &mut report);
        None
    });
    faults(file, text, &state.faults, &mut report);
    Parsed { tree, report }
}

fn yaml(file: &str, text: &str, state: &mut State, report: &mut Report) -> Result<Option<Value>, Stopped> {
    let content = yaml::read(text, state)?;
    let tree = content.tree.filter(|tree| !tree.is_null());
    if let Some(second) = content.second {
        report.add(
            Verdict::LeftOut,
            "several-documents",
            Origin::new(file, "").at(second),
            "the file holds more than one YAML document: another one starts here",
            "only the first counts; keep one document in a file",
        );
    }
    if tree.is_none() {
        empty(file, report);
    }
    Ok(tree)
}

fn empty(file: &str, report: &mut Report) {
    let origin = Origin::new(file, "").at(Position { line: 1, column: 1 });
    report.error("empty-file", origin, "the file is empty", "write the document, or remove what refers to it");
}

/// Reports what made the parser give up.
fn failed(file: &str, format: &str, stopped: Stopped, text: &str, report: &mut Report) {
    let Stopped { at, stop } = stopped;
    let origin = Origin::new(file, "").at(at);
    match stop {
        Stop::Depth => report.error(
            "nested-too-deep",
            origin,
            format!("lists and maps are nested more than {} deep here", state::MAX_DEPTH),
            "move inner parts into components and refer to them",
        ),
        Stop::Size => report.error(
            "too-large",
            origin,
            "its aliases refer to each other, or to something large, so often that the file would have no end",
            "use `$ref` to components instead of YAML aliases, or split the file",
        ),
        Stop::Name => report.error(
            "name-too-long",
            origin,
            format!("the keys that lead here have more than {} characters together", state::MAX_POINTER),
            "give what is meant a shorter name; long texts belong into values",
        ),
        Stop::Syntax(what) => {
            let line = text.lines().nth(at.line - 1);
            let tab = line.is_some_and(|line| line.trim_start_matches(' ').starts_with('\t'));
            let help = if tab {
                "indent with spaces: YAML does not allow tabs for indentation"
            } else {
                "mend the syntax here or shortly before; nothing of this file could be read"
            };
            report.error("syntax", origin, format!("not valid {format}: {what}"), help)
        }
    };
}

/// Reports what was read, but cannot be meant.
fn faults(file: &str, text: &str, faults: &[Fault], report: &mut Report) {
    if faults.is_empty() {
        return;
    }
    let positions = Positions::find(text, faults.iter().map(Fault::pointer));
    // Where each repeated key stands, and how many of its repetitions have been reported.
    let mut sites: BTreeMap<&str, (Vec<Position>, usize)> = BTreeMap::new();
    for fault in faults {
        let origin = Origin::new(file, fault.pointer());
        match fault {
            Fault::DuplicateKey { key, pointer } => {
                let (sites, reported) = sites.entry(pointer).or_insert_with(|| (positions.keys(pointer), 0));
                *reported += 1;
                duplicate(origin, key, sites.first(), sites.get(*reported), report);
            }
            Fault::Tag { tag, .. } => {
                report.add(
                    Verdict::Mended,
                    "unknown-tag",
                    origin,
                    format!("the YAML tag `{tag}` has no meaning here"),
                    "it is ignored; remove it, and use `$ref` to include another file",
                );
            }
            Fault::NotFinite { .. } => {
                report.add(
                    Verdict::Mended,
                    "not-a-number",
                    origin,
                    "JSON has no infinite numbers and no NaN",
                    "taken as `null`; write a finite number, or a string in quotes",
                );
            }
            Fault::Merge { .. } => {
                report.add(
                    Verdict::LeftOut,
                    "bad-merge",
                    origin.key(),
                    "the merge key `<<` takes a map, or a list of maps",
                    "it is ignored; refer to a map with an anchor, or write the keys out",
                );
            }
        }
    }
}

fn duplicate(origin: Origin, key: &str, first: Option<&Position>, again: Option<&Position>, report: &mut Report) {
    let again = match again {
        Some(again) => origin.clone().at(*again),
        None => origin.clone().key(),
    };
    let finding = report.add(
        Verdict::Mended,
        "duplicate-key",
        again,
        format!("the key `{key}` occurs twice in the same map"),
        "the last one counts; remove one of them, or give it the name that was meant",
    );
    if let Some(first) = first {
        finding.relate(origin.at(*first), "the first one is here");
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use serde_json::json;

    use super::*;

    fn tree(text: &str) -> Value {
        let parsed = parse("a.yaml", text);
        assert!(parsed.report.diagnostics().is_empty(), "{:?}", parsed.report);
        parsed.tree.unwrap()
    }

    fn codes(text: &str) -> Vec<&'static str> {
        parse("a.yaml", text).report.diagnostics().iter().map(|diagnostic| diagnostic.code).collect()
    }

    #[test]
    fn yaml_is_read_as_its_authors_mean_it() {
        assert_eq!(
            tree("enum: [no, yes, on, 'null', null, ~]"),
            json!({"enum": ["no", "yes", "on", "null", null, null]})
        );
        assert_eq!(
            tree("200: a\n1.10: b\nnull: c\ntrue: d\n"),
            json!({"200": "a", "1.10": "b", "null": "c", "true": "d"})
        );
        assert_eq!(tree("\u{feff}a: 1\r\nb: |\r\n  x\r\n"), json!({"a": 1, "b": "x\n"}));
        assert_eq!(tree("a:\t1\nb: [\t2 ]\n"), json!({"a": 1, "b": [2]}));
        assert_eq!(tree("a:\n  b: 1\n \t\n\t\n  c: 2\n"), json!({"a": {"b": 1, "c": 2}}));
        assert_eq!(tree("a:\n  b: [\n1,\n  { c: d\n}]\n  e: |\n    f"), json!({"a": {"b": [1, {"c": "d"}], "e": "f"}}));
        assert_eq!(
            tree("a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\nf: {<<: [*x, {b: 3, g: 4}], b: 5}\n"),
            json!({"a": {"b": 1}, "c": {"b": 1}, "d": {"e": 2, "b": 1}, "f": {"b": 5, "g": 4}})
        );
        assert_eq!(
            tree("a: 18446744073709551615\nb: -9223372036854775808\nc: 1e3"),
            json!({"a": u64::MAX, "b": i64::MIN, "c": 1000.0})
        );
    }

    /// Every document at hand, and those below the folder that `SPEC_CORPUS` names.
    #[test]
    fn documents_are_read_as_the_other_parser_reads_them() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders = vec![here.join("../spec"), here.join("tests")];
        folders.extend(std::env::var_os("SPEC_CORPUS").map(PathBuf::from));
        let mut compared = 0;
        while let Some(path) = folders.pop() {
            if path.is_dir() {
                folders.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = fs::read_to_string(&path).unwrap();
                // It refuses repeated keys, and some texts that others read.
                if let Ok(other) = serde_yaml::from_str::<Value>(&text) {
                    compared += 1;
                    assert_eq!(parse("a.yaml", &text).tree, Some(other), "{}", path.display());
                }
            }
        }
        assert!(compared > 100, "only {compared} documents were compared");
    }

    #[test]
    fn json_is_read_with_the_parser_for_json() {
        let parsed = parse("a.json", "{\n\t\"a\": [1, 2.5, null]\n}");
        assert_eq!(parsed.tree, Some(json!({"a": [1, 2.5, null]})));
        let broken = parse("a.json", "{\n\t\"a\": 1,\n}");
        assert_eq!(broken.report.diagnostics()[0].code, "syntax");
        assert_eq!(
            broken.report.diagnostics()[0].origin,
            Some(Origin::new("a.json", "").at(Position { line: 3, column: 1 }))
        );
    }

    #[test]
    fn what_json_cannot_say_is_reported() {
        assert_eq!(codes("a: 1\nb: 2\na: 3\n"), ["duplicate-key"]);
        assert_eq!(codes("200: a\n'200': b\n"), ["duplicate-key"]);
        assert_eq!(codes("a: !include b.yaml\n"), ["unknown-tag"]);
        assert_eq!(codes("a: .inf\nb: .nan\n"), ["not-a-number", "not-a-number"]);
        assert_eq!(codes("a: {<<: 1}\n"), ["bad-merge"]);
        assert_eq!(codes("a: 1\n---\nb: 2\n"), ["several-documents"]);
        assert_eq!(codes(""), ["empty-file"]);
        assert_eq!(codes("# nothing\n"), ["empty-file"]);
        assert_eq!(codes("a: [1\nb: 2\n"), ["syntax"]);
        assert_eq!(codes("a: *nowhere\n"), ["syntax"]);
        assert_eq!(codes("? [a, b]\n: 1\n"), ["syntax"]);
        assert_eq!(codes("a: \"\0\"\n"), ["control-character"]);
    }
}
