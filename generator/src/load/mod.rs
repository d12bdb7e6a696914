//! Text to a tree of JSON values. The only module that knows YAML as data.
//!
//! YAML can say much that JSON cannot. What has a meaning in JSON is kept (`200:` is the key `"200"`, `no` is a
//! string, aliases and merge keys are expanded); the rest is reported. Aliases and nesting are bounded while the
//! tree grows, so that a small file cannot become a large tree.

mod limits;
mod tree;

use std::{borrow::Cow, collections::BTreeMap};

use serde::de::DeserializeSeed as _;
use serde_json::Value;

use crate::{
    diagnostic::{Diagnostic, Origin, Position, Report, Verdict},
    position::Positions,
    source::{ReadError, Reader},
};
use tree::{Fatal, Fault, Node, State};

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
    let mut state = State::for_text(text);
    let tree = if file.ends_with(".json") {
        json(file, text, &mut state, &mut report)
    } else {
        yaml(file, text, &mut state, &mut report)
    };
    faults(file, text, &state.faults, &mut report);
    Parsed { tree, report }
}

fn json(file: &str, text: &str, state: &mut State, report: &mut Report) -> Option<Value> {
    let mut source = serde_json::Deserializer::from_str(text);
    let result = Node { state }.deserialize(&mut source).and_then(|tree| source.end().map(|()| tree));
    result
        .map_err(|error| {
            let position = Position { line: error.line().max(1), column: error.column().max(1) };
            failed(file, "JSON", &error.to_string(), Some(position), text, state, report);
        })
        .ok()
}

fn yaml(file: &str, text: &str, state: &mut State, report: &mut Report) -> Option<Value> {
    let plain = without_blank_tabs(text);
    let mut documents = serde_yaml::Deserializer::from_str(&plain);
    let Some(first) = documents.next() else {
        empty(file, report);
        return None;
    };
    let tree = match (Node { state }).deserialize(first) {
        Ok(tree) => tree,
        Err(error) => {
            let position = error.location().map(|at| Position { line: at.line(), column: at.column() });
            failed(file, "YAML", &error.to_string(), position, text, state, report);
            return None;
        }
    };
    if documents.next().is_some() {
        let origin = Origin::new(file, "").at(second_document(text));
        report.add(
            Verdict::LeftOut,
            "several-documents",
            origin,
            "the file holds more than one YAML document: another one starts here",
            "only the first counts; keep one document in a file",
        );
    }
    if tree.is_null() {
        empty(file, report);
        return None;
    }
    Some(tree)
}

/// A line of nothing but spaces and tabs is blank to YAML (1.2.2, section 6.4 and 6.7), but not to our parser: it takes
/// the tab for an indentation. Such a line becomes empty, so that all others stay where they are.
fn without_blank_tabs(text: &str) -> Cow<'_, str> {
    let is_blank = |line: &str| line.contains('\t') && line.trim_matches([' ', '\t', '\r', '\n']).is_empty();
    if !text.split_inclusive('\n').any(is_blank) {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n');
    Cow::Owned(lines.map(|line| if is_blank(line) { line.trim_start_matches([' ', '\t']) } else { line }).collect())
}

fn empty(file: &str, report: &mut Report) {
    let origin = Origin::new(file, "").at(Position { line: 1, column: 1 });
    report.error("empty-file", origin, "the file is empty", "write the document, or remove what refers to it");
}

/// Where a second document starts: at the first `---` on a line of its own that has something before it.
fn second_document(text: &str) -> Position {
    let is_content = |line: &str| !line.trim().is_empty() && !line.starts_with(['#', '%']) && !line.starts_with("---");
    let mut begun = false;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("---") && begun {
            return Position { line: index + 1, column: 1 };
        }
        begun |= is_content(line);
    }
    Position { line: 1, column: 1 }
}

/// Reports what made the parser give up.
fn failed(
    file: &str,
    format: &str,
    error: &str,
    position: Option<Position>,
    text: &str,
    state: &State,
    report: &mut Report,
) {
    let origin = match position {
        Some(position) => Origin::new(file, "").at(position),
        None => Origin::new(file, ""),
    };
    let fatal = if error.contains("recursion limit exceeded") { Some(Fatal::Depth) } else { state.fatal };
    let repeated = error.contains("repetition limit exceeded");
    match fatal.or(repeated.then_some(Fatal::Size)) {
        Some(Fatal::Depth) => report.error(
            "nested-too-deep",
            origin,
            format!("lists and maps are nested more than {} deep here", tree::MAX_DEPTH),
            "move inner parts into components and refer to them",
        ),
        Some(Fatal::Size) => report.error(
            "too-large",
            origin,
            "its aliases refer to each other, or to something large, so often that the file would have no end",
            "use `$ref` to components instead of YAML aliases, or split the file",
        ),
        Some(Fatal::Name) => report.error(
            "name-too-long",
            origin,
            format!("the keys that lead here have more than {} characters together", tree::MAX_POINTER),
            "give what is meant a shorter name; long texts belong into values",
        ),
        None => {
            let what = without_positions(error);
            let tab = position
                .and_then(|position| text.lines().nth(position.line - 1))
                .is_some_and(|line| line.trim_start_matches(' ').starts_with('\t'));
            let help = if tab {
                "indent with spaces: YAML does not allow tabs for indentation"
            } else {
                "mend the syntax here or shortly before; nothing of this file could be read"
            };
            report.error("syntax", origin, format!("not valid {format}: {what}"), help)
        }
    };
}

/// The message of a parser without the lines and columns in it: the report says where.
fn without_positions(message: &str) -> String {
    let mut parts = message.split(" at line ");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // `3 column 5, while …`
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.strip_prefix(" column ").unwrap_or(rest);
        result.push_str(rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    result
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
    use super::*;
    use serde_json::json;

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
        assert_eq!(
            tree("a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\nf: {<<: [*x, {b: 3, g: 4}], b: 5}\n"),
            json!({"a": {"b": 1}, "c": {"b": 1}, "d": {"e": 2, "b": 1}, "f": {"b": 5, "g": 4}})
        );
        assert_eq!(
            tree("a: 18446744073709551615\nb: -9223372036854775808\nc: 1e3"),
            json!({"a": u64::MAX, "b": i64::MIN, "c": 1000.0})
        );
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
