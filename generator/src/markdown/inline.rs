//! The words of one block: emphasis, code, links, and everything that must be escaped.

use pulldown_cmark::LinkType;

/// The words of a paragraph, a heading or a cell, as they are gathered.
#[derive(Default)]
pub(super) struct Inline {
    pieces: Vec<Piece>,
    /// The word that is not complete yet.
    word: String,
    /// The links that are open, outermost first.
    links: Vec<Link>,
}

/// A part of a block that stays on one line.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    /// A word, or several that must stay together.
    Word(String),
    /// The line ends here.
    Break,
}

/// What becomes of an open link.
enum Link {
    /// `[words](address)`.
    Words(String),
    /// `<address>`.
    Bare,
    /// Only its words are kept: it leads nowhere.
    Dropped,
}

impl Inline {
    /// Adds prose.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let address = if letter == 'h' && self.links.is_empty() && !self.word.ends_with(char::is_alphanumeric) {
                address_of(rest)
            } else {
                None
            };
            let length = match address {
                Some(address) => {
                    self.word.push_str(&format!("<{address}>"));
                    address.len()
                }
                None if letter.is_whitespace() => {
                    self.space();
                    letter.len_utf8()
                }
                None => {
                    let before = self.word.chars().next_back();
                    let after = rest[letter.len_utf8()..].chars().next();
                    if !matches!(self.links.last(), Some(Link::Bare)) && needs_escape(letter, before, after, rest) {
                        self.word.push('\\');
                    }
                    self.word.push(letter);
                    letter.len_utf8()
                }
            };
            rest = &rest[length..];
        }
    }

    /// Adds inline code.
    pub(super) fn code(&mut self, text: &str) {
        self.word.push_str(&code(text));
    }

    /// Adds markup that is written as it is, such as `**`.
    pub(super) fn mark(&mut self, mark: &str) {
        self.word.push_str(mark);
    }

    /// Adds a space, at which a line may be broken unless it is within a link.
    pub(super) fn space(&mut self) {
        if self.links.is_empty() {
            self.end_word();
        } else if !self.word.ends_with(' ') {
            self.word.push(' ');
        }
    }

    /// Ends the line.
    pub(super) fn hard_break(&mut self) {
        if self.links.is_empty() {
            self.end_word();
            self.pieces.push(Piece::Break);
        } else {
            self.space();
        }
    }

    /// Opens a link, or the link that stands for an image.
    pub(super) fn open_link(&mut self, kind: LinkType, address: &str) {
        let is_web = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        let link = match kind {
            LinkType::Email => Link::Bare,
            _ if !is_web || address.contains(['<', '>', '\n']) => Link::Dropped,
            LinkType::Autolink => Link::Bare,
            _ if address.contains([' ', '(', ')']) => Link::Words(format!("<{address}>")),
            _ => Link::Words(address.to_owned()),
        };
        // Links do not nest (CommonMark 0.31, section 6.3); an image within one may.
        let link = if self.links.is_empty() { link } else { Link::Dropped };
        match link {
            Link::Words(_) => {
                if self.word.ends_with('!') {
                    self.word.insert(self.word.len() - 1, '\\');
                }
                self.word.push('[');
            }
            Link::Bare => self.word.push('<'),
            Link::Dropped => {}
        }
        self.links.push(link);
    }

    /// Closes the link that was opened last.
    pub(super) fn close_link(&mut self) {
        match self.links.pop() {
            Some(Link::Words(address)) => {
                let words = self.word.trim_end().len();
                self.word.truncate(words);
                self.word.push_str(&format!("]({address})"));
            }
            Some(Link::Bare) => self.word.push('>'),
            Some(Link::Dropped) | None => {}
        }
    }

    /// The lines so far, none wider than `width` bytes where words allow it; without a width all words are on one line.
    pub(super) fn take(&mut self, width: Option<usize>) -> Vec<String> {
        self.end_word();
        self.links.clear();
        let mut pieces = std::mem::take(&mut self.pieces);
        while pieces.last() == Some(&Piece::Break) {
            pieces.pop();
        }
        if let Some(Piece::Word(first)) = pieces.first_mut() {
            escape_start(first);
        }
        let mut lines = Vec::new();
        let mut line = String::new();
        for piece in pieces {
            match piece {
                Piece::Break if width.is_some() => {
                    line.push('\\');
                    lines.push(std::mem::take(&mut line));
                }
                Piece::Break => {}
                Piece::Word(word) => {
                    let is_full = width.is_some_and(|width| line.len() + 1 + word.len() > width);
                    if is_full && !line.is_empty() && !starts_block(&word) {
                        lines.push(std::mem::take(&mut line));
                    }
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    line.push_str(&word);
                }
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.pieces.push(Piece::Word(std::mem::take(&mut self.word)));
        }
    }
}

/// `text` as inline code, whatever is in it (CommonMark 0.31, section 6.1). `text` is not empty.
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let needs_space = text.starts_with('`') || text.ends_with('`') || text.trim() != text;
    let space = if needs_space { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Whether a letter of prose would be taken for markup.
fn needs_escape(letter: char, before: Option<char>, after: Option<char>, rest: &str) -> bool {
    let is_free = before.is_none() && after.is_none_or(char::is_whitespace);
    match letter {
        '[' | ']' | '<' | '`' | '\\' | '~' => true,
        '*' => !is_free,
        '_' => {
            let is_inside = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
            !is_free && !is_inside
        }
        '&' => is_entity(rest),
        _ => false,
    }
}

/// Whether `text` starts with what reads as a character reference (CommonMark 0.31, section 6.2).
fn is_entity(text: &str) -> bool {
    text[1..].split_once(';').is_some_and(|(name, _)| {
        !name.is_empty() && name.len() <= 32 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
}

/// Escapes the first word of a block where it would make a list, a heading, a quote or a line of it.
fn escape_start(word: &mut String) {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let at = match word.as_bytes() {
        [b'>', ..] | [b'+' | b'*'] => 0,
        [first @ (b'#' | b'-' | b'_' | b'='), rest @ ..] if rest.iter().all(|byte| byte == first) => 0,
        bytes if digits > 0 && matches!(bytes.get(digits..), Some([b'.' | b')'])) => digits,
        _ => return,
    };
    word.insert(at, '\\');
}

/// Whether a word would start a list, a heading, a quote or a table at the start of a line.
fn starts_block(word: &str) -> bool {
    word.starts_with(['#', '>', '|', '=', '-', '+', '*', '~'])
        || word.trim_end_matches(['.', ')']).chars().all(|c| c.is_ascii_digit())
}

/// The web address that `text` starts with.
fn address_of(text: &str) -> Option<&str> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let end = |text: &str| {
        text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | ')' | ']' | '[' | '\\'))
            .unwrap_or(text.len())
    };
    let scheme = text.len() - host.len();
    let address = text[..scheme + end(host)].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\'']);
    (address.len() > scheme + 2).then_some(address)
}
