//! What clients identify themselves with: a function for each way that the document declares.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::rust::name::token;
use crate::rust::plan::{Alternatives, Credential, CredentialKind, Security};

/// The type that has the functions; nothing where the document declares no way.
pub(super) fn credentials(credentials: &[Credential]) -> TokenStream {
    if credentials.is_empty() {
        return TokenStream::new();
    }
    let functions = credentials.iter().map(function);
    quote! {
        /// What a client of the API can identify itself with, for
        /// [`ClientBuilder::credentials`](::runtime::ClientBuilder::credentials).
        #[derive(Debug)]
        pub enum Credentials {}
        impl Credentials {
            #(#functions)*
        }
    }
}

fn function(credential: &Credential) -> TokenStream {
    let (ident, scheme) = (token(&credential.ident), &credential.scheme);
    let (what, constructor, urls_and_names, inputs): (String, _, Option<&String>, &[&str]) = match &credential.kind {
        CredentialKind::HeaderKey(name) => {
            (format!("A key, sent in the header {}.", docs::code(name)), "header_key", Some(name), &["key"])
        }
        CredentialKind::QueryKey(name) => {
            (format!("A key, sent as {} of the query.", docs::code(name)), "query_key", Some(name), &["key"])
        }
        CredentialKind::CookieKey(name) => {
            (format!("A key, sent in the cookie {}.", docs::code(name)), "cookie_key", Some(name), &["key"])
        }
        CredentialKind::Basic => {
            ("A user's name and password, sent with each call.".to_owned(), "basic", None, &["user", "password"])
        }
        CredentialKind::Bearer => {
            ("A token, sent as it is and never refreshed.".to_owned(), "bearer", None, &["token"])
        }
        CredentialKind::ClientCredentials(url) => {
            let what = format!("A client's id and secret, exchanged for a token at {}.", docs::code(url));
            (what, "client_credentials", Some(url), &["id", "secret"])
        }
        CredentialKind::Password(url) => {
            let what = format!("A user's name and password, exchanged for a token at {}.", docs::code(url));
            (what, "password", Some(url), &["user", "password"])
        }
    };
    let mut text = vec![what];
    let words = docs::words(&credential.docs);
    if !words.is_empty() {
        text.push(String::new());
        text.extend(words);
    }
    let text = docs::lines(&text);
    let constructor = token(constructor);
    let name = urls_and_names.map(|name| quote!(#name,));
    let arguments = inputs.iter().map(|input| {
        let ident = token(input);
        let is_secret = !matches!(*input, "user" | "id");
        if is_secret { quote!(#ident: impl Into<::runtime::SecretString>) } else { quote!(#ident: impl Into<String>) }
    });
    let values = inputs.iter().map(|input| token(input));
    quote! {
        #text
        pub fn #ident(#(#arguments),*) -> ::runtime::SchemeCredentials {
            ::runtime::SchemeCredentials::#constructor(#scheme, #name #(#values),*)
        }
    }
}

/// What goes behind the constant of the API: which operations need which of it.
pub(super) fn security(security: &Security) -> TokenStream {
    let most = alternatives(&security.most);
    let others = security.others.iter().map(|(id, needed)| {
        let needed = alternatives(needed);
        quote!((#id, #needed))
    });
    quote!(.security(#most, &[#(#others),*]))
}

fn alternatives(alternatives: &Alternatives) -> TokenStream {
    let lists = alternatives.iter().map(|schemes| quote!(&[#(#schemes),*]));
    quote!(&[#(#lists),*])
}
