//! The same parameter twice.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Notes, Object, each_operation, each_path};
use crate::{document::resolve, pointer::child};

/// A parameter that is declared twice in one list. Seen where lists were merged by hand. Only the first one is kept.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    let components = super::components(root);
    each_path(root, |_, item, at| once(item, at, &components, notes));
    each_operation(root, |_, _, operation, at| once(operation, at, &components, notes));
}

fn once(object: &mut Object, at: &str, components: &Value, notes: &mut Notes<'_>) {
    let Some(parameters) = object.get_mut("parameters").and_then(Value::as_array_mut) else { return };
    let at = child(at, "parameters");
    let mut seen: BTreeMap<(String, String), (usize, Value)> = BTreeMap::new();
    let mut kept = Vec::with_capacity(parameters.len());
    let mut index = 0;
    parameters.retain(|parameter| {
        let place = index;
        index += 1;
        let Some(key) = resolve(components, parameter).and_then(identity) else {
            kept.push(place);
            return true;
        };
        let Some((first, other)) = seen.get(&key) else {
            seen.insert(key, (place, parameter.clone()));
            kept.push(place);
            return true;
        };
        let (wrong, done) = if other == parameter {
            ("the same parameter is listed twice".to_owned(), "counted once; remove one")
        } else {
            let (location, name) = &key;
            let wrong = format!("the parameter `{name}` in {location} is declared twice, each time differently");
            (wrong, "the first one counts; remove one of them")
        };
        let first = notes.origins.of(&child(&at, &first.to_string()));
        notes
            .mended("repaired-duplicate-parameter", &child(&at, &place.to_string()), wrong, done)
            .relate(first, "the first one is here");
        false
    });
    notes.origins.keep(&at, &kept);
}

/// What no two parameters may have in common: where they are, and their name.
fn identity(parameter: &Object) -> Option<(String, String)> {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let (location, name) = (text("in")?, text("name")?);
    // Header names are the same in upper and lower case.
    let name = if location == "header" { name.to_lowercase() } else { name.to_owned() };
    Some((location.to_owned(), name))
}
