//! `required: true` on a property.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child};

/// `required: true` or `false` inside a property, as parameters have it, where the object around it should list the
/// property. Seen wherever somebody writes schemas by analogy to parameters. The name goes into the list of the object.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let at_properties = child(at, "properties");
    let mut names = Vec::new();
    for (name, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        let Some(property) = property.as_object_mut() else { continue };
        if let Some(Value::Bool(required)) = property.get("required") {
            if *required {
                names.push(Value::String(name.clone()));
            }
            let place = child(&child(&at_properties, name), "required");
            let wrong = format!("`required: {required}` does not belong into the property `{name}`");
            let done = "taken as said of the property; list the names under `required` of the object around it";
            notes.mended_key("repaired-required-flag", &place, wrong, done);
            property.shift_remove("required");
        }
    }
    // A flag that belongs to no property says nothing.
    if let (Some(Value::Bool(_)), false) = (schema.get("required"), is_property(at)) {
        let wrong = "`required` must list the names of properties";
        notes.mended_key(
            "repaired-required-flag",
            &child(at, "required"),
            wrong,
            "ignored; list the names, or remove it",
        );
        schema.shift_remove("required");
    }
    if !names.is_empty() {
        let list = schema.entry("required").or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            let listed: BTreeSet<&str> = list.iter().filter_map(Value::as_str).collect();
            names.retain(|name| name.as_str().is_none_or(|name| !listed.contains(name)));
            list.append(&mut names);
        }
    }
}

/// A property is looked at together with the object around it, which comes first.
fn is_property(at: &str) -> bool {
    at.rsplit('/').nth(1) == Some("properties")
}
