//! `cargo xtask …`: the commands that maintainers of this repository type.
//!
//! Exit codes: 0 success, 1 the command found something to fix, 2 usage error.

mod command;
mod compile;
mod diff;
mod document;
mod files;
mod git;
mod licence;
mod lock;
mod names;
mod round_trips;
mod style;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser};

use command::Command;

/// The commands of this repository.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", max_term_width = 100)]
#[command(after_help = "Exit codes: 0 success, 1 the command found something to fix, 2 usage error.")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Some(command) => command.run(&root()),
        None => Arguments::command().print_help().map(|()| ExitCode::SUCCESS).map_err(|error| error.to_string()),
    };
    result.unwrap_or_else(|error| {
        anstream::eprintln!("{}: {error}", style::red("error"));
        ExitCode::FAILURE
    })
}

/// The repository that Cargo runs this in. It may have moved since this was built.
fn root() -> PathBuf {
    let ours = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&ours).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}
