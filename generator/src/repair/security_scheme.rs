//! Security schemes that lack what their type needs.

use serde_json::Value;

use super::Notes;
use crate::pointer::child;

/// An `apiKey` without `in`, an `oauth2` without `flows`: nobody can authenticate by what is there. Seen in drafts. The
/// scheme is left out.
pub(super) fn mend(root: &mut Value, notes: &mut Notes<'_>) {
    const SCHEMES: &str = "/components/securitySchemes";
    let Some(schemes) = root.pointer_mut(SCHEMES).and_then(Value::as_object_mut) else { return };
    schemes.retain(|name, scheme| {
        let of = scheme.get("type").and_then(Value::as_str).unwrap_or_default();
        let needed: &[&str] = match of {
            "apiKey" => &["name", "in"],
            "http" => &["scheme"],
            "oauth2" => &["flows"],
            "openIdConnect" => &["openIdConnectUrl"],
            _ => &[],
        };
        let missing = needed.iter().find(|key| scheme.get(**key).is_none());
        if let Some(key) = missing {
            let wrong = format!("`{key}` is missing: a security scheme of the type `{of}` cannot do without it");
            let help = format!("the security scheme `{name}` is left out; add `{key}`");
            notes.left_out_key("missing-key", &child(SCHEMES, name), wrong, help);
        }
        missing.is_none()
    });
}
