//! Media types: the keys of `content`.

use serde_json::Value;

use super::context::{Check, Object};
use crate::{pointer::child, suggest::nearest};

pub(super) fn check(check: &mut Check<'_>, object: &Object, at: &str) {
    let Some(content) = object.get("content").and_then(Value::as_object) else { return };
    let at = child(at, "content");
    for media_type in content.keys().filter(|media_type| !is_media_type(media_type)) {
        let known =
            ["application/json", "multipart/form-data", "text/plain", "application/octet-stream", "application/xml"];
        let help = match nearest(media_type, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write `type/subtype`, such as `application/json`".to_owned(),
        };
        let origin = check.document.origin(&child(&at, media_type)).key();
        check.report.error("bad-media-type", origin, format!("`{media_type}` is not a media type"), help);
    }
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
    use super::is_media_type;

    #[test]
    fn media_types() {
        for good in ["application/json", "*/*", "text/*", "application/json-patch+json", "text/csv; charset=utf-8"] {
            assert!(is_media_type(good), "{good}");
        }
        for bad in ["json", "application", "application/", "a/b/c", "application json/x", "text/plain; charset"] {
            assert!(!is_media_type(bad), "{bad}");
        }
    }
}
