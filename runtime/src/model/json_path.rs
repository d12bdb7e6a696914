//! Which value stands at a place in a JSON text.
//!
//! `serde_json` says at which line and column decoding stopped. That is at the end of the value that is to blame, or just
//! before an object or an array that should not be there. Reading the brackets, keys and commas up to that place is
//! enough to name the value, whatever its type; it happens only after decoding has failed.

use serde_json::error::{Category, Error};

use super::path::{self, Step};

/// The way to the value at which `error` stopped, as [`path::write`] writes it.
pub(super) fn at(text: &[u8], error: &Error) -> String {
    let mut end = offset(text, error.line(), error.column());
    if error.classify() == Category::Syntax {
        // The last byte is the one that was not wanted; what it opens or closes says nothing.
        end = end.saturating_sub(1);
    }
    let mut written = String::new();
    // Writing to a string does not fail.
    let _ = path::write(&mut written, steps(&text[..end]).iter());
    written
}

/// How many bytes of the text come before the end of this column.
fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let before = text.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1));
    let start: usize = before.map(<[u8]>::len).sum();
    text.len().min(start + column)
}

/// An object or array that is open.
enum Open {
    Array { item: usize },
    Object { key: Option<String> },
}

/// The way to the value that was begun or finished last.
fn steps(text: &[u8]) -> Vec<Step> {
    let mut open: Vec<Open> = Vec::new();
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match (byte, open.last_mut()) {
            (b'{', _) => open.push(Open::Object { key: None }),
            (b'[', _) => open.push(Open::Array { item: 0 }),
            (b'}' | b']', _) => {
                open.pop();
            }
            (b',', Some(Open::Array { item })) => *item += 1,
            (b',', Some(Open::Object { key })) => *key = None,
            (b'"', inside) => {
                let (string, tail) = string(rest);
                rest = tail;
                if let Some(Open::Object { key: key @ None }) = inside {
                    *key = Some(unescaped(string));
                }
            }
            _ => {}
        }
    }
    open.into_iter()
        .filter_map(|open| match open {
            Open::Array { item } => Some(Step::Item(item)),
            Open::Object { key } => key.map(Step::Key),
        })
        .collect()
}

/// Splits the text behind an opening quote into the string and what follows the closing quote.
fn string(text: &[u8]) -> (&[u8], &[u8]) {
    let mut escaped = false;
    for (place, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return (&text[..place], &text[place + 1..]),
            _ => {}
        }
    }
    (text, &[])
}

fn unescaped(string: &[u8]) -> String {
    let quoted = [b"\"", string, b"\""].concat();
    serde_json::from_slice(&quoted).unwrap_or_else(|_| String::from_utf8_lossy(string).into_owned())
}
