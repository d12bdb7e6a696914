//! Text of a server made fit to be printed: without credentials, without control characters, and short.

/// What stands in place of a credential.
const REDACTED: &str = "[redacted]";

/// The shortest part of a credential at the end of a cut text that is taken for one.
const SHORTEST_PART: usize = 6;

/// How long an id may be.
const LONGEST_ID: usize = 128;

/// The text without the secrets. A secret that the end of the text cuts off is left out too.
pub(crate) fn without(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, REDACTED);
        let cut = (SHORTEST_PART..secret.len()).rev().filter_map(|length| secret.get(..length));
        if let Some(part) = cut.into_iter().find(|part| text.ends_with(part)) {
            text.truncate(text.len() - part.len());
            text.push_str(REDACTED);
        }
    }
    text
}

/// The text without any word that may be a token: long, and not made of letters of one case only.
pub(crate) fn without_tokens(text: &str) -> String {
    let part = |char: char| char.is_ascii_alphanumeric() || "-._~+/=".contains(char);
    let mut shown = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(|char| !part(char)).unwrap_or(rest.len());
        let (head, tail) = rest.split_at(word);
        shown.push_str(if is_like_a_token(head) { REDACTED } else { head });
        let other = tail.find(part).unwrap_or(tail.len());
        let (between, next) = tail.split_at(other);
        shown.push_str(between);
        rest = next;
    }
    shown
}

fn is_like_a_token(word: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| word.as_bytes().iter().any(kind);
    let mixed = has(u8::is_ascii_digit) || (has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase));
    word.len() >= 20 && (mixed || word.len() >= 40)
}

/// One line of at most `longest` characters: no control characters, no marks that change the direction of what follows.
pub(crate) fn one_line(text: &str, longest: usize) -> String {
    let plain: String = text
        .chars()
        .filter(|char| !matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    let mut shown = String::new();
    for word in plain.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    if let Some((end, _)) = shown.char_indices().nth(longest) {
        shown.truncate(end);
        shown.push('…');
    }
    shown
}

/// Whether a text can be an id: visible ASCII, and not longer than ids are.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_left_out_whole_or_cut() {
        assert_eq!(without("a s3cret-word b", &["s3cret-word"]), "a [redacted] b");
        assert_eq!(without("a s3cret-wo", &["s3cret-word"]), "a [redacted]");
        assert_eq!(without("a s3cr", &["s3cret-word", ""]), "a s3cr");
        assert_eq!(without("größe ä", &["äöüäöü"]), "größe ä");
    }

    #[test]
    fn what_looks_like_a_token_is_left_out() {
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
        assert_eq!(without_tokens(&format!("bad ({jwt})!")), "bad ([redacted])!");
        assert_eq!(without_tokens("0123456789abcdef0123"), "[redacted]");
        for words in ["unsupported_grant_type", "the client 17a is not known", "Größe", ""] {
            assert_eq!(without_tokens(words), words);
        }
    }

    #[test]
    fn a_line_is_one_line_and_ends() {
        assert_eq!(one_line(" a\r\n\x1b[31mb\u{202e}c\t", 20), "a [31mbc");
        assert_eq!(one_line("äöü", 2), "äö…");
        assert_eq!(one_line("äö", 2), "äö");
    }

    #[test]
    fn an_id_is_short_and_visible() {
        assert!(is_id("b21b1f7c-1") && is_id(&"x".repeat(128)));
        for text in ["", "a b", "a\nb", "ä", "\x1b", &"x".repeat(129)] {
            assert!(!is_id(text), "{text:?}");
        }
    }
}
