//! Objects: the struct, its constructor and setters, and the match and the list that serde needs.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, Scope};
use super::docs;
use super::json_patch;
use super::prelude::Prelude;
use crate::render::Block;
use crate::rust::name::token;
use crate::rust::plan::{Additional, Deprecation, Entry, Field, Presence, Struct, TypeDef, Usage};

/// Everything that one object is in Rust.
pub(super) fn emit(context: &Context<'_>, def: &TypeDef, object: &Struct) -> Vec<Block> {
    let ident = token(&def.ident);
    let mut blocks = vec![definition(context, def, object).into(), table(&ident, object)];
    // Objects that only the server makes have a default and public fields; setters would only be there to be compiled.
    if def.usage != Usage::Read {
        let mut members = vec![constructor(context, object)];
        let setters = object.fields.iter().filter(|field| field.entry == Entry::Setter);
        members.extend(setters.map(|field| setter(context, field)));
        blocks.insert(1, Block::Impl { head: quote!(impl #ident), members });
    }
    if let Some(patch) = &object.patch {
        blocks.insert(2, json_patch::constructors(context, &ident, &token(&object.extra), patch));
    }
    blocks
}

fn definition(context: &Context<'_>, def: &TypeDef, object: &Struct) -> TokenStream {
    let ident = token(&def.ident);
    let docs = docs::of_type(def);
    let fields = object.fields.iter().map(|field| {
        let docs = docs::of_field(field);
        let name = token(&field.name.ident);
        let ty = wrapped(context, field);
        quote! { #docs pub #name: #ty, }
    });
    let additional = match &object.additional {
        Additional::Kept => None,
        Additional::Typed { ident, ty } => {
            let name = token(ident);
            let ty = context.ty(ty, Scope::Models);
            let string = &context.prelude.string;
            Some(quote! {
                /// Properties that the schema does not declare, all of one type.
                pub #name: ::std::collections::BTreeMap<#string, #ty>,
            })
        }
    };
    let extra = token(&object.extra);
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields)*
            #additional
            /// Properties that the schema does not declare, kept as received and sent back.
            pub #extra: ::runtime::JsonObject,
        }
    }
}

/// The type of a field, with what its presence adds.
fn wrapped(context: &Context<'_>, field: &Field) -> TokenStream {
    let ty = context.ty(&field.ty, Scope::Models);
    let option = &context.prelude.option;
    match field.presence {
        Presence::Required => ty,
        Presence::Optional | Presence::RequiredNullable => quote!(#option<#ty>),
        Presence::OptionalNullable => quote!(::runtime::Nullable<#ty>),
    }
}

fn constructor(context: &Context<'_>, object: &Struct) -> TokenStream {
    let required: Vec<&Field> = object.fields.iter().filter(|field| field.entry == Entry::Argument).collect();
    if required.is_empty() {
        return quote! {
            /// Creates an object with nothing set.
            pub fn new() -> Self {
                ::runtime::model::blank()
            }
        };
    }
    let (arguments, values): (Vec<_>, Vec<_>) = required
        .iter()
        .map(|field| {
            let name = token(&field.name.ident);
            let (ty, value) = entry(context, field, &quote!(#name));
            // `name: name` is what a person would not write.
            let shorthand =
                matches!(field.presence, Presence::Required | Presence::RequiredNullable) && name == value.to_string();
            (quote!(#name: #ty), if shorthand { quote!(#name) } else { quote!(#name: #value) })
        })
        .unzip();
    quote! {
        /// Creates an object from its required properties.
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* ..::runtime::model::blank() }
        }
    }
}

fn setter(context: &Context<'_>, field: &Field) -> TokenStream {
    let name = token(&field.name.ident);
    let (ty, value) = entry(context, field, &quote!(value));
    let docs = docs::line(&format!("Sets `{}`.", field.name.wire));
    let deprecated = deprecated(field);
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(mut self, value: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn deprecated(field: &Field) -> Option<TokenStream> {
    (field.docs.deprecation == Deprecation::Deprecated).then(|| quote!(#[deprecated]))
}

/// How a field is given: the argument's type, and the expression for the field.
fn entry(context: &Context<'_>, field: &Field, value: &TokenStream) -> (TokenStream, TokenStream) {
    let (argument, made) = context.argument(&field.ty, value, Scope::Models);
    let Prelude { into, option, some, .. } = &context.prelude;
    match field.presence {
        Presence::Required => (argument, made),
        Presence::Optional => (argument, quote!(#some(#made))),
        Presence::RequiredNullable => {
            let exact = context.ty(&field.ty, Scope::Models);
            (quote!(#option<#exact>), value.clone())
        }
        Presence::OptionalNullable => {
            let exact = context.ty(&field.ty, Scope::Models);
            (quote!(impl #into<::runtime::Nullable<#exact>>), quote!(#value.into()))
        }
    }
}

/// What serde needs: which property goes to which field, and whether it may be absent or `null`.
fn table(ident: &Ident, object: &Struct) -> Block {
    let mut rows: Vec<TokenStream> = object
        .fields
        .iter()
        .map(|field| {
            let wire = &field.name.wire;
            let name = token(&field.name.ident);
            let kind = match field.presence {
                // A required `Option` is written as `null` where it is `None`.
                Presence::Required | Presence::RequiredNullable => quote!(required),
                Presence::Optional => quote!(optional),
                Presence::OptionalNullable => quote!(nullable),
            };
            quote!(#wire => #kind #name)
        })
        .collect();
    if let Additional::Typed { ident, .. } = &object.additional {
        let name = token(ident);
        rows.push(quote!(_ => additional #name));
    }
    let default = Context::has_default(object).then(|| quote!(: Default));
    // The table only names the field for the rest where a property has taken its usual name.
    let extra = (object.extra != "extra").then(|| token(&object.extra));
    let extra = extra.map(|extra| quote!(, #extra));
    Block::Table { path: quote!(::runtime::object!), subject: quote!(#ident #default #extra), rows }
}
