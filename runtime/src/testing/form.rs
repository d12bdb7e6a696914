//! The parts of a form in a request.

use bytes::Bytes;

use super::request::{self, Incoming};

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    /// The name of a file, if it is one.
    pub(super) file: Option<String>,
    pub(super) body: Bytes,
}

/// The parts of a `multipart/form-data` body (RFC 7578).
///
/// # Errors
///
/// A sentence, if the body is not one.
pub(super) fn multipart(incoming: &Incoming<'_>) -> Result<Vec<Part>, String> {
    let content_type = incoming.header("content-type").unwrap_or_default();
    let boundary = parameter(content_type, "boundary").ok_or("`Content-Type` names no boundary")?;
    let (body, delimiter) = (incoming.body, format!("--{boundary}"));
    let mut at = find(body, delimiter.as_bytes(), 0).ok_or("the boundary does not occur in the body")?;
    let mut parts = Vec::new();
    loop {
        let start = at + delimiter.len();
        if body[start..].starts_with(b"--") {
            return Ok(parts);
        }
        let head = find(body, b"\r\n\r\n", start).ok_or("the head of a part has no end")?;
        let end = find(body, format!("\r\n{delimiter}").as_bytes(), head).ok_or("a part has no end")?;
        let text = String::from_utf8_lossy(&body[start..head]).into_owned();
        let line = text.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"));
        let line = line.ok_or("a part has no `Content-Disposition`")?;
        parts.push(Part {
            name: parameter(line, "name").ok_or("a part has no name")?,
            file: parameter(line, "filename"),
            body: body.slice((head + 4).min(end)..end),
        });
        at = end + 2;
    }
}

/// The parts of an `application/x-www-form-urlencoded` body.
pub(super) fn urlencoded(incoming: &Incoming<'_>) -> Vec<Part> {
    let text = String::from_utf8_lossy(incoming.body).into_owned();
    let pairs = request::pairs(&text).into_iter();
    pairs.map(|(name, value)| Part { name, file: None, body: request::decoded(value).into() }).collect()
}

/// A parameter of a header, without its quotes.
fn parameter(line: &str, name: &str) -> Option<String> {
    line.split(';').skip(1).find_map(|part| {
        let (known, value) = part.trim().split_once('=')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(body: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    body.get(from..)?.windows(wanted.len()).position(|window| window == wanted).map(|at| at + from)
}
