//! Tokens to text: `prettyplease`, item by item, with a blank line between items and the header on top.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::quote;

/// What every generated file starts with; a file that does belongs to the generator.
pub const MARKER: &str = "@generated";

/// A file as the emitters leave it.
pub(crate) struct SourceFile {
    /// Inner attributes: the module's docs and lints.
    pub attributes: TokenStream,
    /// In the order in which they are printed, with a blank line between them.
    pub blocks: Vec<Block>,
}

/// What stands together in a file.
pub(crate) enum Block {
    /// Items, without a blank line between them.
    Items(TokenStream),
    /// An `impl`, with a blank line between its members.
    Impl {
        /// What stands before the brace: `impl Display for Connector`.
        head: TokenStream,
        /// Functions, each with its attributes, or constants that belong together.
        members: Vec<TokenStream>,
    },
    /// Calls of macros, each on a line of its own.
    Calls(Vec<TokenStream>),
    /// A macro that takes a table, a row on each line.
    Table {
        /// What stands before the brace: `runtime::object!`.
        path: TokenStream,
        /// What the table is about.
        subject: TokenStream,
        rows: Vec<TokenStream>,
    },
}

impl From<TokenStream> for Block {
    fn from(items: TokenStream) -> Self {
        Self::Items(items)
    }
}

/// The tokens are not valid Rust. Only a bug in an emitter can be the cause.
#[derive(Debug)]
pub(crate) struct NotRust(pub String);

/// The text of `file`; `header` says where it comes from.
pub(crate) fn render(file: &SourceFile, header: &str) -> Result<String, NotRust> {
    let mut text = format!("// {header}\n\n");
    text.push_str(&pretty(file.attributes.clone())?);
    for block in &file.blocks {
        let printed = match block {
            Block::Items(tokens) => pretty(tokens.clone())?,
            Block::Impl { head, members } => implementation(head, members)?,
            Block::Calls(calls) => calls.iter().map(|call| format!("{};\n", tight(call))).collect(),
            Block::Table { path, subject, rows } => table(path, subject, rows),
        };
        if !printed.is_empty() {
            text.push('\n');
            text.push_str(&printed);
        }
    }
    Ok(text)
}

/// Each member is printed in an `impl` of its own, then they are put into one.
fn implementation(head: &TokenStream, members: &[TokenStream]) -> Result<String, NotRust> {
    let mut text = String::new();
    for member in members {
        let printed = pretty(quote!(#head { #member }))?;
        let open = printed.find("{\n").map_or(0, |brace| brace + 2);
        let close = printed.rfind('}').unwrap_or(printed.len());
        text.push_str(if text.is_empty() { &printed[..open] } else { "\n" });
        text.push_str(&printed[open..close]);
    }
    if !text.is_empty() {
        text.push_str("}\n");
    }
    Ok(text)
}

/// `prettyplease` does not look into macros, so the rows of a table are laid out here.
fn table(path: &TokenStream, subject: &TokenStream, rows: &[TokenStream]) -> String {
    let mut text = format!("{} {{\n    {} {{\n", tight(path), tight(subject));
    for row in rows {
        text.push_str(&format!("        {},\n", tight(row)));
    }
    text.push_str("    }\n}\n");
    text
}

/// Tokens with spaces where a person would put them. Literals are tokens, so what is in them stays as it is.
pub(crate) fn tight(tokens: &TokenStream) -> String {
    let mut text = String::new();
    let mut glue = true;
    for tree in tokens.clone() {
        let (piece, before, after) = match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                (format!("{open}{}{close}", tight(&group.stream())), true, false)
            }
            TokenTree::Punct(mark) => match mark.as_char() {
                // A path goes on after a name or a generic argument, and starts anew after anything else.
                ':' => {
                    let goes_on = text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'))
                        || (text.ends_with('>') && !text.ends_with("->"));
                    // A lone one has a space behind it: `Connector: Default`.
                    (":".to_owned(), goes_on, text.ends_with(':') || mark.spacing() == Spacing::Joint)
                }
                '<' | '!' => (mark.to_string(), true, mark.as_char() == '<'),
                // `200..=299`
                '.' => (".".to_owned(), true, true),
                '=' if text.ends_with("..") => ("=".to_owned(), true, true),
                '&' => ("&".to_owned(), false, true),
                '>' | ',' => (mark.to_string(), true, false),
                other => (other.to_string(), false, mark.spacing() == Spacing::Joint),
            },
            other => (other.to_string(), false, false),
        };
        if !(text.is_empty() || glue || before) {
            text.push(' ');
        }
        text.push_str(&piece);
        glue = after;
    }
    text
}

/// `tokens`, which must be whole items, as text.
pub(crate) fn pretty(tokens: TokenStream) -> Result<String, NotRust> {
    let shown = || tokens.to_string();
    let file: syn::File = syn::parse2(tokens.clone()).map_err(|error| NotRust(format!("{error}: {}", shown())))?;
    Ok(prettyplease::unparse(&file))
}
