//! Which command is meant, found before anything is parsed: the first two words that are not options.

use std::ffi::OsString;

use clap::{Arg, ArgAction};

use crate::program::Program;

/// The words of a command line that say which operation is meant.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// The first word; a group, or a command of the program itself.
    pub(crate) group: Option<String>,
    /// The second word.
    pub(crate) operation: Option<String>,
    /// What `--api` says.
    pub(crate) api: Option<String>,
    /// Whether the operation is only described, not called: `--schema`, `--body-template`.
    pub(crate) describes: bool,
}

/// Finds the words in what was typed after the program's name.
pub(crate) fn scan(program: &'static Program, arguments: &[OsString]) -> Words {
    let options = super::global_options(program);
    let mut words = Words::default();
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            break;
        }
        if let Some(option) = argument.strip_prefix('-').filter(|option| !option.is_empty()) {
            let (name, inline) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (option, None),
            };
            let takes_value = options.iter().any(|known| takes_value(known, name));
            let value =
                inline.or_else(|| takes_value.then(|| arguments.next().map(|next| next.into_owned())).flatten());
            match name {
                "-api" => words.api = value,
                "-schema" | "-body-template" => words.describes = true,
                _ => {}
            }
        } else if words.group.is_none() {
            words.group = (argument != "help").then(|| argument.into_owned());
        } else if words.operation.is_none() {
            words.operation = Some(argument.into_owned());
        }
    }
    words
}

/// Whether an option, typed without its first hyphen, is this one and has its value in the next word.
fn takes_value(option: &Arg, typed: &str) -> bool {
    let takes = matches!(option.get_action(), ArgAction::Set | ArgAction::Append);
    let long = typed.strip_prefix('-').is_some_and(|long| option.get_long() == Some(long));
    let mut letters = typed.chars();
    let short = option.get_short().is_some_and(|short| letters.next() == Some(short) && letters.next().is_none());
    takes && (long || short)
}
