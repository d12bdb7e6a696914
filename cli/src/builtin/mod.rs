//! The commands of every program beside those of its APIs.

mod api;
mod auth;
mod describe;
mod man;
mod powershell;
mod search;
mod template;

use std::io::Write as _;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};

pub(crate) use describe::schema;
pub(crate) use template::template;

use crate::failure::{Ending, Failure, written};
use crate::index::Index;
use crate::line::{call_options, output_options};
use crate::program::Program;
use crate::shell;

/// The commands, for `clap`.
pub(crate) fn commands(program: &'static Program) -> Vec<Command> {
    vec![
        api_command(),
        Command::new("auth")
            .about("Shows which credentials are used, or prints an access token")
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand(Command::new("status").about("Shows base URL, credentials and where they were found"))
            .subcommand(Command::new("token").about("Fetches an access token and prints it, and nothing else does")),
        Command::new("completion")
            .about("Prints the completion script of a shell")
            .arg(Arg::new("shell").value_name("SHELL").required(true).value_parser(shell::shells()))
            .after_help(completion_help(program.name)),
        Command::new("man").about("Writes man pages").arg(
            Arg::new("out")
                .value_name("FOLDER")
                .required(true)
                .value_hint(ValueHint::DirPath)
                .help("Where to write them"),
        ),
        crate::mock::command(),
        Command::new("powershell").about("Prints a PowerShell module with a function per operation"),
        Command::new("search")
            .about("Finds operations by words of their names, paths and descriptions")
            .arg(
                Arg::new("words").value_name("WORDS").required(true).num_args(1..).help("Words that must all be there"),
            )
            .args(output_options()),
    ]
}

fn completion_help(name: &str) -> String {
    format!(
        "bash:        echo 'source <({name} completion bash)' >> ~/.bashrc\n\
         zsh:         echo 'source <({name} completion zsh)' >> ~/.zshrc\n\
         fish:        {name} completion fish > ~/.config/fish/completions/{name}.fish\n\
         PowerShell:  {name} completion powershell | Out-String | Invoke-Expression   (in $PROFILE)"
    )
}

fn api_command() -> Command {
    Command::new("api")
        .about("Calls any path of the API, with the same credentials, retries and output")
        .arg(Arg::new("method").value_name("METHOD").required(true).help("GET, POST, PUT, PATCH, DELETE, …"))
        .arg(Arg::new("path").value_name("PATH").required(true).help("The path behind the base URL, with its query"))
        .arg(
            Arg::new("body")
                .long("body")
                .value_name("FILE|-|JSON|YAML")
                .help("The body: a file, - for standard input, or the text itself"),
        )
        .arg(
            Arg::new("content-type")
                .long("content-type")
                .value_name("TYPE")
                .action(ArgAction::Set)
                .help("What the body is [default: application/json]"),
        )
        .args(call_options(true))
}

/// Runs one of the commands.
///
/// # Errors
///
/// Whatever it fails with.
pub(crate) fn run(program: &'static Program, index: &Index, name: &str, matches: &ArgMatches) -> Result<(), Ending> {
    match name {
        "api" => api::run(program, matches),
        "auth" => auth::run(program, matches),
        "completion" => shell::script(program, matches.get_one::<String>("shell").map_or("", String::as_str)),
        "man" => man::write(program, matches.get_one::<String>("out").map_or("", String::as_str)),
        "mock" => crate::mock::run(program, matches),
        "powershell" => print(&powershell::module(program, index)),
        "search" => {
            let words: Vec<String> = matches.get_many("words").into_iter().flatten().cloned().collect();
            search::run(program, index, &words, matches)
        }
        other => Err(Failure::usage(format!("there is no command `{other}`")).into()),
    }
}

/// Prints text on standard output.
fn print(text: &str) -> Result<(), Ending> {
    written(std::io::stdout().write_all(text.as_bytes()))
}
