//! One action of an overlay.

use serde_json::Value;

use super::path::Path;
use crate::diagnostic::Origin;

/// What to change, and where.
pub(super) struct Action<'o> {
    /// Where it stands.
    pub(super) origin: Origin,
    /// The nodes that it changes.
    pub(super) target: Path,
    pub(super) change: Change<'o>,
}

/// What becomes of the nodes.
pub(super) enum Change<'o> {
    /// They are taken out of the list or map that they are in.
    Remove,
    /// This is merged with them.
    Update(&'o Value),
    /// The one node that this path selects is merged with them.
    Copy(Path),
}
