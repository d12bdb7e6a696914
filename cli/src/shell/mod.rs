//! Completion: the scripts for shells, and what they ask this program for at each press of the tab key.

mod cache;
mod values;

use std::ffi::{OsStr, OsString};
use std::io::Write as _;

use clap_complete::env::{EnvCompleter, Shells};

pub(crate) use values::{known as known_values, remember};

use crate::failure::{Ending, Failure, written};
use crate::program::Program;
use crate::run::command_for;

/// The variable by which a shell's script asks for completions.
pub(crate) const VARIABLE: &str = "COMPLETE";

/// The shells that there are scripts for.
pub(crate) fn shells() -> Vec<&'static str> {
    Shells::builtins().names().collect()
}

fn shell(name: &str) -> Result<&'static dyn EnvCompleter, Failure> {
    let found = Shells::builtins().0.iter().find(|shell| shell.is(name));
    found.copied().ok_or_else(|| Failure::usage(format!("there is no completion for the shell `{name}`")))
}

/// Prints the script that a shell has to read at its start.
///
/// # Errors
///
/// If the shell is not known.
pub(crate) fn script(program: &'static Program, name: &str) -> Result<(), Ending> {
    let mut text = Vec::new();
    let result = shell(name)?.write_registration(VARIABLE, program.name, program.name, program.name, &mut text);
    result.map_err(|error| Failure::file("the script cannot be written", &error))?;
    written(std::io::stdout().write_all(&text))
}

/// Prints completions, asked for by a shell's script: `COMPLETE=bash program -- program words…`.
///
/// # Errors
///
/// If the shell is not known.
pub(crate) fn complete(program: &'static Program, name: &OsStr) -> Result<(), Ending> {
    let words: Vec<OsString> = std::env::args_os().skip_while(|argument| argument != "--").skip(1).collect();
    let shell = shell(&name.to_string_lossy())?;
    let mut command = command_for(program, words.get(1..).unwrap_or_default());
    command.build();
    let folder = std::env::current_dir().ok();
    let mut text = Vec::new();
    let result = shell.write_complete(&mut command, words, folder.as_deref(), &mut text);
    result.map_err(|error| Failure::file("there are no completions", &error))?;
    written(std::io::stdout().write_all(&text))
}
