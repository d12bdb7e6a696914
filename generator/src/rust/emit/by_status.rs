//! The result of an operation whose successful responses differ: an enum with a variant for each status.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::{Context, Scope};
use super::{docs, operation};
use crate::render::Block;
use crate::rust::name::{OTHER, token};
use crate::rust::plan::{ByStatus, Status, StatusVariant, Success, TypeDef};

/// Everything that such an enum is in Rust.
pub(super) fn emit(context: &Context<'_>, def: &TypeDef, found: &ByStatus) -> Vec<Block> {
    let ident = token(&def.ident);
    let docs = docs::of_type(def);
    let other = token(OTHER);
    let variants = found.variants.iter().map(|variant| definition(context, variant));
    let definition = quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
            /// The body of a success with an undocumented status.
            #other(::runtime::Bytes),
        }
    };
    let rows = found.variants.iter().map(|variant| row(context, variant)).collect();
    vec![definition.into(), Block::Table { path: quote!(::runtime::by_status!), subject: quote!(#ident), rows }]
}

fn definition(context: &Context<'_>, variant: &StatusVariant) -> TokenStream {
    let name = token(&variant.name.ident);
    let mut text = vec![format!("{}.", docs::code(&variant.status.to_string()))];
    let words = docs::words(&variant.docs);
    if !words.is_empty() {
        text.push(String::new());
        text.extend(words);
    }
    let text = docs::lines(&text);
    let (option, string) = (&context.prelude.option, &context.prelude.string);
    match &variant.body {
        Success::Json(ty) => {
            let ty = context.ty(ty, Scope::Models);
            quote!(#text #name(#ty))
        }
        Success::JsonOrEmpty(ty) => {
            let ty = context.ty(ty, Scope::Models);
            quote!(#text #name(#option<#ty>))
        }
        Success::Text => quote!(#text #name(#string)),
        Success::Empty | Success::Binary | Success::ByStatus(_) => quote!(#text #name),
    }
}

/// Which status is which variant, and how its body is read.
fn row(context: &Context<'_>, variant: &StatusVariant) -> TokenStream {
    let name = token(&variant.name.ident);
    let pattern = pattern(variant.status);
    if variant.body == Success::Empty {
        return quote!(#pattern => #name);
    }
    let decoder = operation::decoder(context, &variant.body, Scope::Models);
    quote!(#pattern => #name(#decoder))
}

/// The statuses that a range stands for, as a pattern.
pub(super) fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(hundred) => {
            let first = Literal::u16_unsuffixed(hundred * 100);
            let last = Literal::u16_unsuffixed(hundred * 100 + 99);
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}
