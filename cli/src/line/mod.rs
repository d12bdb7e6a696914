//! The command line as `clap` sees it, built of the catalogs.
//!
//! Only what is asked for is built: an operation's arguments once its name was typed, so that `--help` and completion
//! start as fast with hundreds of operations as with ten.

mod global;
mod input;
mod operation;
mod scan;

use clap::Command;

use crate::index::{Commands, Index, Target};
use crate::program::Program;
use crate::style;

pub(crate) use global::{Format, call_options, global_options, output_options};
pub(crate) use input::{Input, Source, inputs, is_open_form, is_patch, patch_ops};
pub(crate) use operation::{about, operation};
pub(crate) use scan::{Words, scan};

/// The commands of every program beside those of its APIs.
pub(crate) const BUILT_IN: [&str; 7] = ["api", "auth", "completion", "man", "mock", "powershell", "search"];

/// The program as a command with what was typed built out.
pub(crate) fn root(program: &'static Program, index: &Index, words: &Words) -> Command {
    let mut root = bare(program).subcommands(crate::builtin::commands(program));
    for (name, commands) in index.groups() {
        let asked = words.group.as_deref() == Some(name);
        let about = commands.values().flatten().next().map_or("", |target| target.group.tag);
        let mut group = Command::new(name.to_owned())
            .about(format!("{about} ({} operations)", commands.len()))
            .subcommand_required(true)
            .arg_required_else_help(true);
        if asked {
            group = fill(program, group, commands, words);
        }
        root = root.subcommand(group);
    }
    root
}

/// The program with all of its commands built out, for man pages.
pub(crate) fn whole(program: &'static Program, index: &Index) -> Command {
    index.groups().fold(bare(program).subcommands(crate::builtin::commands(program)), |root, (name, commands)| {
        let group = Command::new(name.to_owned()).about(commands.values().flatten().next().map_or("", |t| t.group.tag));
        let operations = commands.iter().filter_map(|(name, targets)| Some((name, targets.first()?)));
        root.subcommand(group.subcommands(
            operations.map(|(name, target)| operation(program, name, target, targets_of(commands, name), true)),
        ))
    })
}

fn targets_of<'a>(commands: &'a Commands, name: &str) -> &'a [Target] {
    commands.get(name).map_or(&[], Vec::as_slice)
}

/// The program without its commands.
fn bare(program: &'static Program) -> Command {
    Command::new(program.name)
        .version(program.version)
        .about(program.about)
        .after_help(after_help(program))
        .styles(style::HELP)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .infer_subcommands(false)
        .max_term_width(100)
        .args(global_options(program))
}

fn after_help(program: &'static Program) -> String {
    format!(
        "{}\n\nExit codes: 0 done, 2 usage error, 3 not allowed, 4 not found, 5 too many requests, 6 the server failed, 7 \
         no connection, 8 refused, 9 an unusable response, 10 declined at the prompt, 1 anything else.",
        program.identity.explain()
    )
}

/// A group with its operations; the one that was typed with its arguments.
fn fill(program: &'static Program, group: Command, commands: &Commands, words: &Words) -> Command {
    commands.iter().fold(group, |group, (name, targets)| {
        let Some(target) = targets.first() else { return group };
        group.subcommand(if words.operation.as_ref() == Some(name) {
            operation(program, name, target, targets, !words.describes)
        } else {
            Command::new(name.clone()).about(about(target))
        })
    })
}
