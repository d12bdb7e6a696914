//! Discriminators: the property that tells variants apart must be one that the variants have.

use std::collections::BTreeSet;

use serde_json::Value;

use super::context::{Check, Object, list, resolve, text};
use crate::pointer::child;

pub(super) fn check(check: &mut Check<'_>, schema: &Object, at: &str) {
    let Some(discriminator) = schema.get("discriminator").and_then(Value::as_object) else { return };
    let Some(property) = text(discriminator, "propertyName") else { return };
    let at = child(at, "discriminator");
    let variants: Vec<&Value> = ["oneOf", "anyOf"].iter().flat_map(|key| list(schema, key)).collect();
    let root = &check.document.root;
    let shared = declares(root, schema, property, &["allOf"], &mut BTreeSet::new());
    if variants.is_empty() && !shared {
        let message = format!("the discriminator names the property `{property}`, which the schema does not declare");
        let help = format!("declare `{property}`, or list the variants in `oneOf`");
        check.warning("discriminator-without-property", &child(&at, "propertyName"), message, help);
    }
    for variant in variants {
        let Some(resolved) = resolve(&check.document.root, variant) else { continue };
        let all = ["allOf", "oneOf", "anyOf"];
        if shared || declares(root, resolved, property, &all, &mut BTreeSet::new()) || !is_object(resolved) {
            continue;
        }
        let name = variant.get("$ref").and_then(Value::as_str).unwrap_or("an inline schema");
        let message =
            format!("the discriminator names the property `{property}`, which the variant `{name}` does not declare");
        let help = format!("declare `{property}` there, and require it");
        check.warning("discriminator-without-property", &child(&at, "propertyName"), message, help);
    }
}

/// Does a schema, or something that it has in its `parts`, declare the property? `seen` are the references that have
/// been followed: each once, so that circles end and what many ways lead to is looked at once.
fn declares<'a>(
    root: &'a Value,
    schema: &'a Object,
    property: &str,
    parts: &[&str],
    seen: &mut BTreeSet<&'a str>,
) -> bool {
    if schema.get("properties").is_some_and(|properties| properties.get(property).is_some()) {
        return true;
    }
    parts.iter().flat_map(|key| list(schema, key)).any(|part| {
        let new = part.get("$ref").and_then(Value::as_str).is_none_or(|reference| seen.insert(reference));
        new && resolve(root, part).is_some_and(|part| declares(root, part, property, parts, seen))
    })
}

/// A free-form object may have any property.
fn is_object(schema: &Object) -> bool {
    schema.contains_key("properties") || schema.contains_key("allOf")
}
