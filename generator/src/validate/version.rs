//! Is it an OpenAPI document at all, and one of a version that is understood?

use serde_json::Value;

use super::context::Check;

/// What is written in 3.1 has been brought to 3.0 by now. `false`: nothing else would make sense.
pub(super) fn check(check: &mut Check<'_>) -> bool {
    let root = &check.document.root;
    if !root.is_object() {
        check.error(
            "not-openapi",
            "",
            "an OpenAPI document is a map with `openapi`, `info` and `paths`; this is something else".to_owned(),
            "check that this is the right file",
        );
        return false;
    }
    let advice = "write an OpenAPI document of version 3.0 or 3.1 (`openapi: 3.0.3`)";
    match (root.get("openapi"), root.get("swagger")) {
        (Some(Value::String(version)), _) if is_understood(version) => true,
        (Some(Value::String(version)), _) => {
            let message = format!("OpenAPI `{version}` is not understood");
            check.error("unsupported-version", "/openapi", message, advice);
            false
        }
        (Some(_), _) => {
            let message = "`openapi` must be text; without quotes, YAML takes it for a number".to_owned();
            check.error("unsupported-version", "/openapi", message, "put the version in quotes: `openapi: '3.0.3'`");
            false
        }
        (None, Some(_)) => {
            let message = "this is Swagger 2, an older format with another structure".to_owned();
            check.error(
                "unsupported-version",
                "/swagger",
                message,
                "convert it to OpenAPI 3.0 with one of the many converters",
            );
            false
        }
        (None, None) => {
            let message = "there is no `openapi` key, so this is not an OpenAPI document".to_owned();
            check.error("not-openapi", "", message, advice);
            false
        }
    }
}

fn is_understood(version: &str) -> bool {
    let mut parts = version.split('.');
    let (major, minor) = (parts.next(), parts.next());
    major == Some("3") && minor == Some("0") && parts.all(|part| !part.is_empty())
}
