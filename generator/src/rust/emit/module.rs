//! The files that hold others together: `lib.rs`, the module of each API, and the list of its models.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{credentials, docs};
use crate::config::CrateConfig;
use crate::markdown;
use crate::render::SourceFile;
use crate::rust::name::token;
use crate::rust::plan::{Api, Conventions, Switches, TypeDef};
use crate::rust::summary::Summary;

/// `lib.rs`.
pub(super) fn lib(krate: &CrateConfig, apis: &[Summary]) -> SourceFile {
    let text = docs::inner_lines(&krate.documentation.lines().map(str::to_owned).collect::<Vec<_>>());
    let modules = apis.iter().map(|api| {
        let module = token(&api.module);
        let feature = &api.core_feature;
        quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
        }
    });
    let pages = krate.pages.keys().map(|name| {
        let module = token(name);
        quote!(pub mod #module;)
    });
    SourceFile {
        attributes: quote! {
            #text
            #![deny(missing_docs)]
            #![cfg_attr(docsrs, feature(doc_cfg))]
        },
        blocks: vec![
            quote! {
                #[doc(no_inline)]
                pub use ::runtime::codegen::{serde, serde_json};
                #[doc(inline)]
                pub use ::runtime::*;
            }
            .into(),
            quote!(#(#pages)* #(#modules)*).into(),
        ],
    }
}

/// A page of documentation: a module without code.
pub(super) fn page(markdown: &str) -> SourceFile {
    SourceFile {
        attributes: docs::inner_lines(&markdown.lines().map(str::to_owned).collect::<Vec<_>>()),
        blocks: Vec::new(),
    }
}

/// `mod.rs` of an API.
pub(super) fn api(api: &Api) -> SourceFile {
    let mut text = vec![format!("{} ({}).", markdown::plain(&api.title), markdown::plain(&api.version))];
    let words = docs::words(&api.docs);
    if !words.is_empty() {
        text.push(String::new());
        text.extend(words);
    }
    let text = docs::inner_lines(&text);
    let modules = api.groups.iter().map(|group| {
        let module = token(&group.module);
        let line = docs::line(&format!("The operations of {} and their request builders.", docs::code(&group.tag)));
        let switch = api.group_switch(&group.module);
        quote!(#line #switch pub mod #module;)
    });
    let exports = api.groups.iter().map(|group| {
        let module = token(&group.module);
        let ident = token(&group.ident);
        let switch = api.group_switch(&group.module);
        quote!(#switch pub use self::#module::#ident;)
    });
    SourceFile {
        attributes: quote! {
            #text
            #![allow(deprecated, reason = "deprecated items of the API must stay usable here")]
        },
        blocks: vec![
            quote! {
                #[cfg(feature = "catalog")]
                mod catalog;
                mod error;
                pub mod models;
                #(#modules)*
            }
            .into(),
            conventions(&api.conventions).into(),
            quote! {
                #[cfg(feature = "catalog")]
                pub use self::catalog::CATALOG;
                pub use self::error::{Error, ErrorBody};
                #(#exports)*
            }
            .into(),
        ],
    }
}

/// The constant of the API as a whole, which its operations refer to.
fn conventions(conventions: &Conventions) -> TokenStream {
    match conventions {
        Conventions::Runtime(module) => {
            let module = token(module);
            quote!(pub use ::runtime::#module::API;)
        }
        Conventions::Document { token_url, credentials, security } => {
            let token_url = token_url.as_ref().map(|url| quote!(.token_url(#url)));
            let security = security.as_ref().map(credentials::security);
            let credentials = credentials::credentials(credentials);
            quote! {
                /// How the servers of the API behave.
                pub static API: ::runtime::Api = ::runtime::Api::new() #token_url #security;
                #credentials
            }
        }
    }
}

/// What switches a module of the models on: any of the groups that reach it.
fn model_switch(api: &Api, module: &str) -> Option<TokenStream> {
    let Switches::Groups(reached) = &api.switches else { return None };
    let groups = reached.get(module)?;
    let features = groups.iter().map(|group| api.group_feature(group));
    Some(match groups.len() {
        1 => quote!(#(#[cfg(feature = #features)])*),
        _ => quote!(#[cfg(any(#(feature = #features),*))]),
    })
}

/// `models/mod.rs`.
pub(super) fn models(api: &Api, by_module: &BTreeMap<&str, Vec<&TypeDef>>) -> SourceFile {
    let modules = by_module.keys().map(|name| {
        let module = token(name);
        let switch = model_switch(api, name);
        quote!(#switch mod #module;)
    });
    let exports = by_module.iter().map(|(name, types)| {
        let module = token(name);
        let switch = model_switch(api, name);
        let names = types.iter().flat_map(|def| std::iter::once(&def.ident).chain(&def.former)).map(|name| token(name));
        quote!(#switch pub use self::#module::{#(#names),*};)
    });
    let modules: TokenStream = modules.collect();
    SourceFile {
        attributes: docs::inner_lines(&["The types of request and response bodies.".to_owned()]),
        blocks: vec![modules.into(), exports.collect::<TokenStream>().into()],
    }
}
