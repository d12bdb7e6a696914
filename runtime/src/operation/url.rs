//! Writing URLs: path templates with their parameters, and query strings.
//!
//! Everything outside RFC 3986's unreserved characters is percent-encoded, so that no value, whatever it holds, can
//! change the structure of the URL around it.

use std::fmt::{self, Display, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::descriptor::Operation;

/// What is encoded in a path segment and in a query: all but the unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a URL cannot be made of an operation and its parameters.
#[derive(Clone, Debug)]
pub(crate) enum UrlError {
    /// A path parameter is empty.
    Empty(&'static str),
    /// A path parameter is `.` or `..`.
    Dots(&'static str),
    /// The `Display` of a parameter's value failed.
    Unprintable(String),
    /// The path names a parameter that has no value.
    Missing(&'static Operation, &'static str),
    /// The path has a `{` without a `}`.
    Template(&'static Operation),
    /// Base URL and path do not make a URL.
    Invalid(&'static Operation),
}

/// Encodes what is written into it, without a copy of the plain text in between.
struct Encoder<'a>(&'a mut String);

impl Write for Encoder<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend(utf8_percent_encode(text, RESERVED));
        Ok(())
    }
}

/// Appends `value`, percent-encoded.
///
/// # Errors
///
/// Only what the value's own `Display` returns.
pub(crate) fn push_encoded(out: &mut String, value: &dyn Display) -> fmt::Result {
    write!(Encoder(out), "{value}")
}

/// Several values of one parameter of a path or a header: with commas between them (OpenAPI: `simple`).
///
/// For generated code. The whole is encoded where it is put, so a comma in a value cannot be told from one between two.
#[doc(hidden)]
pub fn comma_separated<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    let mut text = String::new();
    for value in values {
        if !text.is_empty() {
            text.push(',');
        }
        let _ = write!(text, "{value}");
    }
    text
}

/// The encoded form of a value that must be one path segment.
///
/// # Errors
///
/// An empty value, `.` and `..` would name another resource once the URL is normalised, so they are refused.
pub(crate) fn segment(name: &'static str, value: &dyn Display) -> Result<String, UrlError> {
    let mut encoded = String::new();
    push_encoded(&mut encoded, value).map_err(|_| UrlError::Unprintable(name.to_owned()))?;
    match encoded.as_str() {
        "" => Err(UrlError::Empty(name)),
        "." | ".." => Err(UrlError::Dots(name)),
        _ => Ok(encoded),
    }
}

/// Appends the operation's path to `out`, with its parameters (already encoded) in place.
///
/// # Errors
///
/// When the template names a parameter that was not given.
pub(crate) fn push_path(
    out: &mut String,
    operation: &'static Operation,
    parameters: &[(&'static str, String)],
) -> Result<(), UrlError> {
    let mut rest = operation.path;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            return Err(UrlError::Template(operation));
        };
        match parameters.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => return Err(UrlError::Missing(operation, name)),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(())
}

/// The base URL that this path is put behind.
///
/// Base URLs are written with an API version at their end, too (`https://acme.test/v3`). Where the path starts with a
/// version of its own, that one counts, so the base's is left out; and so it is for the token endpoint (`versionless`),
/// which is the same for all versions.
pub(crate) fn base_for<'a>(base: &'a str, path: &str, versionless: bool) -> &'a str {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    match base.rsplit_once('/') {
        // A host is not a segment of a path.
        Some((before, _)) if before.ends_with('/') => base,
        Some((before, last)) if is_version(last) && (versionless || is_version(first)) => before,
        _ => base,
    }
}

/// Whether a segment of a path names a version of an API: `v3`, `v2025`, `v1beta`, `beta`.
fn is_version(segment: &str) -> bool {
    let numbered = segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()));
    numbered || matches!(segment, "alpha" | "beta")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_stays_one_segment() {
        for (value, encoded) in [
            ("servicenow", "servicenow"),
            ("a/b", "a%2Fb"),
            ("100%", "100%25"),
            ("what?", "what%3F"),
            ("#1", "%231"),
            ("two words", "two%20words"),
            ("Größe", "Gr%C3%B6%C3%9Fe"),
            ("..%2f", "..%252f"),
            ("...", "..."),
            ("%2e%2e", "%252e%252e"),
            ("a\\b", "a%5Cb"),
            ("a;b:c@d", "a%3Bb%3Ac%40d"),
            ("tab\tnul\0", "tab%09nul%00"),
        ] {
            assert_eq!(segment("name", &value).unwrap(), encoded);
        }
    }

    #[test]
    fn dots_and_nothing_are_refused() {
        assert!(matches!(segment("scriptName", &""), Err(UrlError::Empty("scriptName"))));
        for value in [".", ".."] {
            assert!(matches!(segment("scriptName", &value), Err(UrlError::Dots("scriptName"))));
        }
    }

    #[test]
    fn a_version_stands_in_a_url_once() {
        for (base, path, versionless, expected) in [
            ("https://a.test", "/v3/x", false, "https://a.test"),
            ("https://a.test/v2025", "/v2025/x", false, "https://a.test"),
            ("https://a.test/v3", "/beta/x", false, "https://a.test"),
            ("https://a.test/gw/v3", "/v2025/x", false, "https://a.test/gw"),
            ("https://a.test/v3", "/oauth/token", true, "https://a.test"),
            ("https://a.test/v3", "/things", false, "https://a.test/v3"),
            ("https://a.test/gw", "/v3/x", false, "https://a.test/gw"),
            ("https://v3", "/v3/x", false, "https://v3"),
            ("https://a.test/vault", "/v3/x", false, "https://a.test/vault"),
        ] {
            assert_eq!(base_for(base, path, versionless), expected, "{base} {path}");
        }
    }
}
