//! Texts as literals that people can read: with raw strings where there is something to escape.

use std::str::FromStr as _;

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;

use crate::model::Docs;
use crate::render::Block;

/// A text; over several lines where it has several.
pub(super) fn text(text: &str) -> TokenStream {
    if text.contains(['"', '\\', '\n']) { raw(text) } else { quote!(#text) }
}

/// A text that may be missing, which is an empty one.
pub(super) fn optional_text(found: Option<&str>) -> TokenStream {
    text(found.unwrap_or_default().trim())
}

/// A text in a raw string, if one can hold it.
pub(super) fn raw(text: &str) -> TokenStream {
    // A raw string holds no carriage return on its own, and none of what editors do not show. The compiler refuses
    // characters that change the direction of text.
    let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = text.chars().all(|c| c == '\n' || c == '\t' || !(c.is_control() || turns(c)));
    let hashes = "#".repeat(longest_run(text) + 1);
    match Literal::from_str(&format!("r{hashes}\"{text}\"{hashes}")) {
        Ok(literal) if plain => TokenTree::Literal(literal).into(),
        _ => quote!(#text),
    }
}

/// The longest run of hashes that follows a quotation mark.
fn longest_run(text: &str) -> usize {
    let runs = text.split('"').skip(1).map(|rest| rest.chars().take_while(|c| *c == '#').count());
    runs.max().unwrap_or(0)
}

/// The types of a catalog. None is called like a name of the prelude.
pub(super) fn imports() -> Block {
    quote!(
        use ::runtime::catalog::*;
    )
    .into()
}

/// Words of the document: the first line, then the rest.
pub(super) fn words(docs: &Docs) -> TokenStream {
    let parts = [docs.summary.as_deref(), docs.description.as_deref()];
    text(&parts.into_iter().flatten().map(str::trim).collect::<Vec<_>>().join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back() {
        for hard in
            ["", "plain", "a \"b\"", "\"#", "\"##x\"#", "a\r\nb", "\u{0}\u{7}", "back\\slash", "two\nlines", "\u{202e}"]
        {
            let literal: syn::LitStr = syn::parse2(text(hard)).unwrap();
            assert_eq!(literal.value(), hard);
            let literal: syn::LitStr = syn::parse2(raw(hard)).unwrap();
            assert_eq!(literal.value(), hard);
            assert!(!raw(hard).to_string().contains('\u{202e}'), "the compiler refuses it");
        }
    }
}
