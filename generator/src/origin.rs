//! Where something in a document comes from.

/// A place in a file, counted from 1; columns count characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, the first is 1.
    pub line: usize,
    /// The column, the first is 1.
    pub column: usize,
}

/// Which part of what an [`Origin`] points at is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The value; its key where the value is not a scalar.
    #[default]
    Value,
    /// The key under which the value stands.
    Key,
    /// A place that no pointer can name: a syntax error, the second of two equal keys.
    At(Position),
}

/// Where something comes from: a file and a JSON pointer into it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Origin {
    /// The file, relative to the folder of the specification.
    pub file: String,
    /// A JSON pointer (RFC 6901) inside that file.
    pub pointer: String,
    /// Which part of the node is meant.
    #[serde(skip)]
    pub spot: Spot,
}

impl Origin {
    /// The node at `pointer` in `file`.
    pub fn new(file: impl Into<String>, pointer: impl Into<String>) -> Self {
        Self { file: file.into(), pointer: pointer.into(), spot: Spot::Value }
    }

    /// The node at `pointer` below this one.
    pub(crate) fn below(&self, pointer: &str) -> Self {
        Self::new(self.file.clone(), format!("{}/{pointer}", self.pointer))
    }

    /// The same node, but its key is meant: an unknown or superfluous one.
    #[must_use]
    pub fn key(mut self) -> Self {
        self.spot = Spot::Key;
        self
    }

    /// The same node, but at a place that the caller knows already.
    #[must_use]
    pub fn at(mut self, position: Position) -> Self {
        self.spot = Spot::At(position);
        self
    }
}
