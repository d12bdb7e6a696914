//! How a type is written in Rust, with the names of the crate's own types kept apart, so that two spellings can be
//! compared under renamed types.

use std::fmt;

/// A type as it stands in a signature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelling(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(&'static str),
    /// A type of the crate, by its name.
    Model(String),
}

impl Spelling {
    /// A type that every crate has.
    pub(super) fn known(text: &'static str) -> Self {
        Self(vec![Piece::Text(text)])
    }

    /// A type of the crate.
    pub(super) fn model(name: impl Into<String>) -> Self {
        Self(vec![Piece::Model(name.into())])
    }

    /// The type between two texts: `impl Into<`, the type, `>`.
    pub(super) fn within(mut self, before: &'static str, after: &'static str) -> Self {
        self.0.insert(0, Piece::Text(before));
        self.0.push(Piece::Text(after));
        self
    }

    /// The names of the crate's types in it.
    pub(super) fn models(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Model(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The same with the crate's types under other names.
    pub(super) fn renamed<'n>(&'n self, name: impl Fn(&'n str) -> &'n str) -> Self {
        let piece = |piece: &'n Piece| match piece {
            Piece::Model(known) => Piece::Model(name(known).to_owned()),
            Piece::Text(text) => Piece::Text(text),
        };
        Self(self.0.iter().map(piece).collect())
    }
}

impl fmt::Display for Spelling {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => to.write_str(text),
            Piece::Model(name) => to.write_str(name),
        })
    }
}
