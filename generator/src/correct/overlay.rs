//! Reads an overlay: its version, and its actions.

use serde_json::{Map, Value};

use super::action::{Action, Change};
use super::path::Path;
use crate::diagnostic::{Origin, Report};
use crate::suggest::{did_you_mean, one_of};

/// The keys of an overlay, and of an action.
const KEYS: [&str; 4] = ["overlay", "info", "extends", "actions"];
const ACTION_KEYS: [&str; 5] = ["target", "description", "update", "remove", "copy"];

/// The actions of the overlay in `file`, which is applied to `document`. What cannot be understood is reported and left out.
pub(super) fn read<'o>(tree: &'o Value, file: &str, document: &str, report: &mut Report) -> Vec<Action<'o>> {
    let root = Origin::new(file, "");
    let version = tree.get("overlay").and_then(Value::as_str);
    let (Some(overlay), Some(version)) = (tree.as_object(), version) else {
        let help = "start it with `overlay: 1.1.0`, and name no other file as an overlay";
        report.error("overlay", root, format!("`{file}` is no OpenAPI Overlay document"), help);
        return Vec::new();
    };
    let has_copy = match version.split('.').collect::<Vec<_>>().as_slice() {
        ["1", "0", ..] => false,
        ["1", "1", ..] => true,
        _ => {
            let message = format!("overlays of version {version} are not read");
            report.error("overlay", root.below("overlay"), message, "use what 1.1 offers, and write `overlay: 1.1.0`");
            return Vec::new();
        }
    };
    unknown_keys(overlay, &KEYS, &root, report);
    extends(overlay, document, &root, report);
    let Some(actions) = overlay.get("actions").and_then(Value::as_array).filter(|actions| !actions.is_empty()) else {
        let help = "list under `actions` what to change, each with a `target`";
        report.error("overlay", root, "the overlay has no actions", help);
        return Vec::new();
    };
    let origin = |index: usize| Origin::new(file, format!("/actions/{index}"));
    actions.iter().enumerate().filter_map(|(index, value)| action(value, origin(index), has_copy, report)).collect()
}

/// An overlay may say for which document it was written. A URL may be that of any file.
fn extends(overlay: &Map<String, Value>, document: &str, root: &Origin, report: &mut Report) {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let Some(extends) = overlay.get("extends").and_then(Value::as_str) else { return };
    if !extends.contains(':') && name(extends) != name(document) {
        let message = format!("this overlay is for `{extends}`, but is applied to `{document}`");
        report.error("overlay", root.below("extends"), message, "name it beside the document that it is for");
    }
}

fn action<'o>(value: &'o Value, origin: Origin, has_copy: bool, report: &mut Report) -> Option<Action<'o>> {
    let Some(object) = value.as_object() else {
        report.error("overlay-action", origin, "an action is a map", "give it a `target`, and what to do with it");
        return None;
    };
    unknown_keys(object, &ACTION_KEYS, &origin, report);
    let target = path(object, "target", &origin, report)?;
    let remove = match object.get("remove") {
        None => false,
        Some(Value::Bool(remove)) => *remove,
        Some(_) => {
            let at = origin.below("remove");
            report.error("overlay-action", at, "`remove` is `true` or `false`", "write one of them, without quotes");
            return None;
        }
    };
    let change = match (remove, object.get("update"), object.contains_key("copy")) {
        (true, None, false) => Change::Remove,
        (false, Some(update), false) => Change::Update(update),
        (false, None, true) if has_copy => Change::Copy(path(object, "copy", &origin, report)?),
        (false, None, true) => {
            let help = "write `overlay: 1.1.0` at the top of the file";
            report.error("overlay-action", origin.below("copy").key(), "overlays have `copy` since version 1.1", help);
            return None;
        }
        (_, None, false) => {
            let help = "add `update`, `copy`, or `remove: true`";
            report.error("overlay-action", origin, "this action does not say what to do with its target", help);
            return None;
        }
        _ => {
            let message = "an action does one thing: of `update`, `copy` and `remove`, only one counts";
            report.error("overlay-action", origin, message, "make it several actions, or remove what is not meant");
            return None;
        }
    };
    Some(Action { origin, target, change })
}

/// The JSONPath under `key`.
fn path(object: &Map<String, Value>, key: &str, origin: &Origin, report: &mut Report) -> Option<Path> {
    let Some(text) = object.get(key).and_then(Value::as_str) else {
        let message = format!("`{key}` must be a JSONPath, as text");
        let help = "select the nodes that are meant, such as `$.paths['/pets'].get`";
        report.error("overlay-action", origin.clone(), message, help);
        return None;
    };
    match Path::parse(text) {
        Ok(path) => Some(path),
        Err(why) => {
            let message = format!("`{}` is not a JSONPath: {why}", crate::values::shown(&Value::from(text)));
            let help = "write it as RFC 9535 has it, such as `$.paths['/pets'].get.parameters[?@.name == 'limit']`";
            report.error("overlay-path", origin.below(key), message, help);
            None
        }
    }
}

/// A key that is not known is a slip, and would be a correction that is not made.
fn unknown_keys(object: &Map<String, Value>, known: &[&str], origin: &Origin, report: &mut Report) {
    for key in object.keys().filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-")) {
        let at = Origin::new(origin.file.clone(), crate::pointer::child(&origin.pointer, key)).key();
        let help = did_you_mean(key, known.iter().copied(), format!("the keys here are {}", one_of(known)));
        report.error("overlay-action", at, format!("`{key}` means nothing here"), help);
    }
}
