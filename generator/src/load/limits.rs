//! Looks at a text before it is parsed, for what a parser would take too much time or memory over.

use crate::diagnostic::Position;

/// How many nodes a text may have at most, by a guess that is never too low for what takes a line or a comma each.
const MAX_LINES_AND_COMMAS: usize = 12_000_000;

/// A text that is not parsed, and why.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) code: &'static str,
    pub(super) position: Position,
    pub(super) message: String,
    pub(super) help: &'static str,
}

pub(super) fn check(text: &str) -> Result<(), Refused> {
    let mut marks = 0_usize;
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' | b',' => marks += 1,
            0..=8 | 11 | 12 | 14..=31 => return Err(control_character(text, offset)),
            _ => {}
        }
    }
    if marks > MAX_LINES_AND_COMMAS {
        return Err(Refused {
            code: "too-large",
            position: Position { line: 1, column: 1 },
            message: format!("the file has more than {MAX_LINES_AND_COMMAS} lines and list elements"),
            help: "split the specification into several files",
        });
    }
    Ok(())
}

fn control_character(text: &str, offset: usize) -> Refused {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Refused {
        code: "control-character",
        position: Position {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        },
        message: format!("the file holds the control character U+{:04X}, so it is not text", text.as_bytes()[offset]),
        help: "remove it, or write it as an escape in double quotes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_found_where_they_are() {
        let refused = check("a: 1\nb: é\u{1}\n").unwrap_err();
        assert_eq!((refused.position.line, refused.position.column), (2, 5));
    }
}
