//! Corrects a document of others by overlays of ours, before anything judges it.
//!
//! An overlay is a document of its own (OpenAPI Overlay Specification 1.0 and 1.1): a list of actions, each of which updates,
//! removes or fills the nodes that a JSONPath selects. The paths see the bundled document, in which every `$ref` leads to
//! a component. What an overlay writes has its origin there.
//!
//! The specification lets an action select nothing. Here that is an error: the correction has a slip in its path, or the
//! publisher has made it, and then it has to go.

mod action;
mod merge;
mod overlay;
mod path;
mod remove;

use serde_json::Value;

use crate::diagnostic::{Origin, Report};
use crate::document::Document;
use crate::load;
use crate::pointer::tokens;
use crate::source::Reader;
use action::{Action, Change};
use path::Path;

/// How many nodes all actions together may write. One that is applied to many places, or that copies what earlier ones
/// copied, grows fast.
const MAX_WRITTEN: usize = 2_000_000;

/// How deep the document may be afterwards: as deep as bundling makes it.
const MAX_DEPTH: usize = 160;

/// Applies the overlays at these paths, in their order. What cannot be applied is reported, and the rest is.
pub(crate) fn correct(
    reader: &dyn Reader,
    mut document: Document,
    overlays: &[(String, Origin)],
    report: &mut Report,
) -> Document {
    let mut left = MAX_WRITTEN;
    for (file, named) in overlays {
        let text = match reader.read(file) {
            Ok(text) => text,
            Err(error) => {
                report.push(load::unreadable(named.clone(), file, &error));
                continue;
            }
        };
        let parsed = load::parse(file, &text);
        report.append(parsed.report);
        let Some(tree) = parsed.tree else { continue };
        for action in overlay::read(&tree, file, &document.origin("").file, report) {
            if left > 0 {
                apply(&action, &mut document, &mut left, report);
            }
        }
    }
    document
}

fn apply(action: &Action<'_>, document: &mut Document, left: &mut usize, report: &mut Report) {
    let Some(selected) = select(action, &action.target, "target", &document.root, report) else { return };
    match &action.change {
        Change::Remove => remove::remove(&selected, action, document, report),
        Change::Update(value) => {
            write(value, &action.origin.below("update"), true, &selected, action, document, left, report);
        }
        Change::Copy(path) => {
            let Some(from) = select(action, path, "copy", &document.root, report) else { return };
            let [from] = from.as_slice() else {
                let message = format!("`{}` selects {} nodes, and only one can be copied", path.text, from.len());
                let help = "make the path more exact, so that it selects one";
                report.error("overlay-action", action.origin.below("copy"), message, help);
                return;
            };
            let Some(value) = document.root.pointer(from).cloned() else { return };
            write(&value, &action.origin.below("copy"), false, &selected, action, document, left, report);
        }
    }
}

/// The JSON pointers of the nodes that a path of an action selects. `None`, with an error, where there are none.
fn select(action: &Action<'_>, path: &Path, key: &str, root: &Value, report: &mut Report) -> Option<Vec<String>> {
    let selected = path.select(root);
    if selected.is_empty() {
        let message = format!("`{}` selects nothing in the document", path.text);
        let help = match path.reach(root) {
            Some(reached) => {
                format!("up to `{reached}` it is there; mend the rest, or remove the action if upstream has made it")
            }
            None => "mend the path, or remove the action if upstream has made this correction".to_owned(),
        };
        report.error("overlay-target", action.origin.below(key), message, help);
        return None;
    }
    Some(selected)
}

/// Merges `value`, which was written at `origin`, with each of the selected nodes.
#[expect(clippy::too_many_arguments, reason = "what both kinds of writing share")]
fn write(
    value: &Value,
    origin: &Origin,
    is_written_out: bool,
    selected: &[String],
    action: &Action<'_>,
    document: &mut Document,
    left: &mut usize,
    report: &mut Report,
) {
    let kind_of = |pointer: &String| document.root.pointer(pointer).map(merge::kind);
    if let Some(other) = selected.iter().find(|other| kind_of(other) != selected.first().and_then(kind_of)) {
        let (first, other) = (selected.first().and_then(kind_of), kind_of(other));
        let (first, other) = (first.unwrap_or_default(), other.unwrap_or_default());
        let message =
            format!("`{}` selects {first} and {other}, and no value can be merged with both", action.target.text);
        report.error("overlay-action", action.origin.below("target"), message, "select nodes of one kind");
        return;
    }
    let (size, depth) = measure(value);
    let deepest = selected.iter().map(|pointer| tokens(pointer).count()).max().unwrap_or_default();
    *left = match left.checked_sub(size.saturating_mul(selected.len())) {
        Some(left) if deepest + depth <= MAX_DEPTH => left,
        _ => {
            // What comes after would be too large as well.
            *left = 0;
            let message = "this would make the document larger, or nest it deeper, than can be generated from";
            report.error("too-large", action.origin.clone(), message, "select fewer nodes, or write less");
            return;
        }
    };
    for pointer in selected {
        let source = merge::Source { origin, is_written_out };
        if let Err(fault) = merge::merge(document, pointer, value, &source) {
            report.push(*fault);
            return;
        }
    }
}

/// How many nodes a value has, and how many levels.
fn measure(value: &Value) -> (usize, usize) {
    let below = |(size, depth): (usize, usize), value| {
        let (more, deep) = measure(value);
        (size + more, depth.max(deep))
    };
    let (size, depth) = match value {
        Value::Array(items) => items.iter().fold((0, 0), below),
        Value::Object(members) => members.values().fold((0, 0), below),
        _ => (0, 0),
    };
    (size + 1, depth + 1)
}

#[cfg(test)]
mod tests;
