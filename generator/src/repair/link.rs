//! Links that lead nowhere.

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child};

/// An entry of `links` with neither `operationId` nor `operationRef`, or with both. Seen in documents that were edited by
/// hand. It is left out: no code is made of links.
pub(super) fn mend(_: Kind, holder: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(links) = holder.get_mut("links").and_then(Value::as_object_mut) else { return };
    let at = child(at, "links");
    links.retain(|name, link| {
        let has = |key: &str| link.get(key).is_some();
        let is_sound = has("$ref") || has("operationId") != has("operationRef");
        if !is_sound {
            let wrong = format!("the link `{name}` must name one operation, by `operationId` or by `operationRef`");
            notes.left_out_key(
                "link-without-operation",
                &child(&at, name),
                wrong,
                "it is left out; name one operation",
            );
        }
        is_sound
    });
}
