//! The commands, one file each: its arguments, and a `run` that takes the repository's folder.
//!
//! `run` returns an exit code if the command did its work, and a message if it could not.

mod bench;
mod codegen;
mod corpus;
mod dependencies;
mod diff;
mod docs;
mod features;

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;

/// What `cargo xtask` can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Codegen(codegen::Arguments),
    Diff(diff::Arguments),
    Corpus(corpus::Arguments),
    Bench(bench::Arguments),
    Dependencies(dependencies::Arguments),
    Features(features::Arguments),
    Docs(docs::Arguments),
}

impl Command {
    /// Runs the command in the repository at `root`.
    pub(crate) fn run(&self, root: &Path) -> Result<ExitCode, String> {
        match self {
            Self::Codegen(arguments) => codegen::run(root, arguments),
            Self::Diff(arguments) => diff::run(root, arguments),
            Self::Corpus(arguments) => corpus::run(root, arguments),
            Self::Bench(arguments) => bench::run(root, arguments),
            Self::Dependencies(arguments) => dependencies::run(root, arguments),
            Self::Features(arguments) => features::run(root, arguments),
            Self::Docs(arguments) => docs::run(root, arguments),
        }
    }
}
