//! Responses with a status of success whose body is not what it should be.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::str::Utf8Error;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use super::response::FailedResponse;
use crate::model::JsonError;
use crate::operation::descriptor::Operation;

/// Why a body could not be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum DecodeReason {
    /// There is no body, but the operation promises one.
    Empty,
    /// The body is not the JSON that the operation promises.
    Json(JsonError),
    /// The body is not text in UTF-8.
    NotText(Utf8Error),
    /// The body is larger than what may be held in memory; the rest was not read.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The body is compressed in a way that this build does not know.
    Compressed,
    /// The page of a list is the same as the one before it: the server ignores the offset.
    RepeatedPage {
        /// The offset that was asked for.
        offset: u64,
    },
}

/// The API returned success, but the body is not what it should be.
///
/// The response is not lost: status, headers and the bytes that were read are here.
pub struct DecodeError {
    response: FailedResponse,
    reason: DecodeReason,
}

impl DecodeError {
    pub(crate) fn new(response: FailedResponse, reason: DecodeReason) -> Self {
        Self { response, reason }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.response.operation
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// The body as it came; cut off if it was too large.
    pub fn bytes(&self) -> &Bytes {
        &self.response.bytes
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.response.bytes)
    }

    /// What is wrong with the body.
    pub fn reason(&self) -> &DecodeReason {
        &self.reason
    }

    /// The id by which the API's support finds this call, if its servers send one.
    pub fn tracking_id(&self) -> Option<&str> {
        self.response.tracking_id.as_deref()
    }

    /// How many times the call was sent.
    pub fn attempts(&self) -> u32 {
        self.response.attempts
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} returned {}, ", self.response.operation, self.response.status)?;
        match &self.reason {
            DecodeReason::Empty => f.write_str("but without the body that it promises")?,
            DecodeReason::TooLarge { limit } => write!(
                f,
                "but the body is larger than the {limit} bytes that may be held in memory; raise the limit \
                 with `max_body` of the client or of the request"
            )?,
            DecodeReason::Compressed => self.compressed(f)?,
            DecodeReason::NotText(error) => {
                write!(f, "but the body is not text in UTF-8: {error}")?;
                self.charset(f)?;
            }
            DecodeReason::RepeatedPage { offset } => write!(
                f,
                "but the page at offset {offset} is the same as the one before it: the server ignores the offset, so \
                 the rest of the list cannot be had"
            )?,
            DecodeReason::Json(error) => {
                write!(f, "but the body is not what it promises: {error}")?;
                let kind = header_text(&self.response.headers, &header::CONTENT_TYPE);
                if !kind.contains("json") {
                    write!(f, " (the server calls the body `{kind}`: is something between it and this client?)")?;
                }
                self.charset(f)?;
            }
        }
        if let Some(id) = self.tracking_id() {
            write!(f, "; tracking id {id}")?;
        }
        Ok(())
    }
}

impl DecodeError {
    /// Says what can be done about a body that is compressed.
    fn compressed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoding = header_text(&self.response.headers, &header::CONTENT_ENCODING);
        write!(f, "but the body is compressed ({encoding}), ")?;
        match encoding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" if !cfg!(feature = "gzip") => {
                f.write_str("which this build does not read; enable the feature `gzip`")
            }
            _ => {
                f.write_str("which was not asked for and is not read; is something between the server and this client?")
            }
        }
    }

    /// Names the charset of the body, if the server says that it is another one than UTF-8.
    fn charset(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = header_text(&self.response.headers, &header::CONTENT_TYPE);
        let charset = kind.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
        });
        match charset {
            Some(charset) if !matches!(charset.to_ascii_lowercase().as_str(), "utf-8" | "utf8" | "us-ascii") => {
                write!(f, "; the server says that its charset is `{charset}`, but only UTF-8 is read")
            }
            _ => Ok(()),
        }
    }
}

fn header_text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("nothing")
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.response.operation.id)
            .field("status", &self.response.status)
            .field("tracking_id", &self.tracking_id())
            .field("reason", &self.reason)
            .field("bytes", &self.response.bytes.len())
            .finish()
    }
}

/// What is wrong with the body is part of the error's own text, and [`DecodeError::reason`] gives it, so there is no source.
impl StdError for DecodeError {}
