//! `auth status` and `auth token`.

use clap::ArgMatches;
use serde_json::json;

use super::print;
use crate::failure::{Cause, Ending, Failure};
use crate::line::Format;
use crate::output::{cells, pretty};
use crate::program::Program;
use crate::run::chosen_format;
use crate::send;

pub(super) fn run(program: &'static Program, matches: &ArgMatches) -> Result<(), Ending> {
    match matches.subcommand() {
        Some(("token", matches)) => token(program, matches),
        Some((_, matches)) => status(program, matches),
        None => Ok(()),
    }
}

/// Where the credentials come from; never what they are.
fn status(program: &'static Program, matches: &ArgMatches) -> Result<(), Ending> {
    let found = send::found(program, matches)?;
    let (url, source, login) = (found.base_url.as_str(), found.source.as_str(), found.login.as_str());
    if matches!(chosen_format(matches), Some(Format::Json | Format::Jsonl)) {
        let status = json!({ "baseUrl": url, "source": source, "credentials": login });
        return print(&format!("{}\n", pretty(&status)));
    }
    let lines = [("base URL", url), ("found in", source), ("credentials", login)];
    let lines: Vec<Vec<String>> =
        lines.iter().map(|(name, value)| vec![(*name).to_owned(), (*value).to_owned()]).collect();
    print(&cells(None, &lines, None))
}

/// The one place that prints a token, because it was asked for by name.
fn token(program: &'static Program, matches: &ArgMatches) -> Result<(), Ending> {
    let found = send::found(program, matches)?;
    if found.anonymous {
        return Err(Failure::new(Cause::Auth, "there are no credentials, so there is no token").into());
    }
    let client = found.builder.build().map_err(Failure::from)?;
    let token = send::runtime()?.block_on(send::token(program, &client))?;
    print(&format!("{token}\n"))
}
