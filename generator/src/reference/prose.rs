//! Pages that people wrote for the crate's documentation, as pages of the reference.

/// A page with this title. Its sections move one level down; links to items of the crate are left as words, and lines that
/// only compile an example are left out.
pub(super) fn page(title: &str, markdown: &str) -> String {
    let mut text = format!("# {title}\n\n");
    let mut in_rust: Option<bool> = None;
    for line in markdown.lines() {
        match (line.strip_prefix("```"), in_rust) {
            (Some(language), None) => {
                let is_rust = is_rust(language);
                in_rust = Some(is_rust);
                text.push_str(if is_rust { "```rust,ignore" } else { line });
            }
            (Some(_), Some(_)) => {
                in_rust = None;
                text.push_str(line);
            }
            (None, Some(true)) if line == "#" || line.starts_with("# ") => continue,
            (None, Some(_)) => text.push_str(line),
            (None, None) => {
                if line.starts_with('#') {
                    text.push('#');
                }
                text.push_str(&without_items(line));
            }
        }
        text.push('\n');
    }
    text
}

/// Whether rustdoc takes a block for Rust: it does where no other language is named.
fn is_rust(language: &str) -> bool {
    let words = ["", "rust", "no_run", "ignore", "should_panic", "compile_fail"];
    language.split(',').all(|word| words.contains(&word.trim()))
}

/// A line whose links to items of the crate are only their words.
fn without_items(line: &str) -> String {
    let (mut text, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once("](crate") {
        let Some((start, (_, after))) = before.rfind('[').zip(after.split_once(')')) else { break };
        text.push_str(&before[..start]);
        text.push_str(&before[start + 1..]);
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn what_only_rustdoc_understands_is_taken_away() {
        let markdown = "See [`a`](crate::a) and [b](https://b.example).\n\n# One\n\n```no_run\n# fn main() {\nlet a = 1;\n# }\n```\n\n\
                        ```sh\n# a comment\n```\n";
        let expected = "# Guide\n\nSee `a` and [b](https://b.example).\n\n## One\n\n```rust,ignore\nlet a = 1;\n```\n\n\
                        ```sh\n# a comment\n```\n";
        assert_eq!(page("Guide", markdown), expected);
    }
}
