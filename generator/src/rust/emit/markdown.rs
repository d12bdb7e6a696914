//! Makes the Markdown of a document fit for rustdoc: no link that leads nowhere, no HTML, no bare address, no block that
//! rustdoc would take for a test, no character that could hide what the source says.

/// Lines longer than this are broken between words.
const WIDTH: usize = 100;

/// `text` as lines of a doc comment, without blank lines at either end.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut page = Page::default();
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let line = plain_line(line);
        let trimmed = line.trim_start();
        match &fence {
            Some(open) => {
                let closes = trimmed.starts_with(open.as_str()) && trimmed.trim_end_matches(['`', '~', ' ']).is_empty();
                page.lines.push(if closes { open.clone() } else { line.clone() });
                if closes {
                    fence = None;
                }
            }
            None => match fence_of(trimmed) {
                Some(mark) => {
                    page.end_paragraph();
                    page.blank_line();
                    // Without a language rustdoc would compile it.
                    page.lines.push(format!("{mark}text"));
                    fence = Some(mark);
                }
                None => page.prose(&line),
            },
        }
    }
    page.lines.extend(fence);
    page.end_paragraph();
    page.lines
}

/// The lines so far, and the paragraph that is being gathered: how the document breaks its lines does not matter.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    /// Indentation and text of a paragraph, or of an item of a list.
    paragraph: Option<(String, String)>,
    blank: bool,
}

impl Page {
    /// One line outside a fenced block.
    fn prose(&mut self, line: &str) {
        let trimmed = line.trim_start();
        if trimmed.is_empty() {
            self.end_paragraph();
            self.blank = true;
            return;
        }
        let alone = trimmed.starts_with(['|', '#', '>']) || is_rule(trimmed);
        if alone || is_list_item(trimmed) || self.paragraph.is_none() {
            self.end_paragraph();
            self.blank_line();
            // Deep indentation would make it a block of code.
            let indent = (line.len() - trimmed.len()).min(if is_list_item(trimmed) { 3 } else { 2 });
            self.paragraph = Some((" ".repeat(indent), trimmed.to_owned()));
            if alone {
                self.end_paragraph();
            }
            return;
        }
        if let Some((_, text)) = &mut self.paragraph {
            text.push(' ');
            text.push_str(trimmed);
        }
    }

    /// The blank line that the document has here.
    fn blank_line(&mut self) {
        if std::mem::take(&mut self.blank) && !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }

    fn end_paragraph(&mut self) {
        let Some((indent, text)) = self.paragraph.take() else { return };
        let escaped = escape(&text);
        if escaped.starts_with(['|', '#']) {
            self.lines.push(format!("{indent}{escaped}"));
            return;
        }
        let hanging = if is_list_item(&text) { format!("{indent}  ") } else { indent.clone() };
        self.lines.extend(wrap(&escaped, &indent, &hanging));
    }
}

/// A line that separates, or that would make a heading of the line above it (CommonMark 0.31, sections 4.1 and 4.3).
fn is_rule(line: &str) -> bool {
    line.len() >= 3 && ['-', '=', '*', '_'].iter().any(|mark| line.chars().all(|c| c == *mark || c == ' '))
}

/// `text` on one line, without what could hide or break the source.
pub(super) fn plain(text: &str) -> String {
    text.lines().map(plain_line).collect::<Vec<_>>().join(" ")
}

/// Without control characters and without those that reverse the reading direction, which rustc refuses in comments.
fn plain_line(line: &str) -> String {
    line.replace('\t', "    ")
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn fence_of(line: &str) -> Option<String> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = line.chars().take_while(|c| *c == mark).count();
    (count >= 3 && !(mark == '`' && line[count..].contains('`'))).then(|| mark.to_string().repeat(count))
}

fn is_list_item(line: &str) -> bool {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = &line[digits..];
    match digits {
        0 => ["- ", "* ", "+ "].iter().any(|mark| rest.starts_with(mark)),
        _ => rest.starts_with(". ") || rest.starts_with(") "),
    }
}

