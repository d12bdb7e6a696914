//! Responses without a description.

use serde_json::Value;

use super::{Notes, Object};
use crate::grammar::Kind;

/// A response without `description`, which OpenAPI requires. Seen for statuses that speak for themselves. What HTTP calls
/// the status is taken.
pub(super) fn mend(_: Kind, response: &mut Object, at: &str, notes: &mut Notes<'_>) {
    if response.contains_key("description") || response.contains_key("$ref") {
        return;
    }
    let status = at.rsplit('/').next().unwrap_or_default();
    let phrase = phrase(status);
    let done = format!("called \u{201c}{phrase}\u{201d}; add a `description`");
    notes.mended_key("repaired-missing-description", at, format!("the response `{status}` has no `description`"), done);
    response.insert("description".to_owned(), Value::String(phrase.to_owned()));
}

/// RFC 9110, section 15, and RFC 6585.
fn phrase(status: &str) -> &'static str {
    match status {
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "No content",
        "400" => "Bad request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not found",
        "405" => "Method not allowed",
        "409" => "Conflict",
        "412" => "Precondition failed",
        "415" => "Unsupported media type",
        "422" => "Unprocessable content",
        "429" => "Too many requests",
        "500" => "Internal server error",
        "502" => "Bad gateway",
        "503" => "Service unavailable",
        "504" => "Gateway timeout",
        code if code.starts_with('2') => "Success",
        code if code.starts_with('3') => "Redirection",
        code if code.starts_with('4') => "Client error",
        code if code.starts_with('5') => "Server error",
        _ => "Response",
    }
}
