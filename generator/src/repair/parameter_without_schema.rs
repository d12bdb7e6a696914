//! Parameters that carry their type themselves.

use serde_json::{Map, Value};

use super::{Notes, Object};
use crate::{grammar::Kind, suggest::nearest};

/// What a parameter has in common with a schema, and keeps.
const BOTH: [&str; 3] = ["description", "deprecated", "example"];

/// A parameter with neither `schema` nor `content`. In Swagger 2 the type stood in the parameter itself, and that is
/// where it is mostly found; if there is none, it is text. A `schema` is made of what is there.
pub(super) fn mend(_: Kind, parameter: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let known = ["schema", "content"];
    if ["$ref", "schema", "content"].iter().any(|key| parameter.contains_key(*key)) || !parameter.contains_key("in") {
        return;
    }
    // A slip of the pen in `schema` itself is better told as such.
    if parameter.keys().any(|key| Kind::Parameter.shape_of(key).is_none() && nearest(key, known).is_some()) {
        return;
    }
    let moved: Vec<String> = parameter
        .keys()
        .filter(|key| Kind::Schema.shape_of(key).is_some() && !BOTH.contains(&key.as_str()) && !key.starts_with("x-"))
        // `required` of a parameter is a flag of its own.
        .filter(|key| *key != "required")
        .cloned()
        .collect();
    let mut schema = Map::new();
    for key in moved {
        if let Some(value) = parameter.shift_remove(&key) {
            schema.insert(key, value);
        }
    }
    let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
    let wrong = format!("the parameter `{name}` has neither `schema` nor `content`");
    let done = if schema.contains_key("type") {
        "its schema is made of the keys in the parameter itself, as in Swagger 2; move them into `schema`"
    } else {
        schema.insert("type".to_owned(), Value::String("string".to_owned()));
        "it is taken to be text; add a `schema`"
    };
    notes.mended("repaired-parameter-without-schema", at, wrong, done);
    parameter.insert("schema".to_owned(), Value::Object(schema));
}
