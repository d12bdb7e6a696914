//! Discriminators: the property that tells variants apart must be one that the variants have.

use serde_json::Value;

use super::context::{Check, Object, list, resolve, text};
use crate::pointer::child;

/// How deep `allOf` is followed in search of a property. Circles are reported elsewhere; here they must only end.
const MAX_DEPTH: usize = 16;

pub(super) fn check(check: &mut Check<'_>, schema: &Object, at: &str) {
    let Some(discriminator) = schema.get("discriminator").and_then(Value::as_object) else { return };
    let Some(property) = text(discriminator, "propertyName") else { return };
    let at = child(at, "discriminator");
    let variants: Vec<&Value> = ["oneOf", "anyOf"].iter().flat_map(|key| list(schema, key)).collect();
    let shared = declares(&check.document.root, schema, property, &["allOf"], MAX_DEPTH);
    if variants.is_empty() && !shared {
        let message = format!("the discriminator names the property `{property}`, which the schema does not declare");
        let help = format!("declare `{property}`, or list the variants in `oneOf`");
        check.warning("discriminator-without-property", &child(&at, "propertyName"), message, help);
    }
    for variant in variants {
        let Some(resolved) = resolve(&check.document.root, variant) else { continue };
        let all = ["allOf", "oneOf", "anyOf"];
        if shared || declares(&check.document.root, resolved, property, &all, MAX_DEPTH) || !is_object(resolved) {
            continue;
        }
        let name = variant.get("$ref").and_then(Value::as_str).unwrap_or("an inline schema");
        let message =
            format!("the discriminator names the property `{property}`, which the variant `{name}` does not declare");
        let help = format!("declare `{property}` there, and require it");
        check.warning("discriminator-without-property", &child(&at, "propertyName"), message, help);
    }
}

/// Does a schema, or something that it has in its `parts`, declare the property?
fn declares(root: &Value, schema: &Object, property: &str, parts: &[&str], depth: usize) -> bool {
    if schema.get("properties").is_some_and(|properties| properties.get(property).is_some()) {
        return true;
    }
    let below = |value| resolve(root, value).is_some_and(|part| declares(root, part, property, parts, depth - 1));
    depth > 0 && parts.iter().flat_map(|key| list(schema, key)).any(below)
}

/// A free-form object may have any property.
fn is_object(schema: &Object) -> bool {
    schema.contains_key("properties") || schema.contains_key("allOf")
}
