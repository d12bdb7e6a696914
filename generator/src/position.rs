//! From a JSON pointer to a line and a column.
//!
//! Parsing with positions costs as much as parsing, so it is done for a file only when something about it is
//! reported. An alias of YAML is not followed: a pointer that leads through one is found at the alias.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use saphyr_parser::{Event, Parser, Span, StrInput};

use crate::{
    origin::{Origin, Position, Spot},
    pointer::{Pointer, split_last},
};

/// How far a line is moved to the right: further than anything is ever nested.
const MOVE: usize = 400;

/// Each moved line costs another run through the text.
const MAX_MOVED_LINES: usize = 64;

/// A stretch of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) start: Position,
    /// In characters, at least 1.
    pub(crate) width: usize,
}

/// Where a node of a file stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    key: Option<Stretch>,
    value: Stretch,
    scalar: bool,
}

impl Place {
    fn stretch(&self, spot: Spot) -> Stretch {
        match (spot, self.key) {
            (Spot::Key, Some(key)) => key,
            // A list or a map is best pointed at by its key; so is a long text that starts on a line of its own.
            (_, Some(key)) if !self.scalar || key.start.line != self.value.start.line => key,
            _ => self.value,
        }
    }
}

/// Where some nodes of one file, and all their ancestors, stand; more than one place where keys are duplicated.
pub(crate) struct Positions(BTreeMap<String, Vec<Place>>);

impl Positions {
    /// Finds the nodes at `pointers` in the text of a file. Where the text stops being YAML, so do the positions.
    pub(crate) fn find<'a>(text: &str, pointers: impl IntoIterator<Item = &'a str>) -> Self {
        let mut wanted = BTreeSet::from([String::new()]);
        for pointer in pointers {
            let mut rest = pointer;
            while wanted.insert(rest.to_owned()) {
                let Some((parent, _)) = split_last(rest) else { break };
                rest = parent;
            }
        }
        // The parser that knows positions wants the lines of `[…]` and `{…}` further in than what they belong to; the
        // one that reads the data does not care. Such lines are moved to the right until both agree.
        let mut moved = BTreeSet::new();
        loop {
            let text = if moved.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(indented(text, &moved)) };
            let mut walk = Walk::new(&wanted, &moved);
            let (result, found) = (walk.run(&text), walk.found);
            match result {
                Err(line) if moved.len() < MAX_MOVED_LINES && moved.insert(line) => {}
                _ => return Self(found),
            }
        }
    }

    /// Where the origin points: the node itself, or its nearest ancestor that the file really has. The start of the file
    /// where not even its root is known: the parser that knows positions refuses some texts that the other one reads.
    pub(crate) fn stretch(&self, origin: &Origin) -> Stretch {
        let start = Position { line: 1, column: 1 };
        if let Spot::At(start) = origin.spot {
            return Stretch { start, width: 1 };
        }
        let mut rest = origin.pointer.as_str();
        loop {
            if let Some(place) = self.0.get(rest).and_then(|places| places.first()) {
                let exact = rest.len() == origin.pointer.len();
                return place.stretch(if exact { origin.spot } else { Spot::Key });
            }
            match split_last(rest) {
                Some((parent, _)) => rest = parent,
                None => return Stretch { start, width: 1 },
            }
        }
    }

    /// Where the keys stand that lead to `pointer`: two or more if the file repeats the key.
    pub(crate) fn keys(&self, pointer: &str) -> Vec<Position> {
        let places = self.0.get(pointer).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|place| place.key).map(|key| key.start).collect()
    }
}

/// An open list or map.
enum Frame {
    List { next: usize, back: usize },
    Map { key: Option<(Stretch, usize)>, back: usize },
}

struct Walk<'a> {
    wanted: &'a BTreeSet<String>,
    moved: &'a BTreeSet<usize>,
    found: BTreeMap<String, Vec<Place>>,
    pointer: Pointer,
    stack: Vec<Frame>,
}

impl<'a> Walk<'a> {
    fn new(wanted: &'a BTreeSet<String>, moved: &'a BTreeSet<usize>) -> Self {
        Self { wanted, moved, found: BTreeMap::new(), pointer: Pointer::default(), stack: Vec::new() }
    }

    /// Runs through the first document of a text. The error is a line that would have to stand further right.
    fn run(&mut self, text: &str) -> Result<(), usize> {
        let mut parser = Parser::new(StrInput::new(text));
        loop {
            match parser.next_event() {
                None | Some(Ok((Event::DocumentEnd, _))) => return Ok(()),
                Some(Ok((event, span))) => self.take(&event, span),
                Some(Err(error)) if error.info().starts_with("invalid indentation") => {
                    return Err(error.marker().line());
                }
                Some(Err(_)) => return Ok(()),
            }
        }
    }

