//! A request as the mock server reads it.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;

/// A request, with its path and query taken apart.
#[derive(Debug)]
pub(super) struct Incoming<'a> {
    pub(super) method: &'a Method,
    /// As it was sent, encoded.
    pub(super) path: &'a str,
    /// Names decoded, values as they were sent.
    pub(super) query: Vec<(String, &'a str)>,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a Bytes,
}

impl<'a> Incoming<'a> {
    pub(super) fn new(request: &'a http::Request<Bytes>) -> Self {
        Self {
            method: request.method(),
            path: request.uri().path(),
            query: pairs(request.uri().query().unwrap_or_default()),
            headers: request.headers(),
            body: request.body(),
        }
    }

    /// A header's text.
    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The media type of the body, in lower case and without parameters.
    pub(super) fn media_type(&self) -> Option<String> {
        let text = self.header(CONTENT_TYPE.as_str())?;
        Some(bare(text).to_ascii_lowercase())
    }

    /// Whether the caller takes this media type. A caller that names none takes all.
    pub(super) fn accepts(&self, media_type: &str) -> bool {
        let Some(text) = self.header(ACCEPT.as_str()) else { return true };
        text.split(',').any(|range| fits(range, media_type))
    }

    /// The values of a query parameter, as they were sent.
    pub(super) fn query_values(&self, name: &str) -> Vec<&'a str> {
        self.query.iter().filter(|(known, _)| known == name).map(|(_, value)| *value).collect()
    }

    /// The value of a cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&'a str> {
        let pairs = self.header(COOKIE.as_str())?.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// Whether a media range (`*/*`, `text/*`, or a type) covers a media type.
pub(super) fn fits(range: &str, media_type: &str) -> bool {
    let (range, media_type) = (bare(range), bare(media_type));
    range == "*/*"
        || range.eq_ignore_ascii_case(media_type)
        || range.strip_suffix("/*").zip(media_type.split_once('/')).is_some_and(|(a, (b, _))| a.eq_ignore_ascii_case(b))
}

/// A media type without its parameters.
fn bare(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The pairs of a query or of a form: names decoded, values as they were sent.
pub(super) fn pairs(text: &str) -> Vec<(String, &str)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(name, value)| (decoded(name), value)).collect()
}

/// A text of a query or form, decoded.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
