//! Decoding JSON, with errors that say where: `at [17].status: invalid type …`.
//!
//! The way to the value is found from the place in the text at which decoding stopped, so neither is the text decoded a
//! second time nor has each type to be compiled a second time for that.

use std::fmt;

use serde::de::Deserialize;
use serde_json::error::{Category, Error};

use super::json_path;

/// Why a JSON text could not be decoded, and where in it.
///
/// The message names types, keys and places, but never quotes a string of the document, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    path: String,
    message: String,
    line: usize,
    column: usize,
    truncated: bool,
}

impl JsonError {
    /// The way to the value that is to blame, for instance `[17].status`; empty for the text as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line at which decoding stopped, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The byte in that line at which decoding stopped, counted from 1; 0 if it stopped before the first.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Whether the text ends too early, as it does where a connection broke.
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    fn new(text: &[u8], error: &Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let whole = error.to_string();
        let message = whole.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&whole);
        Self {
            path: json_path::at(text, error),
            message: without_strings(message),
            line,
            column,
            truncated: error.classify() == Category::Eof,
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(to, "at {}: ", self.path)?;
        }
        write!(to, "{} (line {}, column {})", self.message, self.line, self.column)
    }
}

impl std::error::Error for JsonError {}

/// Decodes a JSON text; a byte order mark in front of it is not taken for a part of it.
///
/// # Errors
/// If the text is no JSON, or not of this type.
pub fn from_json_slice<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, JsonError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    serde_json::from_slice(text).map_err(|error| JsonError::new(text, &error))
}

/// serde quotes the string that it rejected, which may be a password: it must not be in a message.
fn without_strings(message: &str) -> String {
    const OPEN: &str = ": string \"";
    const CLOSE: &str = "\", expected ";
    match (message.find(OPEN), message.rfind(CLOSE)) {
        (Some(open), Some(close)) if open < close => {
            format!("{}: string{}", &message[..open], &message[close + 1..])
        }
        _ => message.to_owned(),
    }
}
