//! Colours, and lines on standard error. `anstream` respects `NO_COLOR` and `CLICOLOR`, and writes no colours where the output is not a terminal.

use std::io::Write as _;

use clap::builder::styling::{AnsiColor, Style, Styles};

/// The colours of help.
pub(crate) const HELP: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

fn painted(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

pub(crate) fn red(text: &str) -> String {
    painted(AnsiColor::Red.on_default().bold(), text)
}

pub(crate) fn yellow(text: &str) -> String {
    painted(AnsiColor::Yellow.on_default().bold(), text)
}

pub(crate) fn cyan(text: &str) -> String {
    painted(AnsiColor::Cyan.on_default().bold(), text)
}

pub(crate) fn dim(text: &str) -> String {
    painted(Style::new().dimmed(), text)
}

/// A line on standard error. Nobody can be told that it cannot be written.
pub(crate) fn error_line(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// A warning on standard error.
pub(crate) fn warn(text: &str) {
    error_line(&format!("{}: {text}", yellow("warning")));
}
