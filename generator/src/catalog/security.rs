//! How callers identify themselves.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, ApiKeyPlace, Flow, Grant, Operation, Scheme, SchemeKind, SecurityRequirement};

/// The schemes in the order of their names.
pub(super) fn schemes(api: &Api) -> Vec<TokenStream> {
    let mut sorted: Vec<&Scheme> = api.security_schemes.iter().collect();
    sorted.sort_by_key(|scheme| &scheme.name);
    let scheme = |scheme: &&Scheme| {
        let (name, kind) = (&scheme.name, kind(&scheme.kind));
        quote!(SecurityScheme { name: #name, kind: SecurityKind::#kind })
    };
    sorted.iter().map(scheme).collect()
}

fn kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::ApiKey { place, name } => match place {
            ApiKeyPlace::Header => quote!(HeaderKey(#name)),
            ApiKeyPlace::Query => quote!(QueryKey(#name)),
            ApiKeyPlace::Cookie => quote!(CookieKey(#name)),
        },
        SchemeKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => quote!(Basic),
        SchemeKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => quote!(Bearer),
        SchemeKind::OAuth2(flows) => flow(flows),
        SchemeKind::Http { .. } | SchemeKind::OpenIdConnect { .. } => quote!(Other),
    }
}

/// The flow that a program can go through alone.
fn flow(flows: &[Flow]) -> TokenStream {
    let url = |grant: Grant| {
        flows.iter().find(|flow| flow.grant == grant).map(|flow| flow.token_url.as_deref().unwrap_or(""))
    };
    match (url(Grant::ClientCredentials), url(Grant::Password)) {
        (Some(url), _) => quote!(ClientCredentials(#url)),
        (None, Some(url)) => quote!(Password(#url)),
        (None, None) => quote!(Other),
    }
}

/// What an operation needs.
pub(super) fn requirements(operation: &Operation) -> TokenStream {
    let alternative = |requirement: &SecurityRequirement| {
        let needs = requirement.schemes.iter().map(|need| {
            let (scheme, scopes) = (&need.scheme, &need.scopes);
            quote!(Requirement { scheme: #scheme, scopes: &[#(#scopes),*] })
        });
        quote!(&[#(#needs),*])
    };
    let alternatives = operation.security.iter().map(alternative);
    quote!(&[#(#alternatives),*])
}
