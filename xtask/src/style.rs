//! Colours. Print them with `anstream`, which removes them where the stream is not a terminal or `NO_COLOR` is set.

use anstyle::{AnsiColor, Style};

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// For errors.
pub(crate) fn red(text: &str) -> String {
    paint(AnsiColor::Red.on_default().bold(), text)
}

/// For success.
pub(crate) fn green(text: &str) -> String {
    paint(AnsiColor::Green.on_default().bold(), text)
}

/// For headings, and for what to type.
pub(crate) fn bold(text: &str) -> String {
    paint(Style::new().bold(), text)
}

/// For secondary figures.
pub(crate) fn dim(text: &str) -> String {
    paint(Style::new().dimmed(), text)
}
