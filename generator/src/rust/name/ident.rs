//! From the words of a document to Rust identifiers: case, keywords, symbols. Nothing else in the generator makes one.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use proc_macro2::{Ident, Span};

use crate::keyword::KEYWORDS;

/// Keywords that not even `r#` frees.
const NEVER_RAW: &[&str] = &["crate", "self", "Self", "super"];

/// Names that some systems give to devices, so that no file can have them.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// How long a name may be: files are called after names, and systems allow 255 bytes. What is cut off may have told two
/// names apart; then the numbers of [`super::scope::Scope`] do.
pub(super) const MAX_LENGTH: usize = 160;

/// What a symbol is called where a name has nothing else.
const SYMBOLS: &[(char, &str)] = &[
    ('*', "Star"),
    ('+', "Plus"),
    ('-', "Minus"),
    ('/', "Slash"),
    ('\\', "Backslash"),
    ('=', "Equal"),
    ('<', "Less"),
    ('>', "Greater"),
    ('!', "Not"),
    ('?', "Question"),
    ('%', "Percent"),
    ('&', "And"),
    ('|', "Or"),
    ('$', "Dollar"),
    ('#', "Hash"),
    ('@', "At"),
    ('.', "Dot"),
    (',', "Comma"),
    (':', "Colon"),
    (';', "Semicolon"),
    ('^', "Caret"),
    ('~', "Tilde"),
    ('_', "Underscore"),
    (' ', "Space"),
    ('"', "Quote"),
    ('\'', "Apostrophe"),
    ('(', "Open"),
    (')', "Close"),
    ('[', "Bracket"),
    (']', "EndBracket"),
    ('{', "Brace"),
    ('}', "EndBrace"),
];

/// `ConnectorDetail`, from any spelling.
pub(super) fn type_name(words: &str) -> String {
    type_name_of(std::iter::once(words))
}

/// `ConnectorDetailStatus`, from several names one after the other.
pub(super) fn type_name_of<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let name: String = parts.map(|words| letters(words).to_upper_camel_case()).collect();
    cut(match name.as_str() {
        "Self" => "SelfType".to_owned(),
        _ if name.starts_with(|first: char| first.is_ascii_digit()) => format!("N{name}"),
        _ => name,
    })
}

/// The start of a name that would be too long. Names are ASCII, so there is nothing to cut in two.
pub(super) fn cut(mut name: String) -> String {
    name.truncate(MAX_LENGTH);
    name
}

/// `script_name`, from any spelling. It may be a keyword that [`token`] writes as `r#type`.
pub(super) fn value_name(words: &str) -> String {
    let name = cut(letters(words).to_snake_case());
    if NEVER_RAW.contains(&name.as_str()) {
        return format!("{name}_");
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("n{name}") } else { name }
}

/// A module's name, which is a file's name too: no keyword and no device.
pub(super) fn module_name(words: &str) -> String {
    let name = value_name(words);
    if KEYWORDS.contains(&name.as_str()) || DEVICES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The identifier as a token; a keyword becomes a raw identifier.
pub(crate) fn token(ident: &str) -> Ident {
    if KEYWORDS.contains(&ident) && !NEVER_RAW.contains(&ident) {
        Ident::new_raw(ident, Span::call_site())
    } else {
        Ident::new(ident, Span::call_site())
    }
}

/// `words` with only what an identifier may hold, and something where there would be nothing.
///
/// Identifiers are kept to ASCII: a letter beyond it becomes its code point, so that names that look alike differ.
fn letters(words: &str) -> String {
    if words.is_empty() {
        return "Empty".to_owned();
    }
    if !words.contains(char::is_alphanumeric) {
        return words.chars().map(symbol).collect::<Vec<_>>().join(" ");
    }
    let mut result = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' => result.push(letter),
            _ if letter.is_alphanumeric() => result.push_str(&format!(" u{:x} ", u32::from(letter))),
            // A sign that tells `a` from `-a`.
            '-' | '+' if result.is_empty() => result.push_str(if letter == '-' { "minus " } else { "plus " }),
            _ => result.push(' '),
        }
    }
    result
}

fn symbol(letter: char) -> String {
    match SYMBOLS.iter().find(|(known, _)| *known == letter) {
        Some((_, word)) => (*word).to_owned(),
        None => format!("u{:x}", u32::from(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_becomes_an_identifier_that_parses() {
        for keyword in KEYWORDS {
            for ident in [value_name(keyword), type_name(keyword), module_name(keyword)] {
                let source = format!("const _: () = {{ let {} = (); }};", token(&ident));
                assert!(syn::parse_str::<syn::ItemConst>(&source).is_ok(), "{keyword}: {source}");
            }
        }
    }

    #[test]
    fn odd_words_have_names() {
        let names = ["*", "", "filter.$", "Accounts submitted for processing", "-1", "1.5", "ü", "false", "a/b", "__"];
        let rendered: Vec<_> =
            names.iter().map(|words| format!("{words:?}: {} {}", type_name(words), value_name(words))).collect();
        assert_eq!(
            rendered,
            [
                r#""*": Star star"#,
                r#""": Empty empty"#,
                r#""filter.$": Filter filter"#,
                r#""Accounts submitted for processing": AccountsSubmittedForProcessing accounts_submitted_for_processing"#,
                r#""-1": Minus1 minus_1"#,
                r#""1.5": N15 n1_5"#,
                r#""ü": Ufc ufc"#,
                r#""false": False false"#,
                r#""a/b": AB a_b"#,
                r#""__": UnderscoreUnderscore underscore_underscore"#,
            ]
        );
    }
}
