//! Objects: the struct, its constructor and setters, and the match and the list that serde needs.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, Scope};
use super::docs;
use super::json_patch;
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

/// The type of a field.
fn wrapped(context: &Context<'_>, field: &Field) -> TokenStream {
    let ty = context.ty(&field.ty, Scope::Models);
    let option = &context.prelude.option;
    quote!(#option<#ty>)
}

fn constructor(context: &Context<'_>, object: &Struct) -> TokenStream {
    let required = object.arguments();
    let nulls: Vec<&str> = object
        .fields
        .iter()
        .filter(|field| field.presence == Presence::Null && field.entry == Entry::Setter)
        .map(|field| field.name.wire.as_str())
        .collect();
    let (arguments, values): (Vec<_>, Vec<_>) = required
        .iter()
        .map(|field| {
            let name = token(&field.name.ident);
            let (ty, value) = entry(context, field, &quote!(#name));
            (quote!(#name: #ty), quote!(#name: #value))
        })
        .unzip();
    let set = if required.is_empty() {
        "Creates an object with nothing set"
    } else {
        "Creates an object with these properties set"
    };
    let line = docs::line(&match nulls.as_slice() {
        [] => format!("{set}."),
        nulls => format!("{set}. Until set, {} sent as `null`.", listed(nulls)),
    });
    let plain = match required.is_empty() {
        true => quote!(::runtime::model::blank()),
        false => quote!(Self { #(#values,)* ..::runtime::model::blank() }),
    };
    let made = nulls
        .iter()
        .fold(plain, |made, key| quote!(::runtime::model::Object::with_extra(#made, #key, ::runtime::Value::Null)));
    quote! {
        #line
        pub fn new(#(#arguments),*) -> Self {
            #made
        }
    }
}

/// `` `a` is ``, `` `a` and `b` are ``.
fn listed(keys: &[&str]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| docs::code(key)).collect();
    match keys.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last} are", rest.join(", ")),
        _ => format!("{} is", keys.concat()),
    }
}

fn setter(context: &Context<'_>, field: &Field) -> TokenStream {
    let name = token(&field.name.ident);
    let (ty, value) = entry(context, field, &quote!(value));
    let subject = if field.name.wire.is_empty() {
        "the property whose name is empty".to_owned()
    } else {
        docs::code(&field.name.wire)
    };
    let docs = docs::line(&format!("Sets {subject}."));
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
    let some = &context.prelude.some;
    (argument, quote!(#some(#made)))
}

/// What serde needs: which property goes to which field.
fn table(ident: &Ident, object: &Struct) -> Block {
    let mut rows: Vec<TokenStream> = object
        .fields
        .iter()
        .map(|field| {
            let wire = &field.name.wire;
            let name = token(&field.name.ident);
            quote!(#wire => #name)
        })
        .collect();
    if let Additional::Typed { ident, .. } = &object.additional {
        let name = token(ident);
        rows.push(quote!(_ => #name));
    }
    // The table only names the field for the rest where a property has taken its usual name.
    let extra = (object.extra != "extra").then(|| token(&object.extra));
    let extra = extra.map(|extra| quote!(, #extra));
    Block::Table { path: quote!(::runtime::object!), subject: quote!(#ident #extra), rows }
}
