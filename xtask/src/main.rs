//! `cargo xtask …`: the commands that people type in this repository.
//!
//! Exit codes: 0 done, 1 the command found something to mend, 2 it was typed wrongly.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "these are the commands that people read")]

mod codegen;
mod files;
mod style;

use std::process::ExitCode;

const USAGE: &str = "\
The commands of this repository.

Usage: cargo xtask <command> [options]

Commands:
  codegen             write `generated/` from `spec/`
    --check           change nothing; name every file that is not as it should be, and exit with 1 if there is one
    --only <module>   only the files of one API, for instance v2025

Exit codes: 0 done, 1 there is something to mend, 2 the command was typed wrongly.
";

fn main() -> ExitCode {
    match parse(lexopt::Parser::from_env()) {
        Ok(Command::Help) => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        Ok(Command::Codegen(options)) => codegen::run(&options),
        Err(error) => {
            eprintln!("{}: {error}\n\n{USAGE}", style::red("error"));
            ExitCode::from(2)
        }
    }
}

enum Command {
    Help,
    Codegen(codegen::Options),
}

fn parse(mut arguments: lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::{Long, Short, Value, ValueExt as _};
    let mut command: Option<String> = None;
    let mut options = codegen::Options::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Value(name) if command.is_none() => command = Some(name.string()?),
            Long("check") if command.as_deref() == Some("codegen") => options.check = true,
            Long("only") if command.as_deref() == Some("codegen") => options.only = Some(arguments.value()?.string()?),
            other => return Err(other.unexpected()),
        }
    }
    match command.as_deref() {
        Some("codegen") => Ok(Command::Codegen(options)),
        Some("help") | None => Ok(Command::Help),
        Some(other) => Err(format!("there is no command `{other}`").into()),
    }
}
