//! What the comparisons of all kinds of items share.

use super::counterparts::Counterparts;
use crate::diff::change::{Change, Class};
use crate::diff::finding::{Finding, Side};
use crate::diff::outline::Outline;
use crate::origin::Origin;

/// The comparison of one API, as far as it has come.
pub(super) struct Comparison<'a> {
    pub old: &'a Outline,
    pub new: &'a Outline,
    pub types: Counterparts<'a>,
    pub findings: Vec<Finding>,
}

impl Comparison<'_> {
    /// Something that the new document has.
    pub(super) fn found(&mut self, class: Class, change: Change, item: &str, what: impl Into<String>, origin: &Origin) {
        self.add(class, change, item, what.into(), origin, Side::New);
    }

    /// Something that only the old document has.
    pub(super) fn lost(&mut self, class: Class, change: Change, item: &str, what: impl Into<String>, origin: &Origin) {
        self.add(class, change, item, what.into(), origin, Side::Old);
    }

    fn add(&mut self, class: Class, change: Change, item: &str, what: String, origin: &Origin, side: Side) {
        let origin = origin.clone();
        self.findings.push(Finding { class, change, item: item.to_owned(), what, origin, side });
    }

    /// The path of a model.
    pub(super) fn model(&self, name: &str) -> String {
        format!("{}::models::{name}", self.new.module)
    }
}
