//! Looks at a text before it is parsed, for what a parser would take too much time or memory over.

use saphyr_parser::{Event, Parser, StrInput};

use super::tree::MAX_DEPTH;
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
    let (mut brackets, mut deepest, mut marks) = (0_usize, 0, 0);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => {
                brackets += 1;
                deepest = deepest.max(brackets);
            }
            b']' | b'}' => brackets = brackets.saturating_sub(1),
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
    // Brackets in prose count too, so this is only a hint that it is worth to look closer. It must be looked into
    // before the real parser sees the text: that one takes quadratic time over open brackets.
    if deepest > MAX_DEPTH { brackets_in_earnest(text) } else { Ok(()) }
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

fn brackets_in_earnest(text: &str) -> Result<(), Refused> {
    let mut parser = Parser::new(StrInput::new(text));
    let mut depth = 0_usize;
    let too_deep = |line, column| Refused {
        code: "nested-too-deep",
        position: Position { line, column },
        message: format!("lists and maps are nested more than {MAX_DEPTH} deep here"),
        help: "move inner parts into components and refer to them",
    };
    loop {
        match parser.next_event() {
            Some(Ok((Event::SequenceStart(..) | Event::MappingStart(..), span))) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(too_deep(span.start.line(), span.start.col() + 1));
                }
            }
            Some(Ok((Event::SequenceEnd | Event::MappingEnd, _))) => depth = depth.saturating_sub(1),
            Some(Ok((Event::StreamEnd, _))) | None => return Ok(()),
            Some(Ok(_)) => {}
            // This parser has a limit of its own, and looks ahead.
            Some(Err(error)) if error.info().contains("recursion limit") => {
                return Err(too_deep(error.marker().line(), error.marker().col() + 1));
            }
            // Whatever it cannot read with that many brackets in it, the other one need not try.
            Some(Err(error)) => {
                return Err(Refused {
                    code: "syntax",
                    position: Position { line: error.marker().line(), column: error.marker().col() + 1 },
                    message: format!("not valid YAML: {}", error.info()),
                    help: "mend the syntax here or shortly before; nothing of this file could be read",
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_with_brackets_passes_and_nests_do_not() {
        assert!(check(&format!("text: '{}'\n", "[".repeat(10_000))).is_ok());
        assert_eq!(check(&"[".repeat(100_000)).unwrap_err().code, "nested-too-deep");
        assert_eq!(check(&"{a: ".repeat(100_000)).unwrap_err().code, "nested-too-deep");
    }

    #[test]
    fn control_characters_are_found_where_they_are() {
        let refused = check("a: 1\nb: é\u{1}\n").unwrap_err();
        assert_eq!((refused.position.line, refused.position.column), (2, 5));
    }
}
