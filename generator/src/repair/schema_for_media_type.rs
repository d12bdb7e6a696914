//! A `schema` where a media type belongs.

use serde_json::{Map, Value};

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child};

/// `content: { schema: … }`: the level with the media type was forgotten. Seen in responses of hand-written paths. What
/// is there is taken as `application/json`.
pub(super) fn mend(_: Kind, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(content) = object.get_mut("content").and_then(Value::as_object_mut) else { return };
    if !content.contains_key("schema") {
        return;
    }
    let mut media_type = Map::new();
    for key in ["schema", "example", "examples", "encoding"] {
        if let Some(value) = content.shift_remove(key) {
            media_type.insert(key.to_owned(), value);
        }
    }
    let wrong = "`schema` stands where a media type belongs";
    let done = "taken as the schema of `application/json`; put that level in between";
    notes.mended_key("repaired-content", &child(&child(at, "content"), "schema"), wrong, done);
    content.entry("application/json").or_insert(Value::Object(media_type));
}
