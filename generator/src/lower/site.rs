//! Where the lowering stands: a place in the document, and the name for what is found there.

use crate::model::{NamePath, Rank};
use crate::pointer::escape;

/// A place in the document and the name for what is found there.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// JSON pointer in the bundled document.
    pub pointer: String,
    /// What a schema found here is called.
    pub path: NamePath,
}

impl Site {
    /// A place that names what is below it.
    pub(super) fn root(pointer: impl Into<String>, rank: Rank, root: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), path: NamePath::root(rank, root) }
    }

    /// The place of a component schema.
    pub(super) fn component(name: &str) -> Self {
        Self::root(format!("/components/schemas/{}", escape(name)), Rank::Schema, name)
    }

    /// One step down, to the node at `pointer` below this one, called `segment`.
    pub(super) fn child(&self, pointer: &str, segment: &str) -> Self {
        let mut path = self.path.clone();
        path.segments.push(segment.to_owned());
        Self { pointer: format!("{}/{pointer}", self.pointer), path }
    }

    /// One step down without a name of its own.
    pub(super) fn below(&self, pointer: &str) -> Self {
        Self { pointer: format!("{}/{pointer}", self.pointer), path: self.path.clone() }
    }

    /// Whether this is the place of a component schema itself.
    pub(super) fn is_component(&self) -> bool {
        self.path.segments.is_empty() && self.pointer.starts_with("/components/schemas/")
    }
}
