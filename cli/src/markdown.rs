//! The little Markdown of descriptions, as plain text for a terminal.

/// All of it: paragraphs on lines of their own, links by their texts, list items as they are.
pub(crate) fn to_text(markdown: &str) -> String {
    let mut text = String::new();
    let mut open = false;
    for line in markdown.lines() {
        let line = line.trim();
        let starts_anew = line.starts_with(['-', '*', '|', '#', '>']) || line.starts_with("```");
        if line.is_empty() {
            open = false;
            text.push('\n');
            continue;
        }
        if open && !starts_anew {
            text.push(' ');
        } else if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&without_links(line));
        open = true;
    }
    text.trim().to_owned()
}

/// The first paragraph.
pub(crate) fn first_paragraph(markdown: &str) -> String {
    let text = to_text(markdown);
    text.split("\n\n").next().unwrap_or_default().replace('\n', " ")
}

/// `[text](url)` as `text`, and backticks and doubled asterisks dropped.
fn without_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, label, after)) = next_link(rest) {
        text.push_str(before);
        text.push_str(label);
        rest = after;
    }
    text.push_str(rest);
    text.replace("**", "").replace('`', "")
}

/// What stands before the next link, its text, and what stands behind it.
fn next_link(line: &str) -> Option<(&str, &str, &str)> {
    let middle = line.find("](")?;
    let start = line[..middle].rfind('[')?;
    let end = middle + line[middle..].find(')')?;
    Some((&line[..start], &line[start + 1..middle], &line[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_text() {
        let text = to_text("Gets `it`,\nsee [the **docs**](https://x.test/a).\n\n- one\n- two [x](y) [z](w)\n");
        assert_eq!(text, "Gets it, see the docs.\n\n- one\n- two x z");
        assert_eq!(first_paragraph("a\nb\n\nc"), "a b");
        assert_eq!(to_text("broken [link](x and ]( more"), "broken [link](x and ]( more");
    }
}
