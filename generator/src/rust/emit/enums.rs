//! Enums of strings and of integers: the variants, and the table between them and the wire.

use proc_macro2::Literal;
use quote::quote;

use super::docs;
use crate::render::Block;
use crate::rust::name::{UNKNOWN, token};
use crate::rust::plan::{IntegerEnum, StringEnum, TypeDef};

/// Everything that a set of strings is in Rust.
pub(super) fn emit_strings(def: &TypeDef, values: &StringEnum) -> Vec<Block> {
    let ident = token(&def.ident);
    let docs = docs::of_type(def);
    let unknown = token(UNKNOWN);
    let variants = values.variants.iter().map(|variant| {
        let line = docs::line(&docs::value(&variant.wire));
        let name = token(&variant.ident);
        quote!(#line #name,)
    });
    let definition = quote! {
        #docs
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value that this version of the crate does not know.
            #unknown(::runtime::UnknownValue),
        }
    };
    let rows = values.variants.iter().map(|variant| {
        let name = token(&variant.ident);
        let wire = &variant.wire;
        quote!(#name = #wire)
    });
    let table = Block::Table { path: quote!(::runtime::string_enum!), subject: quote!(#ident), rows: rows.collect() };
    vec![definition.into(), table]
}

/// Everything that a set of integers is in Rust.
pub(super) fn emit_integers(def: &TypeDef, values: &IntegerEnum) -> Vec<Block> {
    let ident = token(&def.ident);
    let docs = docs::of_type(def);
    let unknown = token(UNKNOWN);
    let variants = values.variants.iter().map(|(variant, _)| {
        let line = docs::line(&docs::value(&variant.wire));
        let name = token(&variant.ident);
        quote!(#line #name,)
    });
    let definition = quote! {
        #docs
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value that this version of the crate does not know.
            #unknown(i64),
        }
    };
    let rows = values.variants.iter().map(|(variant, value)| {
        let name = token(&variant.ident);
        let value = Literal::i64_unsuffixed(*value);
        quote!(#name = #value)
    });
    let table = Block::Table { path: quote!(::runtime::integer_enum!), subject: quote!(#ident), rows: rows.collect() };
    vec![definition.into(), table]
}
