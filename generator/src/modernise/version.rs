//! Is it an OpenAPI document at all, and one of a version that is understood?

use serde_json::Value;

use crate::{
    diagnostic::{Report, Verdict},
    document::Document,
};

/// What to write instead.
const ADVICE: &str = "write an OpenAPI document of version 3.0 or 3.1 (`openapi: 3.0.3`)";

/// The second part of the version, as in `3.1`. `None`, with an error, where nothing else would make sense.
pub(super) fn minor(document: &Document, report: &mut Report) -> Option<u32> {
    let root = &document.root;
    if !root.is_object() {
        let message = "an OpenAPI document is a map with `openapi`, `info` and `paths`; this is something else";
        report.error("not-openapi", document.origin(""), message, "check that this is the right file");
        return None;
    }
    match (root.get("openapi"), root.get("swagger")) {
        (Some(Value::String(version)), _) => of_text(document, version, report),
        (Some(Value::Number(version)), _) => {
            let minor = of_text(document, &version.to_string(), report)?;
            report.add(
                Verdict::Mended,
                "repaired-version",
                document.origin("/openapi"),
                "`openapi` is a number, but text belongs here",
                format!("taken as `3.{minor}`; put the version in quotes: `openapi: '3.{minor}.0'`"),
            );
            Some(minor)
        }
        (Some(_), _) => {
            let origin = document.origin("/openapi");
            report.error("unsupported-version", origin, "`openapi` must be text: the version of OpenAPI", ADVICE);
            None
        }
        (None, Some(_)) => {
            report.error(
                "unsupported-version",
                document.origin("/swagger"),
                "this is Swagger 2, an older format with another structure",
                "convert it to OpenAPI 3.0 with one of the many converters",
            );
            None
        }
        (None, None) => {
            let message = "there is no `openapi` key, so this is not an OpenAPI document";
            report.error("not-openapi", document.origin(""), message, ADVICE);
            None
        }
    }
}

fn of_text(document: &Document, version: &str, report: &mut Report) -> Option<u32> {
    let mut parts = version.split('.');
    let minor = match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Some(0),
        (Some("3"), Some("1")) => Some(1),
        (Some("3"), Some("2")) => Some(2),
        _ => None,
    };
    let minor = minor.filter(|_| parts.all(|part| !part.is_empty()));
    if minor.is_none() {
        let message = format!("OpenAPI `{version}` is not understood");
        report.error("unsupported-version", document.origin("/openapi"), message, ADVICE);
    }
    minor
}
