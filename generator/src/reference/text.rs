//! Markdown: what pages are put together from.

use crate::markdown;
pub(super) use crate::markdown::code;

/// A page as it grows: blocks with a blank line between them.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
}

impl Page {
    /// A page with this title.
    pub(super) fn titled(title: &str) -> Self {
        let mut page = Self::default();
        page.heading(1, title);
        page
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A heading; its text is a name, and no markup is read in it.
    pub(super) fn heading(&mut self, level: usize, name: &str) {
        self.block(&format!("{} {}", "#".repeat(level), escaped(name)));
    }

    /// Markdown of ours; nothing where it is empty.
    pub(super) fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.block(text);
        }
    }

    /// Markdown of the document, made safe.
    pub(super) fn words(&mut self, text: Option<&str>) {
        let lines = markdown::lines(text.unwrap_or_default());
        self.paragraph(&lines.join("\n"));
    }

    /// A list of items that are Markdown of ours.
    pub(super) fn list(&mut self, items: &[String]) {
        self.paragraph(&items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"));
    }

    /// A block of code.
    pub(super) fn code(&mut self, language: &str, code: &str) {
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat((longest + 1).max(3));
        self.block(&format!("{fence}{language}\n{}\n{fence}", code.trim_end()));
    }

    /// A table, without the columns in which no row has anything. Nothing where there is no row.
    pub(super) fn table(&mut self, columns: &[&str], rows: &[Vec<String>]) {
        let shown: Vec<usize> = (0..columns.len())
            .filter(|at| rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty())))
            .collect();
        if shown.is_empty() {
            return;
        }
        let line = |cell: &dyn Fn(usize) -> String| {
            let cells: Vec<String> = shown.iter().map(|at| cell(*at)).collect();
            format!("| {} |", cells.join(" | "))
        };
        let mut lines = vec![line(&|at| columns[at].to_owned()), line(&|_| "---".to_owned())];
        lines.extend(rows.iter().map(|row| line(&|at| cell(row.get(at).map_or("", String::as_str)))));
        self.block(&lines.join("\n"));
    }

    fn block(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }
}

/// A cell of a table (GitHub Flavored Markdown, section 4.10): a bar would end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Several names as inline code, with commas between them.
pub(super) fn codes<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

/// A name as text in which no markup is read.
pub(super) fn escaped(name: &str) -> String {
    let mut text = String::new();
    for letter in markdown::plain(name).trim().chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, '-' | '.' | ',' | '/' | ':' | '(' | ')' | '\'') {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

/// A link whose text is a name.
pub(super) fn link(name: &str, to: &str) -> String {
    format!("[{}]({to})", escaped(name))
}

/// A link whose text is code.
pub(super) fn code_link(name: &str, to: &str) -> String {
    format!("[{}]({to})", code(name))
}

/// JSON as inline code; text without its quotes.
pub(super) fn json(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => code(text),
        other => code(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_leave_out_empty_columns_and_keep_their_cells_whole() {
        let mut page = Page::default();
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        page.table(&["Name", "Default", "Meaning"], &[row(["`a|b`", "", "x"]), row(["`c`", "", ""])]);
        assert_eq!(page.finish(), "| Name | Meaning |\n| --- | --- |\n| `a\\|b` | x |\n| `c` |  |\n");
        let mut empty = Page::default();
        empty.table(&["Name"], &[]);
        assert_eq!(empty.finish(), "");
    }

    #[test]
    fn names_are_no_markup() {
        assert_eq!(escaped("a_b *c* <d> [e]\nf"), "a\\_b \\*c\\* \\<d\\> \\[e\\] f");
        assert_eq!(code("a`b"), "``a`b``");
        let mut page = Page::default();
        page.code("json", "```");
        assert_eq!(page.finish(), "````json\n```\n````\n");
    }
}
