//! From a JSON pointer to a line and a column.
//!
//! Parsing with positions costs as much as parsing, so it is done for a file only when something about it is
//! reported. An alias of YAML is not followed: a pointer that leads through one is found at the alias.

use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{Event, Marker, Parser, Span, StrInput, options};

use crate::{
    origin::{Origin, Position, Spot},
    pointer::{Pointer, split_last},
};

/// The parser for every text of a specification, which is as lenient as those that other tools read documents with. It gives up
/// where lists and maps are nested deeper than `depth`.
pub(crate) fn parser(text: &str, depth: usize) -> Parser<'_, StrInput<'_>> {
    let options = options! {
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: true,
        flow_nesting_limit: depth,
        block_nesting_limit: depth,
    };
    Parser::new_from_str_with_options(text, options)
}

/// The place that the parser means.
pub(crate) fn of(marker: &Marker) -> Position {
    Position { line: marker.line(), column: marker.col() + 1 }
}

/// Where a span starts.
pub(crate) fn start(span: &Span) -> Position {
    of(&span.start)
}

/// No text that could be read is nested deeper.
const DEPTH: usize = 200;

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
        let mut walk = Walk { wanted: &wanted, found: BTreeMap::new(), pointer: Pointer::default(), stack: Vec::new() };
        for next in parser(text, DEPTH) {
            match next {
                Ok((Event::DocumentEnd, _)) | Err(_) => break,
                Ok((event, span)) => walk.take(&event, span),
            }
        }
        Self(walk.found)
    }

    /// Where the origin points: the node itself, or its nearest ancestor that the file really has. The start of the file
    /// where not even its root is known, as in JSON that is no YAML.
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
    found: BTreeMap<String, Vec<Place>>,
    pointer: Pointer,
    stack: Vec<Frame>,
}

impl Walk<'_> {
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
        let stretch = stretch(span);
        if let Some(Frame::Map { key: key @ None, .. }) = self.stack.last_mut() {
            *key = Some((stretch, self.pointer.enter(text)));
            return;
        }
        let back = self.arrive(span, true);
        self.pointer.leave(back);
    }

    fn open(&mut self, span: Span, list: bool) {
        let stretch = stretch(span);
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
            let place = Place { key, value: stretch(span), scalar };
            self.found.entry(self.pointer.as_str().to_owned()).or_default().push(place);
        }
        back
    }
}

fn stretch(span: Span) -> Stretch {
    let one_line = span.start.line() == span.end.line();
    let width = if one_line { span.end.col().saturating_sub(span.start.col()) } else { 1 };
    Stretch { start: start(&span), width: width.max(1) }
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
