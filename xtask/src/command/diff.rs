//! `cargo xtask diff`: what a change of the documents means for the users of the crate.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{print, println};
use clap::Args;

use crate::diff::side::Source;
use crate::diff::{self, Verdict, history};

/// Say what a change of the documents means for users, and which release it demands.
///
/// OLD and NEW are a document, a folder with an apis.yaml, a revision of this repository (its spec/), REV:PATH, or
/// REPOSITORY@REV:PATH. Names are those of the locks; where NEW has none, it keeps the names of OLD.
#[derive(Debug, Args)]
#[command(after_help = "Exits with 1 if the version in NEW's apis.yaml is too low for what has changed.")]
pub(crate) struct Arguments {
    /// What users have
    #[arg(required_unless_present = "history")]
    old: Option<String>,
    /// What they are to get [default: spec/ as it is here]
    new: Option<String>,
    /// Take the names of OLD, a document, from this lock
    #[arg(long, value_name = "FILE", conflicts_with = "history")]
    names: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print Markdown, for release notes
    #[arg(long, conflicts_with = "history")]
    markdown: bool,
    /// List every finding, also what is only counted
    #[arg(long)]
    all: bool,
    /// Exit with 0 even if the version is too low
    #[arg(long)]
    exit_zero: bool,
    /// Replay the history of a document, each commit against the one before: `REPOSITORY[@REV]:PATH`
    #[arg(long, value_name = "HISTORY", conflicts_with = "old")]
    history: Option<String>,
    /// Replay with names that are chosen anew for each commit, as they would be without a lock
    #[arg(long, requires = "history")]
    forget_names: bool,
    /// Compile programs that use every public item of the commit before against this many of the commits
    #[arg(long, value_name = "COUNT", requires = "history")]
    prove: Option<usize>,
}

/// Runs the command in the repository at `root`.
pub(crate) fn run(root: &Path, arguments: &Arguments) -> Result<ExitCode, String> {
    let is_fine = match (&arguments.history, &arguments.old) {
        (Some(history), _) => replay(root, history, arguments)?,
        (None, Some(old)) => compare(root, old, arguments)?,
        (None, None) => return Err("there is nothing to compare".to_owned()),
    };
    Ok(if is_fine || arguments.exit_zero { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn replay(root: &Path, history: &str, arguments: &Arguments) -> Result<bool, String> {
    let mut history = history::replay(history, !arguments.forget_names)?;
    if let Some(count) = arguments.prove {
        history.prove(root, count)?;
    }
    match arguments.json {
        true => println!("{:#}", history.json()),
        false => print!("{}", history.text(arguments.all)),
    }
    Ok(!history.has_needless() && history.is_proven())
}

fn compare(root: &Path, old: &str, arguments: &Arguments) -> Result<bool, String> {
    let mut old = Source::parse(root, old)?;
    if let Some(file) = &arguments.names {
        let names =
            std::fs::read_to_string(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
        old = old.with_names(names);
    }
    let spec = root.join("spec");
    let new = match &arguments.new {
        Some(new) => Source::parse(root, new)?,
        None => Source::parse(root, &spec.to_string_lossy())?,
    };
    let verdict = Verdict::of(&old, new)?;
    if arguments.json {
        println!("{:#}", diff::json(&verdict));
    } else if arguments.markdown {
        print!("{}", diff::markdown(&verdict));
    } else {
        print!("{}", diff::text(&verdict, arguments.all));
    }
    Ok(verdict.versions.is_none_or(|versions| versions.is_enough()))
}
