//! `mock`: a server on loopback that serves the program's catalogs, to try programs against.
//!
//! What it answers is decided in the client core (`runtime::testing`); here is what is typed, and the port.

mod serve;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use runtime::testing::{Mock, MockOptions};

use crate::failure::{Cause, Ending, Failure};
use crate::program::Program;

/// The command, for `clap`.
pub(crate) fn command() -> Command {
    Command::new("mock")
        .about("Serves the APIs on this machine with example data, to try programs against")
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("PORT")
                .default_value("4010")
                .value_parser(value_parser!(u16))
                .help("Where to listen, on 127.0.0.1; 0 takes any free port"),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .value_parser(value_parser!(PathBuf))
                .help("Resources to start with: JSON, an object of lists by the paths of collections"),
        )
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help("Refuses query parameters and headers that the document does not have"),
        )
        .arg(
            Arg::new("token-life")
                .long("token-life")
                .value_name("SECONDS")
                .default_value("3600")
                .value_parser(value_parser!(u64))
                .help("How long access tokens live that the server issues"),
        )
        .after_help(AFTER_HELP)
}

const AFTER_HELP: &str = "\
Headers of a request order a response:
  Prefer: code=404            the documented response of that status
  Prefer: example=NAME        the documented example of that name
  Prefer: fault=NAME          too-many-requests, bad-gateway, expired-token, cut, cut-body, slow-body,
                              full-page, unknown-enum-value, unknown-property or odd-dates

Paths of the server's own:
  GET  /__mock                what is kept
  GET  /__mock/log            the requests so far, with what was wrong with each
  POST /__mock/reset          forgets everything but the seed
  POST /__mock/expire-tokens  ends the life of every token
  POST /__mock/faults         {\"fault\": NAME, \"times\": 1, \"operation\": ID} meets the next requests";

/// Serves until it is interrupted.
pub(crate) fn run(program: &'static Program, matches: &ArgMatches) -> Result<(), Ending> {
    let number = |name: &str| matches.get_one::<u64>(name).copied();
    let mut options = MockOptions::default();
    options.strict = matches.get_flag("strict");
    options.token_life = number("token-life").map_or(options.token_life, Duration::from_secs);
    let mock = Mock::with_options(program.catalogs, options);
    if let Some(path) = matches.get_one::<PathBuf>("seed") {
        seed(&mock, path)?;
    }
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::file("the server cannot start", &error))?;
    runtime.block_on(serve::serve(mock.transport(), address))?;
    Ok(())
}

fn seed(mock: &Mock, path: &Path) -> Result<(), Failure> {
    let shown = path.display().to_string();
    let text = std::fs::read(path).map_err(|error| Failure::file(&shown, &error))?;
    let seed =
        serde_json::from_slice(&text).map_err(|error| Failure::new(Cause::Other, format!("{shown}: {error}")))?;
    mock.seed(seed).map_err(|error| {
        Failure::new(Cause::Other, format!("{shown}: {error}"))
            .advise("a seed looks like {\"/v1/things\": [{\"id\": \"a\"}], \"/v1/things/a/file\": \"text\"}")
    })
}
