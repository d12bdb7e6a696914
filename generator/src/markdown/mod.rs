//! Makes the Markdown of a document safe to print in doc comments and pages.
//!
//! Descriptions are other people's Markdown. They are parsed as CommonMark, with tables and strikethrough, and written
//! again: no link that leads nowhere, no HTML, no bare address, no code block that rustdoc would take for a test, and no
//! character that hides what the source says. [`blocks`] writes paragraphs, lists and tables; [`inline`] writes the words
//! in them.

mod blocks;
mod inline;
#[cfg(test)]
mod tests;

use pulldown_cmark::{Options, Parser, TextMergeStream};

use blocks::{Layout, Writer};

/// The lines of `text`, broken between words, without blank lines at either end.
pub(crate) fn lines(text: &str) -> Vec<String> {
    render(text, Layout::Wrapped)
}

/// `text` on one line, as a cell of a table or an item of a list takes it.
pub(crate) fn line(text: &str) -> String {
    render(text, Layout::OneLine).join(" ")
}

/// `text` on one line with its markup as it stands, without characters that could hide or break the source.
pub(crate) fn plain(text: &str) -> String {
    visible(text).lines().map(str::trim_end).collect::<Vec<_>>().join(" ")
}

/// `text` as inline code, whatever is in it (CommonMark 0.31, section 6.1).
pub(crate) fn code(text: &str) -> String {
    let text = plain(text);
    if text.is_empty() {
        return "the empty string".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text != text.trim() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn render(text: &str, layout: Layout) -> Vec<String> {
    let text = visible(text);
    let parser = Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut writer = Writer::new(layout);
    for event in TextMergeStream::new(parser) {
        writer.event(event);
    }
    writer.finish()
}

/// `text` without control characters and without those that change the reading direction, which rustc refuses in comments.
fn visible(text: &str) -> String {
    text.replace('\t', "    ").chars().filter(|&c| c == '\n' || !is_hidden(c)).collect()
}

/// Whether a character changes what is seen without being seen.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
