//! `main.rs`: the command line of the crate, where the configuration asks for one.

use quote::quote;

use crate::config::CrateConfig;
use crate::render::{Block, SourceFile};
use crate::rust::name::token;
use crate::rust::summary::Summary;

/// The program: the catalogs of all APIs, in the order of the configuration.
pub(super) fn emit(krate: &CrateConfig, apis: &[Summary]) -> SourceFile {
    let line = format!(" `{}`: the operations of the crate from a shell.", krate.name);
    let ident = token(&krate.name.replace('-', "_"));
    let (name, about) = (&krate.name, &krate.description);
    // What environment variables are called is a habit of shells.
    let prefix = krate.name.replace('-', "_").to_uppercase();
    let catalogs = apis.iter().map(|api| {
        let module = token(&api.module);
        quote!(&::#ident::#module::CATALOG)
    });
    let blocks: Vec<Block> = vec![
        quote!(const CATALOGS: &[&::#ident::catalog::Catalog] = &[#(#catalogs),*];).into(),
        quote! {
            static PROGRAM: ::cli::Program = ::cli::Program {
                name: #name,
                version: ::std::env!("CARGO_PKG_VERSION"),
                about: #about,
                catalogs: CATALOGS,
                identity: &::cli::Environment { prefix: #prefix, catalogs: CATALOGS },
            };
        }
        .into(),
        quote! {
            fn main() -> ::std::process::ExitCode {
                ::cli::run(&PROGRAM)
            }
        }
        .into(),
    ];
    SourceFile { attributes: quote!(#![doc = #line]), blocks }
}
