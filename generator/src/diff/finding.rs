//! A finding: one change, what it means, and where it is.

use serde::Serialize;

use super::change::{Change, Class, Release};
use crate::origin::Origin;

/// One change that users of the client may care for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// What it means.
    pub class: Class,
    /// What kind of change it is.
    pub change: Change,
    /// The Rust item, from its module on: `v3::models::Source::owner`.
    pub item: String,
    /// What changed, in a sentence that goes on from the item.
    pub what: String,
    /// Where the document defines the thing.
    pub origin: Origin,
    /// Which of the two documents [`origin`](Self::origin) is in.
    pub side: Side,
}

/// One of the two documents that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The old one, for what is gone.
    Old,
    /// The new one.
    New,
}

/// The release that findings demand together: the greatest of each.
pub fn release(findings: &[Finding]) -> Release {
    findings.iter().map(|finding| finding.change.release(finding.class)).max().unwrap_or(Release::Patch)
}
