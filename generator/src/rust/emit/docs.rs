//! Doc comments: what the document says, as Markdown that rustdoc takes without a warning.
//!
//! The cleaning itself is in [`crate::markdown`]; here the parts of each item's documentation are put together.

use proc_macro2::TokenStream;
use quote::quote;

use crate::markdown;
pub(super) use crate::markdown::code;
use crate::rust::name::token;
use crate::rust::plan::{Access, Deprecation, Docs, Field, TypeDef, Variant};

/// Outer doc attributes, a line each.
pub(super) fn lines(lines: &[String]) -> TokenStream {
    attributes(lines, false)
}

/// Inner doc attributes, a line each.
pub(super) fn inner_lines(lines: &[String]) -> TokenStream {
    attributes(lines, true)
}

/// One line.
pub(super) fn line(line: &str) -> TokenStream {
    lines(&[line.to_owned()])
}

fn attributes(lines: &[String], inner: bool) -> TokenStream {
    lines
        .iter()
        .map(|line| {
            let text = if line.is_empty() { String::new() } else { format!(" {line}") };
            if inner { quote!(#![doc = #text]) } else { quote!(#[doc = #text]) }
        })
        .collect()
}

/// Words of the document as lines; nothing where it has none.
pub(super) fn words(docs: &Docs) -> Vec<String> {
    let mut result = Vec::new();
    // A title is a label, not a sentence: it only serves where there is nothing better.
    let title = docs.title.as_ref().filter(|_| docs.description.is_none());
    for text in [docs.summary.as_ref().or(title), docs.description.as_ref()].into_iter().flatten() {
        let text = markdown::lines(text);
        if !result.is_empty() && !text.is_empty() {
            result.push(String::new());
        }
        result.extend(text);
    }
    result
}

/// A type: its words, or where the document has it.
pub(super) fn of_type(def: &TypeDef) -> TokenStream {
    let mut text = words(&def.docs);
    if text.is_empty() {
        text.push(format!("{} of the API.", code(&def.path.to_string())));
    }
    let deprecated = deprecated(def.docs.deprecation);
    let text = lines(&text);
    quote!(#text #deprecated)
}

/// A property: its words, then what the server assumes and which side sets it.
pub(super) fn of_field(field: &Field) -> TokenStream {
    let mut text = words(&field.docs);
    if text.is_empty() {
        text.push(format!("The property {}.", code(&field.name.wire)));
    }
    let mut notes = Vec::new();
    match field.access {
        Access::Any => {}
        Access::ReadOnly => notes.push("Set only by the server.".to_owned()),
        Access::WriteOnly => notes.push("Only sent to the server; responses do not include it.".to_owned()),
    }
    notes.extend(facts(&field.docs));
    if !notes.is_empty() {
        text.push(String::new());
        text.push(notes.join(" "));
    }
    let deprecated = deprecated(field.docs.deprecation);
    let text = lines(&text);
    quote!(#text #deprecated)
}

/// A variant of a union.
pub(super) fn of_variant(variant: &Variant) -> TokenStream {
    let mut text = words(&variant.docs);
    if text.is_empty() {
        text.push(format!("A value of kind {}.", code(&variant.name.wire)));
    }
    lines(&text)
}

/// The default and the example that the document states, as sentences.
pub(super) fn facts(docs: &Docs) -> Vec<String> {
    let default = docs.default.as_ref().map(|value| format!("Default: {}.", json(value)));
    let example = docs.example.as_ref().map(|value| format!("Example: {}.", json(value)));
    default.into_iter().chain(example).collect()
}

/// `#[deprecated]` where the document says so.
pub(super) fn deprecated(deprecation: Deprecation) -> Option<TokenStream> {
    (deprecation == Deprecation::Deprecated).then(|| quote!(#[deprecated]))
}

/// The line for a value of an enum.
pub(super) fn value(wire: &str) -> String {
    if wire.is_empty() { "The empty string.".to_owned() } else { format!("{}.", code(wire)) }
}

/// Longer examples than this say more about the document than about the item.
const LONGEST_EXAMPLE: usize = 200;

fn json(value: &serde_json::Value) -> String {
    let text = match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let cut: String = text.chars().take(LONGEST_EXAMPLE).collect();
    if cut.len() < text.len() { format!("{}…", code(&cut)) } else { code(&text) }
}

/// The former name of a type, as a deprecated alias.
pub(super) fn alias(old: &str, new: &str) -> TokenStream {
    let line = line(&format!("The former name of [`{new}`]."));
    let note = format!("this type is now called `{new}`");
    let (old, new) = (token(old), token(new));
    quote! {
        #line
        #[deprecated(note = #note)]
        pub type #old = #new;
    }
}
