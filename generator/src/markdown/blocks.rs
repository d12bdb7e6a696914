//! Paragraphs, lists, quotes, tables and blocks of code, from the parser's events to lines.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::inline::{Inline, code};

/// Lines longer than this are broken between words.
const WIDTH: usize = 100;

/// How blocks are laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Blocks stand apart and lines are broken.
    Wrapped,
    /// Each block is a line of plain words, to be joined by its user.
    OneLine,
}

/// Writes blocks as they are parsed.
pub(super) struct Writer {
    layout: Layout,
    lines: Vec<String>,
    /// The lists and quotes that the current block stands in, outermost first.
    containers: Vec<Container>,
    /// For each open list the number of the next item, or `None` where its items are not numbered.
    lists: Vec<Option<u64>>,
    inline: Inline,
    /// The text of the block of code that is open.
    code: Option<String>,
    /// The cells of the row of a table that is open.
    row: Vec<String>,
    /// Whether a blank line belongs before the next block.
    gap: bool,
}

/// What lines within a list's item or a quote start with.
struct Container {
    /// The mark of an item that has no line yet.
    mark: Option<String>,
    /// What every other line starts with.
    rest: String,
}

impl Writer {
    pub(super) fn new(layout: Layout) -> Self {
        Self {
            layout,
            lines: Vec::new(),
            containers: Vec::new(),
            lists: Vec::new(),
            inline: Inline::default(),
            code: None,
            row: Vec::new(),
            gap: false,
        }
    }

    /// Takes the next event of the parser.
    pub(super) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.inline.text(&text),
            },
            Event::Code(text) => self.inline.code(&text),
            Event::Html(html) | Event::InlineHtml(html) if is_line_break(&html) => self.inline.hard_break(),
            Event::Html(html) | Event::InlineHtml(html) => self.inline.text(&html),
            Event::SoftBreak => self.inline.space(),
            Event::HardBreak => self.inline.hard_break(),
            Event::Rule => {
                self.gap = true;
                self.block(vec!["---".to_owned()]);
                self.gap = true;
            }
            // Their syntax is not switched on.
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// All lines, once the parser is at its end.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.paragraph();
        self.lines
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.inline.mark("*"),
            Tag::Strong => self.inline.mark("**"),
            Tag::Strikethrough => self.inline.mark("~~"),
            Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. } => {
                self.inline.open_link(link_type, &dest_url);
            }
            Tag::TableCell => {}
            _ => {
                // Text directly inside a list item is not a paragraph.
                self.paragraph();
                match tag {
                    Tag::BlockQuote(_) if self.layout == Layout::Wrapped => {
                        self.blank_line();
                        self.containers.push(Container { mark: None, rest: "> ".to_owned() });
                    }
                    Tag::CodeBlock(_) => self.code = Some(String::new()),
                    Tag::List(number) => self.lists.push(number),
                    Tag::Item => self.start_item(),
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.inline.mark("*"),
            TagEnd::Strong => self.inline.mark("**"),
            TagEnd::Strikethrough => self.inline.mark("~~"),
            TagEnd::Link | TagEnd::Image => self.inline.close_link(),
            TagEnd::TableCell => {
                let cell = self.inline.take(None).concat();
                self.row.push(cell.replace('|', "\\|"));
            }
            TagEnd::TableHead => self.end_row(true),
            TagEnd::TableRow => self.end_row(false),
            TagEnd::Heading(level) => {
                let words = self.inline.take(None).concat();
                self.block(match self.layout {
                    Layout::OneLine => vec![words],
                    Layout::Wrapped => vec![format!("{} {words}", "#".repeat(level as usize))],
                });
                self.gap = true;
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                self.lists.pop();
                self.gap |= self.lists.is_empty();
            }
            TagEnd::BlockQuote(_) => {
                self.paragraph();
                if self.layout == Layout::Wrapped {
                    self.containers.pop();
                }
                self.gap = true;
            }
            _ => {
                self.paragraph();
                self.gap = true;
            }
        }
    }

    fn start_item(&mut self) {
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                mark
            }
            _ => "- ".to_owned(),
        };
        let rest = " ".repeat(mark.len());
        self.containers.push(Container { mark: Some(mark), rest });
    }

    fn end_item(&mut self) {
        self.paragraph();
        if self.containers.last().is_some_and(|item| item.mark.is_some()) {
            self.block(vec![String::new()]);
        }
        self.containers.pop();
    }

    fn end_row(&mut self, is_head: bool) {
        let cells = std::mem::take(&mut self.row);
        match self.layout {
            Layout::OneLine => self.block(vec![cells.join(" ")]),
            Layout::Wrapped => {
                let mut lines = vec![format!("| {} |", cells.join(" | "))];
                if is_head {
                    lines.push(format!("|{}", "---|".repeat(cells.len())));
                }
                self.block(lines);
            }
        }
    }

    fn end_code(&mut self) {
        let Some(text) = self.code.take() else { return };
        match self.layout {
            Layout::OneLine => {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !text.is_empty() {
                    self.block(vec![code(&text)]);
                }
            }
            Layout::Wrapped => {
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                // Without a language rustdoc would compile it.
                let mut lines = vec![format!("{fence}text")];
                lines.extend(text.lines().map(|line| line.trim_end().to_owned()));
                lines.push(fence);
                self.gap |= self.containers.is_empty();
                self.block(lines);
                self.gap = true;
            }
        }
    }

    /// Writes the words that were gathered, if there are any.
    fn paragraph(&mut self) {
        let width = match self.layout {
            Layout::OneLine => None,
            Layout::Wrapped => {
                let indent: usize = self.containers.iter().map(|container| container.rest.len()).sum();
                Some(WIDTH.saturating_sub(indent).max(WIDTH / 2))
            }
        };
        let lines = self.inline.take(width);
        if !lines.is_empty() {
            self.block(lines);
        }
    }

    /// Writes the blank line that belongs before the next block, if one does.
    fn blank_line(&mut self) {
        if std::mem::take(&mut self.gap) && !self.lines.is_empty() && self.layout == Layout::Wrapped {
            let blank: String = self.containers.iter().map(|container| container.rest.as_str()).collect();
            self.lines.push(blank.trim_end().to_owned());
        }
    }

    /// Writes the lines of one block.
    fn block(&mut self, lines: Vec<String>) {
        self.blank_line();
        for line in lines {
            let mut text = String::new();
            for container in &mut self.containers {
                text.push_str(container.mark.take().as_ref().unwrap_or(&container.rest));
            }
            text.push_str(&line);
            self.lines.push(text.trim_end().to_owned());
        }
    }
}

/// Whether a tag of HTML is `<br>`.
fn is_line_break(html: &str) -> bool {
    let name = html.trim().trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}
