//! `error.rs` of an API: the error type, the enum of its bodies, and which status carries which.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::by_status::pattern;
use super::context::{Context, Scope};
use super::docs;
use super::prelude::Prelude;
use crate::rust::name::token;
use crate::rust::plan::{Status, TypeId};

/// Everything in `error.rs`.
pub(super) fn emit(context: &Context<'_>) -> Vec<TokenStream> {
    let table = &context.api.errors;
    let variants: Vec<_> = table.variants.iter().filter_map(|variant| context.def(variant.ty)).collect();
    let names: Vec<_> = variants.iter().map(|def| token(&def.first_name)).collect();
    let paths = variants.iter().map(|def| context.named(def.id, Scope::Beside));
    let lines = variants.iter().map(|def| {
        let words = docs::words(&def.docs);
        match words.first() {
            Some(_) => docs::lines(&words),
            None => docs::line(&format!("A body of the type {}.", docs::code(&def.ident))),
        }
    });
    let decode = decode(context);
    vec![
        quote! {
            /// Why a call to this API failed.
            pub type Error = ::runtime::Error<ErrorBody>;
        },
        quote! {
            /// The body of a response with a non-success status, typed by that status.
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum ErrorBody {
                #(#lines #names(#paths),)*
            }
        },
        quote! {
            impl ::runtime::ErrorBody for ErrorBody {
                #decode
            }
        },
    ]
}

fn decode(context: &Context<'_>) -> TokenStream {
    let Prelude { none, option, .. } = &context.prelude;
    if context.api.errors.variants.is_empty() {
        return quote! {
            fn decode(_: &str, _: u16, _: &[u8]) -> #option<Self> {
                #none
            }
        };
    }
    let arms = arms(context);
    quote! {
        fn decode(operation: &str, status: u16, body: &[u8]) -> #option<Self> {
            match (operation, status) {
                #arms
            }
        }
    }
}

/// The exceptions, then what is common; single statuses before ranges.
fn arms(context: &Context<'_>) -> TokenStream {
    let table = &context.api.errors;
    let mut arms = TokenStream::new();
    for (operation, status, body) in &table.exceptions {
        let pattern = pattern(*status);
        let value = decoded(context, *body);
        arms.extend(quote!((#operation, #pattern) => #value,));
    }
    let variant = |ty: &TypeId| table.variants.iter().position(|variant| variant.ty == *ty);
    let mut grouped: BTreeMap<(Option<Status>, Option<usize>, TypeId), Vec<Status>> = BTreeMap::new();
    for (status, ty) in &table.common {
        // Single statuses share an arm; a range has one of its own, after all of them.
        let range = (!matches!(status, Status::Code(_))).then_some(*status);
        grouped.entry((range, variant(ty), *ty)).or_default().push(*status);
    }
    let mut has_rest = false;
    for ((range, _, ty), statuses) in grouped {
        has_rest |= range == Some(Status::Default);
        let patterns = statuses.into_iter().map(pattern);
        let value = decoded(context, Some(ty));
        arms.extend(quote!((_, #(#patterns)|*) => #value,));
    }
    if !has_rest {
        let none = &context.prelude.none;
        arms.extend(quote!(_ => #none,));
    }
    arms
}

fn decoded(context: &Context<'_>, body: Option<TypeId>) -> TokenStream {
    match body.and_then(|id| context.def(id)) {
        Some(def) => {
            let name = token(&def.first_name);
            quote!(::runtime::model::error_body(body).map(Self::#name))
        }
        None => context.prelude.none.clone(),
    }
}
