//! `sailc`: the connector APIs of SailPoint Identity Security Cloud from a shell.

mod sailpoint;

use std::process::ExitCode;

use sailc::Program;
use sailpoint_connectors::catalog::Catalog;
use sailpoint_connectors::{beta, v3, v2025};

/// Newest first.
const CATALOGS: &[&Catalog] = &[&v2025::CATALOG, &v3::CATALOG, &beta::CATALOG];

static PROGRAM: Program = Program {
    name: "sailc",
    version: env!("CARGO_PKG_VERSION"),
    about: "The connector APIs of SailPoint Identity Security Cloud from a shell",
    catalogs: CATALOGS,
    identity: &sailpoint::Sources,
};

fn main() -> ExitCode {
    sailc::run(&PROGRAM)
}
