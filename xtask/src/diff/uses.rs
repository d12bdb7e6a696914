//! A program that uses every public item of a generated crate, made of the crate's own text.
//!
//! Each item is used as strictly as code can: a function of the program has the signature that the method has, and passes on
//! what it takes; a field is read and written as exactly its type. So the program compiles against another version of the
//! crate only if nothing that users can name has gone or changed. It knows nothing of how two versions are compared.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Fields, FnArg, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct, Pat, ReceiverKind, ReturnType, Visibility};

/// The text of a program that uses what is in `files`, a crate of one API that code calls `krate`.
///
/// Modules of it stand where those of the crate do, so that paths of the crate's text lead to the same things.
pub(crate) fn program(files: &BTreeMap<String, String>, krate: &str) -> Result<String, String> {
    let krate = Ident::new(krate, proc_macro2::Span::call_site());
    let (mut models, mut beside) = (TokenStream::new(), TokenStream::new());
    for (at, (path, text)) in files.iter().enumerate() {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        let name = name.trim_end_matches(".rs");
        let is_model = match folder {
            "src/api/models" if name != "mod" => true,
            "src/api" if !matches!(name, "mod" | "catalog") => false,
            _ => continue,
        };
        let file = syn::parse_file(text).map_err(|error| format!("{path} cannot be read: {error}"))?;
        let uses = uses(&file.items);
        let own = names(&file.items);
        let module = Ident::new(&format!("uses_{at}"), proc_macro2::Span::call_site());
        if is_model {
            models.extend(quote!(mod #module { use super::{#(#own),*}; #uses }));
        } else if name == "error" {
            beside.extend(quote!(mod #module { use super::{#(#own),*}; #uses }));
        } else {
            let group = syn::parse_str::<Ident>(name).map_err(|error| format!("{path}: {error}"))?;
            beside.extend(quote!(mod #module { use super::#group::{#(#own),*}; #uses }));
        }
    }
    let program = quote! {
        #![allow(warnings)]
        mod api {
            pub use #krate::api::*;
            pub mod models {
                pub use #krate::api::models::*;
                #models
            }
            #beside
        }
        fn main() {}
    };
    let file = syn::parse2(program).map_err(|error| format!("the program is not Rust: {error}"))?;
    Ok(prettyplease::unparse(&file))
}

/// The public types of a file.
fn names(items: &[Item]) -> Vec<&Ident> {
    let mut found = Vec::new();
    for item in items {
        let (ident, vis) = match item {
            Item::Struct(item) => (&item.ident, &item.vis),
            Item::Enum(item) => (&item.ident, &item.vis),
            Item::Type(item) => (&item.ident, &item.vis),
            _ => continue,
        };
        if matches!(vis, Visibility::Public(_)) {
            found.push(ident);
        }
    }
    found
}

/// Functions, each in a block of its own so that their names do not meet.
fn uses(items: &[Item]) -> TokenStream {
    let functions: Vec<TokenStream> = items.iter().flat_map(of_item).collect();
    quote!(#(const _: () = { #functions };)*)
}

fn of_item(item: &Item) -> Vec<TokenStream> {
    match item {
        Item::Struct(item) => of_struct(item),
        Item::Enum(item) => of_enum(item),
        Item::Type(item) => {
            let ident = &item.ident;
            vec![quote!(fn used(_: #ident) {})]
        }
        Item::Impl(item) => of_impl(item),
        Item::Macro(item) => {
            let name = item.mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
            of_table(&name, item.mac.tokens.clone())
        }
        _ => Vec::new(),
    }
}

/// The traits that an item derives, as a bound.
fn derived(attributes: &[syn::Attribute], ident: &Ident) -> Vec<TokenStream> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let of_list = |attribute: &syn::Attribute| {
        let list = attribute.meta.require_list().ok()?;
        let names = list.tokens.clone().into_iter().filter_map(|token| match token {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        });
        let paths = names.filter_map(|name| match name.as_str() {
            "Debug" => Some(quote!(::std::fmt::Debug)),
            "Hash" => Some(quote!(::std::hash::Hash)),
            "Clone" => Some(quote!(::std::clone::Clone)),
            "Copy" => Some(quote!(::std::marker::Copy)),
            "Eq" => Some(quote!(::std::cmp::Eq)),
            "PartialEq" => Some(quote!(::std::cmp::PartialEq)),
            _ => None,
        });
        let paths: Vec<TokenStream> = paths.collect();
        Some(quote!(fn used() { fn is<T: #(#paths)+*>() {} is::<#ident>(); }))
    };
    lists.filter_map(of_list).collect()
}

fn of_struct(item: &ItemStruct) -> Vec<TokenStream> {
    let ident = &item.ident;
    let mut found = derived(&item.attrs, ident);
    if let Fields::Named(fields) = &item.fields {
        for field in fields.named.iter().filter(|field| matches!(field.vis, Visibility::Public(_))) {
            let (name, ty) = (&field.ident, &field.ty);
            found.push(quote!(fn used(of: &mut #ident, value: #ty) { let _: &#ty = &of.#name; of.#name = value; }));
        }
    }
    found
}

fn of_enum(item: &ItemEnum) -> Vec<TokenStream> {
    let ident = &item.ident;
    let mut found = derived(&item.attrs, ident);
    for variant in &item.variants {
        let name = &variant.ident;
        found.push(match &variant.fields {
            Fields::Unnamed(fields) => {
                let types: Vec<_> = fields.unnamed.iter().map(|field| &field.ty).collect();
                quote!(fn used(held: #(#types)*) -> #ident {
                    let made = #ident::#name(held);
                    match made { #ident::#name(held) => { let held: #(#types)* = held; #ident::#name(held) } other => other }
                })
            }
            _ => quote!(fn used() -> #ident { #ident::#name }),
        });
    }
    found
}

fn of_impl(item: &ItemImpl) -> Vec<TokenStream> {
    let subject = item.self_ty.to_token_stream();
    // Conversions that are written out are used as functions, since a bound cannot leave out a lifetime.
    let is_trait = item.trait_.is_some();
    match &item.trait_ {
        Some((path, _)) if path.segments.last().is_none_or(|name| name.ident != "From") => {
            return vec![quote!(fn used() { fn is<T: #path>() {} is::<#subject>(); })];
        }
        _ => {}
    }
    let mut found = Vec::new();
    for item in &item.items {
        let ImplItem::Fn(method) = item else { continue };
        if !is_trait && !matches!(method.vis, Visibility::Public(_)) {
            continue;
        }
        let (name, output) = (&method.sig.ident, &method.sig.output);
        let (mut taken, mut given) = (Vec::new(), Vec::new());
        for input in &method.sig.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    let and = match &receiver.kind {
                        ReceiverKind::Reference(and, _, mutability) => quote!(#and #mutability),
                        _ => TokenStream::new(),
                    };
                    taken.push(quote!(this: #and #subject));
                    given.push(quote!(this));
                }
                FnArg::Typed(argument) => {
                    let Pat::Ident(pattern) = &*argument.pat else { continue };
                    let (name, ty) = (&pattern.ident, &argument.ty);
                    taken.push(quote!(#name: #ty));
                    given.push(quote!(#name));
                }
            }
        }
        let output = match output {
            ReturnType::Default => TokenStream::new(),
            ReturnType::Type(arrow, ty) => quote!(#arrow #ty),
        };
        let function = quote!(fn used(#(#taken),*) #output { <#subject>::#name(#(#given),*) });
        found.push(with_self(function, &subject));
    }
    found
}

/// The same with `Self` written out.
fn with_self(tokens: TokenStream, subject: &TokenStream) -> TokenStream {
    let token = |token: TokenTree| match token {
        TokenTree::Ident(name) if name == "Self" => subject.clone(),
        TokenTree::Group(group) => {
            let inner = with_self(group.stream(), subject);
            TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner)).into()
        }
        other => other.into(),
    };
    tokens.into_iter().flat_map(token).collect()
}

/// What the tables of the client core make: conversions, and what sends a call.
fn of_table(name: &str, tokens: TokenStream) -> Vec<TokenStream> {
    let mut tokens = tokens.into_iter().peekable();
    let Some(TokenTree::Ident(subject)) = tokens.next() else { return Vec::new() };
    let rest: TokenStream = tokens.collect();
    let is = |bound: TokenStream| quote!(fn used() { fn is<T: #bound>() {} is::<#subject>(); });
    match name {
        "string_enum" => vec![
            quote!(fn used(of: &#subject) -> (&str, &'static [&'static str], bool) { (of.as_str(), #subject::VALUES, of.is_known()) }),
            is(quote!(for<'a> From<&'a str> + From<String> + for<'a> From<&'a String> + ::std::fmt::Display)),
        ],
        "integer_enum" => vec![
            quote!(fn used(of: #subject) -> (i64, &'static [i64], bool) { (of.as_i64(), #subject::VALUES, of.is_known()) }),
            is(quote!(From<i64> + ::std::fmt::Display)),
        ],
        "object" => vec![is(quote!(Default))],
        "scalar_union" => vec![is(quote!(::std::fmt::Display))],
        "union" | "tagged_union" => rows(rest).into_iter().map(is).chain([is(values(name))]).collect(),
        "operation" => {
            // Behind `= OPERATION ->`, which is four tokens.
            let kinds: TokenStream = rest.into_iter().skip(4).collect();
            vec![
                quote!(fn used(of: #subject) -> ::runtime::Sending<#kinds> { of.send() }),
                quote!(fn used() -> &'static ::runtime::Operation { #subject::OPERATION.operation() }),
            ]
        }
        "paged_operation" => {
            // Behind `->`, which is two tokens.
            let kinds: TokenStream = rest.into_iter().skip(2).collect();
            vec![
                quote!(fn used(of: #subject) -> ::runtime::Items<#kinds> { of.stream() }),
                quote!(fn used(of: #subject) -> ::runtime::Pages<#kinds> { of.pages() }),
            ]
        }
        "event_operation" => {
            let kinds: TokenStream = rest.into_iter().skip(1).collect();
            vec![
                quote!(fn used(of: #subject) -> ::runtime::Sending<::runtime::Binary, #kinds> { of.send_for_events() }),
            ]
        }
        _ => Vec::new(),
    }
}

/// What every union converts from.
fn values(name: &str) -> TokenStream {
    if name == "union" { quote!(From<::runtime::Value>) } else { quote!(Clone) }
}

/// The conversions of the rows of a union: `Name(Type)`, `Name(Vec<Type>) of Item`, and `Name(Type) is Format`, which has none.
fn rows(tokens: TokenStream) -> Vec<TokenStream> {
    let table = tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    let mut tokens = table.unwrap_or_default().into_iter().peekable();
    let mut found = Vec::new();
    while let Some(token) = tokens.next() {
        let TokenTree::Group(held) = token else { continue };
        if held.delimiter() != Delimiter::Parenthesis {
            continue;
        }
        let is_text = matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word == "is");
        if !is_text {
            let held = held.stream();
            found.push(quote!(From<#held>));
        }
    }
    found
}
