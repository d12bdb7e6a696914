//! Unions: the enum, the table of what its variants hold, and the conversions that the table does not make.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};

use super::context::{Context, Scope};
use super::docs;
use super::prelude::Prelude;
use crate::render::Block;
use crate::rust::name::{OTHER, UNKNOWN, token};
use crate::rust::plan::{TaggedUnion, TextKind, Type, TypeDef, TypeKind, Union, Variant};

/// A union without a tag: the variant that explains most of the value wins.
pub(super) fn emit(context: &Context<'_>, def: &TypeDef, union: &Union) -> Vec<Block> {
    let ident = token(&def.ident);
    let variants: Vec<&Variant> = union.variants.iter().collect();
    let other = token(OTHER);
    let last = quote! {
        /// A value that matches no other variant.
        #other(::runtime::Value),
    };
    let lists = variants.iter().filter(|variant| matches!(variant.ty, Type::List(_))).count();
    let rows = variants.iter().map(|variant| {
        let row = row(context, variant);
        match &variant.ty {
            // One list can take whatever becomes an item; two would be in each other's way.
            Type::List(item) if lists == 1 => {
                let item = context.ty(item, Scope::Models);
                quote!(#row of #item)
            }
            _ => match variant.text.map(text_of) {
                Some(format) => quote!(#row is #format),
                None => row,
            },
        }
    });
    let rows = rows.collect();
    let mut blocks = vec![
        definition(context, def, &variants, &last).into(),
        Block::Table { path: quote!(::runtime::union!), subject: quote!(#ident), rows },
    ];
    if union.is_scalar {
        let rows = variants.iter().map(|variant| token(&variant.name.ident).into_token_stream()).collect();
        blocks.push(Block::Table { path: quote!(::runtime::scalar_union!), subject: quote!(#ident), rows });
    }
    blocks.extend(conversions(context, &ident, &variants, true));
    blocks
}

/// A union whose tag says which variant it is.
pub(super) fn emit_tagged(context: &Context<'_>, def: &TypeDef, union: &TaggedUnion) -> Vec<Block> {
    let ident = token(&def.ident);
    let tag = &union.tag;
    let variants: Vec<&Variant> = union.variants.iter().map(|(variant, _)| variant).collect();
    let other = token(UNKNOWN);
    let last = quote! {
        /// A value with a tag that this version of the crate does not know.
        #other(::runtime::Value),
    };
    let rows = union.variants.iter().map(|(variant, tags)| {
        let row = row(context, variant);
        let tags = (!tags.is_empty()).then(|| quote!(= #(#tags)|*));
        quote!(#row #tags)
    });
    let subject = quote!(#ident, #tag);
    let mut blocks = vec![
        definition(context, def, &variants, &last).into(),
        Block::Table { path: quote!(::runtime::tagged_union!), subject, rows: rows.collect() },
    ];
    blocks.extend(conversions(context, &ident, &variants, false));
    blocks
}

/// What a row says of one of several texts.
fn text_of(kind: TextKind) -> Ident {
    token(match kind {
        TextKind::Any => "Any",
        TextKind::Date => "Date",
        TextKind::Ipv4 => "Ipv4",
        TextKind::Ipv6 => "Ipv6",
        TextKind::Uuid => "Uuid",
    })
}

fn row(context: &Context<'_>, variant: &Variant) -> TokenStream {
    let name = token(&variant.name.ident);
    let ty = context.ty(&variant.ty, Scope::Models);
    quote!(#name(#ty))
}

fn definition(context: &Context<'_>, def: &TypeDef, variants: &[&Variant], last: &TokenStream) -> TokenStream {
    let ident = token(&def.ident);
    let docs = docs::of_type(def);
    let variants = variants.iter().map(|variant| {
        let docs = docs::of_variant(variant);
        let row = row(context, variant);
        quote!(#docs #row,)
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            #last
        }
    }
}

/// The table converts from exactly what a variant holds. Left are other forms of the same: a borrowed string, a smaller
/// number, a value without its box; and where the union can be made of JSON, what that decides upon.
fn conversions(context: &Context<'_>, ident: &Ident, variants: &[&Variant], from_json: bool) -> Vec<Block> {
    let Prelude { boxed, from, string, .. } = &context.prelude;
    let has = |ty: &Type| variants.iter().any(|variant| variant.ty == *ty);
    let mut conversions = Vec::new();
    let by_value = |text: TokenStream| quote!(Self::from(::runtime::Value::String(#text)));
    if variants.iter().any(|variant| variant.text.is_some()) {
        // Which of several texts it is, the text itself says.
        conversions.push((quote!(#string), by_value(quote!(value))));
        conversions.push((quote!(&#string), by_value(quote!(value.clone()))));
        conversions.push((quote!(&str), by_value(quote!(value.to_owned()))));
    } else if from_json && !has(&Type::String) && variants.iter().any(|variant| is_words(context, &variant.ty)) {
        conversions.push((quote!(&str), by_value(quote!(value.to_owned()))));
    }
    for variant in variants {
        let name = token(&variant.name.ident);
        match &variant.ty {
            Type::String if variant.text.is_none() => {
                conversions.push((quote!(&str), quote!(Self::#name(value.to_owned()))));
                conversions.push((quote!(&#string), quote!(Self::#name(value.clone()))));
            }
            Type::Int64 => conversions.push((quote!(i32), quote!(Self::#name(value.into())))),
            Type::Boxed(id) => {
                conversions.push((context.named(*id, Scope::Models), quote!(Self::#name(#boxed::new(value)))));
            }
            _ => {}
        }
    }
    let takes_numbers = has(&Type::Int64);
    if from_json && takes_numbers && !has(&Type::Double) {
        conversions.push((quote!(f64), quote!(Self::from(::runtime::Value::from(value)))));
    }
    conversions
        .into_iter()
        .map(|(source, made)| {
            let conversion = quote! {
                impl #from<#source> for #ident {
                    fn from(value: #source) -> Self {
                        #made
                    }
                }
            };
            conversion.into()
        })
        .collect()
}

/// Whether values of the type are written as text, though they are not any text.
fn is_words(context: &Context<'_>, ty: &Type) -> bool {
    match ty {
        Type::DateTime => true,
        Type::Named(id) => context.def(*id).is_some_and(|def| matches!(def.kind, TypeKind::StringEnum(_))),
        _ => false,
    }
}
