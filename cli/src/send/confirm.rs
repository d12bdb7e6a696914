//! Asking before something is deleted.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use clap::ArgMatches;

use crate::failure::{Cause, Failure};

/// Asks whether to go on, if there is a person to ask. Scripts have no terminal, and are not asked.
///
/// # Errors
///
/// If the person says no.
pub(super) fn delete(matches: &ArgMatches, what: &str) -> Result<(), Failure> {
    if matches.get_flag("yes") || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(());
    }
    let mut stderr = anstream::stderr();
    let _ = write!(stderr, "{what}\nDelete? [y/N] ");
    let _ = stderr.flush();
    let mut said = String::new();
    let _ = io::stdin().lock().read_line(&mut said);
    match said.trim().to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Failure::new(Cause::Declined, "nothing was deleted")),
    }
}
