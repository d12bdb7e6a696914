//! Keys of `content` that are not media types.

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child, suggest::nearest};

/// The media types that are most often meant.
const KNOWN: [&str; 5] =
    ["application/json", "multipart/form-data", "text/plain", "application/octet-stream", "application/xml"];

/// `application/json;simple`, `application/json, x=1.0`: a media type followed by something that is not a parameter, and
/// is left out. `applicaton/json`, or any other key above a schema: what is most likely meant, JSON if nothing is near.
/// Seen in hand-written responses, and where a key slipped in from the level below; such a key is left out.
pub(super) fn mend(_: Kind, object: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(content) = object.get_mut("content").and_then(Value::as_object_mut) else { return };
    if content.keys().all(|key| is_media_type(key)) {
        return;
    }
    let at = child(at, "content");
    for (key, media) in std::mem::take(content) {
        if is_media_type(&key) {
            content.insert(key, media);
            continue;
        }
        let place = child(&at, &key);
        let wrong = format!("`{key}` is not a media type");
        let meant = essence(&key)
            .or_else(|| media.get("schema").map(|_| nearest(&key, KNOWN).unwrap_or("application/json").to_owned()));
        match meant.filter(|meant| !content.contains_key(meant)) {
            Some(meant) => {
                let done = format!("taken as `{meant}`; write it that way");
                notes.mended_key("repaired-media-type", &place, wrong, done);
                let origin = notes.origins.of(&place);
                notes.origins.insert(child(&at, &meant), &origin.file, &origin.pointer);
                content.insert(meant, media);
            }
            None => {
                let help = "it is left out; write `type/subtype`, such as `application/json`";
                notes.left_out_key("bad-media-type", &place, wrong, help);
            }
        }
    }
}

/// What stands before the parameters, if that alone is a media type.
fn essence(text: &str) -> Option<String> {
    let essence = text.split([';', ',']).next().unwrap_or_default().trim();
    is_media_type(essence).then(|| essence.to_owned())
}

/// RFC 9110, section 8.3.1, with the wildcards that OpenAPI allows.
fn is_media_type(text: &str) -> bool {
    let mut parts = text.split(';');
    let essence = parts.next().unwrap_or_default().trim();
    let parameters = parts.all(|parameter| parameter.trim().is_empty() || parameter.contains('='));
    let is_token = |token: &str| {
        !token.is_empty()
            && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    parameters && essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    use super::{essence, is_media_type};

    #[test]
    fn media_types() {
        for good in ["application/json", "*/*", "text/*", "application/json-patch+json", "text/csv; charset=utf-8"] {
            assert!(is_media_type(good), "{good}");
        }
        for bad in ["json", "application", "application/", "a/b/c", "application json/x", "text/plain; charset"] {
            assert!(!is_media_type(bad), "{bad}");
        }
        assert_eq!(essence("application/json, x=1.0").as_deref(), Some("application/json"));
        assert_eq!(essence("application/json;simple").as_deref(), Some("application/json"));
        assert_eq!(essence("examples"), None);
    }
}
