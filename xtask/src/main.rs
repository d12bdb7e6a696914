//! `cargo xtask …`: the commands that people type in this repository.
//!
//! Exit codes: 0 done, 1 the command found something to mend, 2 it was typed wrongly.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "these are the commands that people read")]

mod bench;
mod codegen;
mod compile;
mod corpus;
mod document;
mod files;
mod round_trips;
mod style;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
The commands of this repository.

Usage: cargo xtask <command> [options]

Commands:
  codegen             write `generated/` from `spec/`
    --check           change nothing; name every file that is not as it should be, and exit with 1 if there is one
    --only <module>   only the files of one API, for instance v2025
  codegen --spec <file> --out <folder> --name <crate>
                      write a crate for any OpenAPI document, a feature for each of its tags
    --check           change nothing, as above
    --deny-warnings   refuse a document that has to be mended
  corpus <path>…      generate and compile every OpenAPI document found there, and print a table
    --findings        show everything that was found in the documents
    --round-trips     decode every example of the documents into its type and encode it again, unknown properties and
                      unknown enum values added, and fail where anything is lost
    --json            the table for scripts; progress still goes to standard error
  bench [<path>…]     measure the generation of these documents, or of `spec/`, beside its floors, and the crate that comes
                      of it; then what decoding costs
    --rounds <n>      how often a document is generated, 15 unless said otherwise

Exit codes: 0 done, 1 there is something to mend, 2 the command was typed wrongly.
";

fn main() -> ExitCode {
    match parse(lexopt::Parser::from_env()) {
        Ok(Command::Help) => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        Ok(Command::Codegen(options)) => end(codegen::run(&root(), &options)),
        Ok(Command::Corpus(options)) => end(corpus::run(&root(), &options)),
        Ok(Command::Bench(options)) => end(bench::run(&root(), &options)),
        Err(error) => {
            eprintln!("{}: {error}\n\n{USAGE}", style::red("error"));
            ExitCode::from(2)
        }
    }
}

/// The repository that Cargo runs this in; it may have moved since this was built.
fn root() -> PathBuf {
    let ours = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&ours).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

fn end(result: Result<ExitCode, String>) -> ExitCode {
    result.unwrap_or_else(|error| {
        eprintln!("{}: {error}", style::red("error"));
        ExitCode::FAILURE
    })
}

enum Command {
    Help,
    Codegen(codegen::Options),
    Corpus(corpus::Options),
    Bench(bench::Options),
}

fn parse(mut arguments: lexopt::Parser) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::{Long, Short, Value, ValueExt as _};
    let mut command: Option<String> = None;
    let (mut spec, mut out, mut name) = (None, None, None);
    let mut options = codegen::Options::default();
    let mut corpus = corpus::Options::default();
    let mut bench = bench::Options::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Value(name) if command.is_none() => command = Some(name.string()?),
            Long("check") if command.as_deref() == Some("codegen") => options.check = true,
            Long("only") if command.as_deref() == Some("codegen") => options.only = Some(arguments.value()?.string()?),
            Long("deny-warnings") if command.as_deref() == Some("codegen") => options.deny_warnings = true,
            Long("spec") if command.as_deref() == Some("codegen") => spec = Some(PathBuf::from(arguments.value()?)),
            Long("out") if command.as_deref() == Some("codegen") => out = Some(PathBuf::from(arguments.value()?)),
            Long("name") if command.as_deref() == Some("codegen") => name = Some(arguments.value()?.string()?),
            Long("json") if command.as_deref() == Some("corpus") => corpus.json = true,
            Long("findings") if command.as_deref() == Some("corpus") => corpus.findings = true,
            Long("round-trips") if command.as_deref() == Some("corpus") => corpus.round_trips = true,
            Value(path) if command.as_deref() == Some("corpus") => corpus.paths.push(PathBuf::from(path)),
            Long("rounds") if command.as_deref() == Some("bench") => bench.rounds = arguments.value()?.parse()?,
            Value(path) if command.as_deref() == Some("bench") => bench.paths.push(PathBuf::from(path)),
            other => return Err(other.unexpected()),
        }
    }
    match command.as_deref() {
        Some("codegen") => {
            options.foreign = match (spec, out, name) {
                (None, None, None) => None,
                (Some(spec), Some(out), Some(name)) => Some(codegen::Foreign { spec, out, name }),
                _ => return Err("`--spec`, `--out` and `--name` go together".into()),
            };
            match (&options.foreign, &options.only) {
                (Some(_), Some(_)) => Err("`--only` is for the APIs of spec/, not for `--spec`".into()),
                (None, _) if options.deny_warnings => {
                    Err("spec/ never has warnings; `--deny-warnings` is for `--spec`".into())
                }
                _ => Ok(Command::Codegen(options)),
            }
        }
        Some("corpus") if corpus.paths.is_empty() => Err("`corpus` takes the paths of documents or folders".into()),
        Some("corpus") => Ok(Command::Corpus(corpus)),
        Some("bench") => Ok(Command::Bench(bench)),
        Some("help") | None => Ok(Command::Help),
        Some(other) => Err(format!("there is no command `{other}`").into()),
    }
}
