//! Types that are the names of schemas.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Notes;
use crate::{
    grammar::{Kind, Shape, visit_mut},
    pointer::{Pointer, child},
};

/// `type: EntitlementDto`, where there is a schema of that name. Seen in hand-written schemas. It is taken as a reference
/// to that schema.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    let names: BTreeSet<String> = schemas.into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let known = ["string", "number", "integer", "boolean", "array", "object"];
    visit_mut(root, Shape::Object(Kind::OpenApi), &mut Pointer::default(), &mut |kind, schema, at| {
        let of = schema.get("type").and_then(Value::as_str).unwrap_or_default();
        if kind != Kind::Schema || known.contains(&of) || !names.contains(of) {
            return;
        }
        let reference = child("#/components/schemas", of);
        let wrong = format!("`{of}` is a schema, not a type");
        let done = format!("taken as `$ref: '{reference}'`; write it that way");
        notes.mended("repaired-type", &child(at, "type"), wrong, done);
        schema.shift_remove("type");
        let reference = Map::from_iter([("$ref".to_owned(), Value::String(reference))]);
        if schema.is_empty() {
            *schema = reference;
        } else {
            let parts = schema.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(parts) = parts {
                parts.insert(0, Value::Object(reference));
            }
        }
    });
}
