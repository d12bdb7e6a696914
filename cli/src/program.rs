//! What a command line is made of: its name, its catalogs, and where its callers' identity comes from.

use runtime::catalog::Catalog;
use runtime::{Api, Operation};

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

/// What is assumed of an API that no catalog describes.
static UNKNOWN: Api = Api::new();

impl Program {
    /// Any operation; `None` if the catalogs are empty.
    pub(crate) fn any_operation(&self) -> Option<&'static Operation> {
        let groups = self.catalogs.iter().flat_map(|catalog| catalog.groups);
        groups.flat_map(|group| group.operations).map(|entry| entry.operation).next()
    }

    /// The conventions of the servers, which all catalogs of a program share.
    pub(crate) fn api(&self) -> &'static Api {
        self.any_operation().map_or(&UNKNOWN, |operation| operation.api)
    }
}
