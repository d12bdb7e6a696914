//! Colours for terminals, and only for terminals (<https://no-color.org> is respected).

use std::io::IsTerminal as _;

fn paint(code: &str, text: &str) -> String {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wanted && std::io::stdout().is_terminal() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// For what has to be mended.
pub(crate) fn red(text: &str) -> String {
    paint("1;31", text)
}

/// For what went well.
pub(crate) fn green(text: &str) -> String {
    paint("1;32", text)
}

/// For what to type.
pub(crate) fn bold(text: &str) -> String {
    paint("1", text)
}

/// For figures on the side.
pub(crate) fn dim(text: &str) -> String {
    paint("2", text)
}