/// Breaks a line between words, never before a word that would start a list, a heading, a quote or a table.
fn wrap(text: &str, first: &str, rest: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    let mut in_code = false;
    let mut in_link = false;
    for word in text.split(' ') {
        let starts_block = word.starts_with(['#', '>', '|', '=', '-', '+', '*', '~'])
            || word.trim_end_matches(['.', ')']).chars().all(|c| c.is_ascii_digit());
        if !is_empty && !in_code && !in_link && !starts_block && line.len() + 1 + word.len() > WIDTH {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
        in_code ^= word.matches('`').count() % 2 == 1;
        let opened = word.replace("\\[", "").rfind('[');
        in_link = opened.map_or(in_link, |_| true) && !word.contains("](");
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Escapes what rustdoc would take for a link or HTML. Code, and links with an address, stay as they are.
fn escape(line: &str) -> String {
    let mut result = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let taken = match letter {
            '`' => take_code(rest),
            '[' => take_link(rest),
            '\\' => rest.chars().nth(1).map(|next| (rest[..1 + next.len_utf8()].to_owned(), 1 + next.len_utf8())),
            'h' if !result.ends_with(char::is_alphanumeric) => take_address(rest),
            _ => None,
        };
        let (text, length) = taken.unwrap_or_else(|| {
            let length = letter.len_utf8();
            let escaped = matches!(letter, '[' | ']' | '<' | '`' | '\\');
            (if escaped { format!("\\{letter}") } else { letter.to_string() }, length)
        });
        result.push_str(&text);
        rest = &rest[length..];
    }
    result
}

/// Inline code: a run of backticks up to the next run of the same length.
fn take_code(rest: &str) -> Option<(String, usize)> {
    let run = rest.chars().take_while(|c| *c == '`').count();
    let mark = &rest[..run];
    let mut from = run;
    loop {
        let at = from + rest[from..].find(mark)?;
        let end = at + rest[at..].chars().take_while(|c| *c == '`').count();
        if end - at == run {
            return Some((rest[..end].to_owned(), end));
        }
        from = end;
    }
}

/// `[words](address)`: the words are escaped, the address is kept.
fn take_link(rest: &str) -> Option<(String, usize)> {
    let close = rest.find("](")?;
    let words = &rest[1..close];
    let end = close + rest[close..].find(')')?;
    let address = &rest[close + 2..end];
    let web = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    if words.contains(['[', ']', '\n']) || !web || address.contains([' ', '<', '>', '"', '(']) {
        return None;
    }
    Some((format!("[{}]({address})", escape(words)), end + 1))
}

/// A bare address becomes a link.
fn take_address(rest: &str) -> Option<(String, usize)> {
    if !rest.starts_with("https://") && !rest.starts_with("http://") {
        return None;
    }
    let stop = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | ')' | ']' | '[' | '\\'));
    let address = rest[..stop.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\'']);
    let has_host = address.split_once("://").is_some_and(|(_, host)| host.len() > 2);
    has_host.then(|| (format!("<{address}>"), address.len()))
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn prose_is_made_safe_for_rustdoc() {
        let cases = [
            ("See [the docs](https://a.example/x).", "See [the docs](https://a.example/x)."),
            ("See https://a.example/x.", "See <https://a.example/x>."),
            ("a [Self::x] and [y][z]", r"a \[Self::x\] and \[y\]\[z\]"),
            ("Vec<String> and <br/>", r"Vec\<String> and \<br/>"),
            ("`<b>` stays, ``a`b`` too", "`<b>` stays, ``a`b`` too"),
            ("one ` backtick", r"one \` backtick"),
            ("[x](javascript:alert)", r"\[x\](javascript:alert)"),
            ("    let x = 1;", "  let x = 1;"),
            ("\u{202e}hidden\u{7}", "hidden"),
        ];
        for (given, expected) in cases {
            assert_eq!(lines(given), [expected], "{given}");
        }
    }

    #[test]
    fn fenced_blocks_are_never_tests() {
        assert_eq!(lines("```\nlet x = 1;\n```"), ["```text", "let x = 1;", "```"]);
        assert_eq!(lines("~~~rust\npanic!()"), ["~~~text", "panic!()", "~~~"]);
    }

    #[test]
    fn long_lines_are_broken_between_words() {
        let long = format!("{} - {}", "word ".repeat(19).trim_end(), "more ".repeat(8).trim_end());
        let broken = lines(&long);
        assert_eq!(broken.len(), 2);
        assert!(broken.iter().all(|line| line.len() <= 101), "{broken:?}");
        assert!(!broken[1].starts_with('-'), "{broken:?}");
    }
}
