//! The client that a command line asks for.

use std::time::Duration;

use clap::ArgMatches;
use runtime::{Client, Error, RetryPolicy};
use secrecy::ExposeSecret as _;

use super::watch::Watch;
use crate::failure::{AnyBody, Cause, Failure};
use crate::identity::{Found, Wanted};
use crate::program::Program;

/// What the command line says about base URL and credentials.
fn wanted(matches: &ArgMatches) -> Wanted<'_> {
    let text = |name| matches.try_get_one::<String>(name).ok().flatten().map(String::as_str);
    Wanted { profile: text("profile"), base_url: text("base-url") }
}

/// Base URL and credentials.
///
/// # Errors
///
/// If there are none.
pub(crate) fn found(program: &Program, matches: &ArgMatches) -> Result<Found, Failure> {
    let mut found = program.identity.find(&wanted(matches)).map_err(|why| Failure::new(Cause::Auth, why))?;
    found.builder = found.builder.user_agent(format!("{}/{}", program.name, program.version));
    Ok(found)
}

/// The client, with what the options say about time and retries.
///
/// # Errors
///
/// If a setting cannot be used.
pub(super) fn build(found: Found, matches: &ArgMatches) -> Result<Client, Failure> {
    let mut builder = found.builder;
    if let Some(seconds) = matches.get_one::<f64>("timeout") {
        let timeout = Duration::try_from_secs_f64(*seconds)
            .map_err(|_| Failure::usage("--timeout takes a number of seconds above zero"))?;
        // An attempt may take as long as the whole call, which somebody waits for.
        builder = builder.timeout(timeout).attempt_timeout(timeout).connect_timeout(timeout);
    }
    if let Some(retries) = matches.get_one::<u32>("retries") {
        builder = builder.retry(RetryPolicy::default().attempts(retries.saturating_add(1)));
    }
    match matches.get_count("verbose") {
        0 => {}
        level => builder = builder.middleware(Watch::new(level > 1)),
    }
    Ok(builder.build()?)
}

/// An access token, as the client would send it.
///
/// # Errors
///
/// If there is none to be had.
pub(crate) async fn token(program: &Program, client: &Client) -> Result<String, Failure> {
    let operation = program
        .any_operation()
        .ok_or_else(|| Failure::new(Cause::Auth, "the program has no operations, so it needs no token"))?;
    let token = client.access_token(operation).await.map_err(|error| Failure::from(Error::<AnyBody>::from(error)))?;
    token
        .map(|token| token.expose_secret().to_owned())
        .ok_or_else(|| Failure::new(Cause::Auth, "the client sends no token"))
}
