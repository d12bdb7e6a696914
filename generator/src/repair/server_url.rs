//! Servers that cannot be called.

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, paths::template, pointer::child};

/// A server whose URL has braces that do not match: seen where a variable was added by hand. The server is left out.
pub(super) fn mend(_: Kind, holder: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(servers) = holder.get_mut("servers").and_then(Value::as_array_mut) else { return };
    let at = child(at, "servers");
    let mut kept = Vec::with_capacity(servers.len());
    let mut index = 0;
    servers.retain(|server| {
        let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
        let is_sound = template(url).is_some();
        if is_sound {
            kept.push(index);
        } else {
            let wrong = format!("the braces in the URL `{url}` are not balanced");
            let place = child(&child(&at, &index.to_string()), "url");
            notes.left_out("bad-server", &place, wrong, "the server is left out; write each variable as `{name}`");
        }
        index += 1;
        is_sound
    });
    notes.origins.keep(&at, &kept);
}