    fn stretch(&self, span: Span) -> Stretch {
        let line = span.start.line();
        let width = if line == span.end.line() { span.end.col().saturating_sub(span.start.col()) } else { 1 };
        let moved = if self.moved.contains(&line) { MOVE } else { 0 };
        let column = span.start.col().saturating_sub(moved) + 1;
        Stretch { start: Position { line, column }, width: width.max(1) }
    }

    fn take(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Scalar(text, ..) => self.leaf(text, span),
            Event::Alias(_) => self.leaf("", span),
            Event::SequenceStart(..) => self.open(span, true),
            Event::MappingStart(..) => self.open(span, false),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            _ => {}
        }
    }

    fn leaf(&mut self, text: &str, span: Span) {
        let stretch = self.stretch(span);
        if let Some(Frame::Map { key: key @ None, .. }) = self.stack.last_mut() {
            *key = Some((stretch, self.pointer.enter(text)));
            return;
        }
        let back = self.arrive(span, true);
        self.pointer.leave(back);
    }

    fn open(&mut self, span: Span, list: bool) {
        let stretch = self.stretch(span);
        // A list or a map as a key: keep the balance, its name does not matter.
        if let Some(Frame::Map { key: key @ None, .. }) = self.stack.last_mut() {
            *key = Some((stretch, self.pointer.enter("")));
        }
        let back = self.arrive(span, false);
        self.stack.push(if list { Frame::List { next: 0, back } } else { Frame::Map { key: None, back } });
    }

    fn close(&mut self) {
        match self.stack.pop() {
            Some(Frame::List { back, .. } | Frame::Map { back, .. }) => self.pointer.leave(back),
            None => {}
        }
    }

    /// Notes that a value starts here; gives the length to which the pointer shrinks when it ends.
    fn arrive(&mut self, span: Span, scalar: bool) -> usize {
        let (key, back) = match self.stack.last_mut() {
            None => (None, 0),
            Some(Frame::Map { key, .. }) => match key.take() {
                Some((stretch, back)) => (Some(stretch), back),
                None => (None, self.pointer.as_str().len()),
            },
            Some(Frame::List { next, .. }) => {
                let back = self.pointer.enter_index(*next);
                *next += 1;
                (None, back)
            }
        };
        if self.wanted.contains(self.pointer.as_str()) {
            let place = Place { key, value: self.stretch(span), scalar };
            self.found.entry(self.pointer.as_str().to_owned()).or_default().push(place);
        }
        back
    }
}

fn indented(text: &str, lines: &BTreeSet<usize>) -> String {
    let mut result = String::with_capacity(text.len() + lines.len() * MOVE);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if lines.contains(&(index + 1)) {
            result.push_str(&" ".repeat(MOVE));
        }
        result.push_str(line);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_and_column(text: &str, pointer: &str, spot: Spot) -> (usize, usize, usize) {
        let origin = Origin { file: String::new(), pointer: pointer.to_owned(), spot };
        let stretch = Positions::find(text, [pointer]).stretch(&origin);
        (stretch.start.line, stretch.start.column, stretch.width)
    }

    #[test]
    fn values_keys_elements_and_what_is_missing() {
        let text = "a:\n  b: one\n  c/d: [x, 'yy']\n  e: |\n    long\n";
        assert_eq!(line_and_column(text, "/a/b", Spot::Value), (2, 6, 3));
        assert_eq!(line_and_column(text, "/a/b", Spot::Key), (2, 3, 1));
        assert_eq!(line_and_column(text, "/a/c~1d/1", Spot::Value), (3, 12, 4));
        assert_eq!(line_and_column(text, "/a/c~1d", Spot::Value), (3, 3, 3));
        assert_eq!(line_and_column(text, "/a/missing/below", Spot::Value), (1, 1, 1));
    }

    #[test]
    fn brackets_may_close_further_left() {
        let text = "a:\n  b: [\n1,\n  2\n]\n  c: d\n";
        assert_eq!(line_and_column(text, "/a/b/0", Spot::Value), (3, 1, 1));
        assert_eq!(line_and_column(text, "/a/c", Spot::Value), (6, 6, 1));
    }

    #[test]
    fn both_sites_of_a_repeated_key_are_known() {
        let keys = Positions::find("a: 1\nb:\n  c: 2\na: 3\n", ["/a"]).keys("/a");
        assert_eq!(keys.iter().map(|key| key.line).collect::<Vec<_>>(), [1, 4]);
    }

    #[test]
    fn broken_text_has_the_positions_before_the_break() {
        let text = "a: 1\nb: [1, 2\nc: }\n";
        assert_eq!(line_and_column(text, "/a", Spot::Key), (1, 1, 1));
        assert_eq!(line_and_column("a\u{feff}: 1\n", "/a", Spot::Key), (1, 1, 1));
    }
}
