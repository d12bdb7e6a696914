//! What a command line is made of: its name, its catalogs, and where its callers' identity comes from.

use runtime::catalog::Catalog;

use crate::identity::Identity;

/// A command line for a generated crate.
pub struct Program {
    /// What people type, for instance `sailc`.
    pub name: &'static str,
    /// The version that `--version` prints.
    pub version: &'static str,
    /// One sentence about the program, for `--help`.
    pub about: &'static str,
    /// The APIs, newest first: without `--api`, the first that has an operation is called.
    pub catalogs: &'static [&'static Catalog],
    /// Where base URL and credentials come from.
    pub identity: &'static dyn Identity,
}
