//! Answers with a status of success whose body is not what it should be.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::str::Utf8Error;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use crate::error::tracking_id;
use crate::exchange::answer::Answer;
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
}

/// The API answered with success, but the body is not what it should be.
///
/// The answer is not lost: status, headers and the bytes that were read are here.
pub struct DecodeError {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
    attempts: u32,
    reason: DecodeReason,
}

impl DecodeError {
    pub(crate) fn new(answer: Answer, reason: DecodeReason) -> Self {
        Self {
            operation: answer.operation,
            status: answer.status,
            headers: answer.headers,
            bytes: answer.bytes,
            attempts: answer.attempts,
            reason,
        }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came; cut off if it was too large.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// What is wrong with the body.
    pub fn reason(&self) -> &DecodeReason {
        &self.reason
    }

    /// SailPoint's id of this call.
    pub fn tracking_id(&self) -> Option<&str> {
        tracking_id(&self.headers)
    }

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answered {}, ", self.operation, self.status)?;
        match &self.reason {
            DecodeReason::Empty => f.write_str("but without the body that it promises")?,
            DecodeReason::TooLarge { limit } => write!(
                f,
                "but the body is larger than the {limit} bytes that may be held in memory; raise the limit \
                 with `max_body` of the client or of the request"
            )?,
            DecodeReason::Compressed => write!(
                f,
                "but the body is compressed ({}), which this build does not read; enable the feature `gzip`",
                header_text(&self.headers, &header::CONTENT_ENCODING)
            )?,
            DecodeReason::NotText(error) => write!(f, "but the body is not text in UTF-8: {error}")?,
            DecodeReason::Json(error) => {
                write!(f, "but the body is not what it promises: {error}")?;
                let kind = header_text(&self.headers, &header::CONTENT_TYPE);
                if !kind.contains("json") {
                    write!(f, " (the server calls the body `{kind}`: is something between it and this client?)")?;
                }
            }
        }
        if let Some(id) = self.tracking_id() {
            write!(f, "; tracking id {id}")?;
        }
        Ok(())
    }
}

fn header_text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("nothing")
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("tracking_id", &self.tracking_id())
            .field("reason", &self.reason)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.reason {
            DecodeReason::Json(error) => Some(error),
            DecodeReason::NotText(error) => Some(error),
            _ => None,
        }
    }
}
