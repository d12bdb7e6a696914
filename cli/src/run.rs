//! From what was typed to an exit code.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, Command};

use crate::builtin;
use crate::failure::{Ending, Failure};
use crate::index::{Index, Target};
use crate::line::{self, BUILT_IN, Format, Words};
use crate::program::Program;
use crate::send;
use crate::shell;

/// Runs a program with the arguments of this process, and returns its exit code.
pub fn run(program: &'static Program) -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let Some(shell) = std::env::var_os(shell::VARIABLE) {
        return end(shell::complete(program, &shell), false);
    }
    let as_json = wants_json(&arguments);
    end(dispatch(program, &arguments), as_json)
}

fn end(result: Result<(), Ending>, as_json: bool) -> ExitCode {
    match result {
        Ok(()) | Err(Ending::Quiet) => ExitCode::SUCCESS,
        Err(Ending::Failed(failure)) => {
            failure.report(as_json);
            ExitCode::from(failure.code())
        }
    }
}

/// Whether errors are for a program: JSON was asked for by name. Looked for before anything is parsed, because what cannot
/// be parsed is an error too.
fn wants_json(arguments: &[OsString]) -> bool {
    let typed: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let inline = ["-ojson", "-o=json", "--output=json", "-ojsonl", "-o=jsonl", "--output=jsonl"];
    typed.iter().any(|argument| inline.contains(&argument.as_ref()))
        || typed
            .windows(2)
            .any(|pair| matches!(pair[0].as_ref(), "-o" | "--output") && matches!(pair[1].as_ref(), "json" | "jsonl"))
}

fn dispatch(program: &'static Program, arguments: &[OsString]) -> Result<(), Ending> {
    let words = line::scan(program, arguments);
    let index = index(program, &words)?;
    known(program, &index, &words)?;
    let command = line::root(program, &index, &words);
    let typed = std::iter::once(OsString::from(program.name)).chain(arguments.iter().cloned());
    let matches = match command.try_get_matches_from(typed) {
        Ok(matches) => matches,
        Err(error) => return shown(&error),
    };
    let Some((name, matches)) = matches.subcommand() else { return Ok(()) };
    if BUILT_IN.contains(&name) {
        return builtin::run(program, &index, name, matches);
    }
    let Some((operation, matches)) = matches.subcommand() else { return Ok(()) };
    match index.find(name, operation) {
        Some(target) => operate(program, &target, matches),
        None => Err(unknown(program, &index, Some(name), operation).into()),
    }
}

/// The operations of the API that was asked for, or of all of them.
fn index(program: &'static Program, words: &Words) -> Result<Index, Failure> {
    let Some(api) = &words.api else { return Ok(Index::new(program.catalogs)) };
    match program.catalogs.iter().find(|catalog| catalog.name == api) {
        Some(catalog) => Ok(Index::new(&[catalog])),
        None => {
            let names: Vec<&str> = program.catalogs.iter().map(|catalog| catalog.name).collect();
            Err(Failure::usage(format!("there is no API `{api}`; there are {}", names.join(", "))))
        }
    }
}

/// Refuses names that do not exist, with what was probably meant.
fn known(program: &'static Program, index: &Index, words: &Words) -> Result<(), Failure> {
    let Some(group) = words.group.as_deref().filter(|group| !BUILT_IN.contains(group)) else { return Ok(()) };
    let Some(commands) = index.group(group) else { return Err(unknown(program, index, None, group)) };
    match words.operation.as_deref().filter(|operation| *operation != "help") {
        Some(operation) if !commands.contains_key(operation) => Err(unknown(program, index, Some(group), operation)),
        _ => Ok(()),
    }
}

fn unknown(program: &'static Program, index: &Index, group: Option<&str>, name: &str) -> Failure {
    let what = match group {
        Some(group) => format!("{group} has no operation `{name}`"),
        None => format!("there is no command `{name}`"),
    };
    let suggestions = index.suggest(group, name);
    let advice = if suggestions.is_empty() {
        format!("`{0} --help` lists the commands, `{0} search WORDS` finds operations", program.name)
    } else {
        let commands: Vec<String> = suggestions.iter().map(|command| format!("`{} {command}`", program.name)).collect();
        format!("did you mean {}?", commands.join(" or "))
    };
    Failure::usage(what).advise(advice)
}

/// Help and version go to standard output and are not failures; usage errors are reported like all other failures.
fn shown(error: &clap::Error) -> Result<(), Ending> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => crate::failure::written(error.print()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // The help says it all, but nothing was done.
            crate::style::error_line(&error.render().ansi().to_string());
            Err(Failure::usage("a command is missing").into())
        }
        _ => {
            let text = error.render().to_string();
            let text = text.trim().trim_start_matches("error:").trim();
            Err(Failure::usage(text).into())
        }
    }
}

/// Calls an operation, or prints what it takes.
fn operate(program: &'static Program, target: &Target, matches: &ArgMatches) -> Result<(), Ending> {
    if matches.get_flag("schema") {
        return builtin::schema(target);
    }
    if matches.try_get_one::<bool>("body-template").ok().flatten() == Some(&true) {
        return builtin::template(target);
    }
    send::operation(program, target, matches)
}

/// The format that was asked for by name.
pub(crate) fn chosen_format(matches: &ArgMatches) -> Option<Format> {
    matches.get_one::<Format>("output").copied()
}

/// The program with whatever was typed so far built out, for completion.
pub(crate) fn command_for(program: &'static Program, arguments: &[OsString]) -> Command {
    let words = line::scan(program, arguments);
    let index = index(program, &words).unwrap_or_else(|_| Index::new(program.catalogs));
    line::root(program, &index, &words)
}
