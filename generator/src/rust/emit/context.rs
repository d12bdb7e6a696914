//! What every emitter needs: the API, its types by id, and where the code being written stands.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::prelude::Prelude;
use crate::rust::name::token;
use crate::rust::plan::{Api, Type, TypeDef, TypeId, TypeKind};

/// The API being written.
pub(crate) struct Context<'a> {
    pub api: &'a Api,
    /// The crate's name as code spells it, for documentation examples.
    pub crate_ident: &'a str,
    /// How the file being written spells names of the prelude.
    pub prelude: Prelude,
    types: &'a Types<'a>,
}

/// The types of an API by their ids.
pub(crate) type Types<'a> = BTreeMap<TypeId, &'a TypeDef>;

/// The module that the code being written stands in; decides how it reaches the models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// A file of `models`.
    Models,
    /// A module beside `models`.
    Beside,
    /// A documentation example, which has imported `models`.
    Example,
}

impl<'a> Context<'a> {
    /// For a file that defines types called `defined`.
    pub(crate) fn new<'n>(
        api: &'a Api,
        crate_ident: &'a str,
        types: &'a Types<'a>,
        defined: impl Iterator<Item = &'n str>,
    ) -> Self {
        Self { api, crate_ident, prelude: Prelude::beside(defined), types }
    }

    /// The definition of a type.
    pub(crate) fn def(&self, id: TypeId) -> Option<&'a TypeDef> {
        self.types.get(&id).copied()
    }

    /// The path of a type of the crate.
    pub(crate) fn named(&self, id: TypeId, scope: Scope) -> TokenStream {
        let Some(def) = self.def(id) else { return quote!(::runtime::Value) };
        let ident = token(&def.ident);
        match scope {
            Scope::Models => quote!(super::#ident),
            Scope::Beside => quote!(super::models::#ident),
            Scope::Example => quote!(models::#ident),
        }
    }

    /// A use of a type.
    pub(crate) fn ty(&self, ty: &Type, scope: Scope) -> TokenStream {
        let Prelude { boxed, option, string, vec, .. } = &self.prelude;
        match ty {
            Type::String => quote!(#string),
            Type::Boolean => quote!(bool),
            Type::Int64 => quote!(i64),
            Type::Double => quote!(f64),
            Type::DateTime => quote!(::runtime::DateTime),
            Type::Json => quote!(::runtime::Value),
            Type::JsonObject => quote!(::runtime::JsonObject),
            Type::List(inner) => {
                let inner = self.ty(inner, scope);
                quote!(#vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.ty(inner, scope);
                quote!(::std::collections::BTreeMap<#string, #inner>)
            }
            Type::Optional(inner) => {
                let inner = self.ty(inner, scope);
                quote!(#option<#inner>)
            }
            Type::Named(id) => self.named(*id, scope),
            Type::Boxed(id) => {
                let inner = self.named(*id, scope);
                quote!(#boxed<#inner>)
            }
        }
    }

    /// How a value of `ty` is taken as an argument called `value`: the argument's type, and the expression that makes
    /// the value of it.
    pub(crate) fn argument(&self, ty: &Type, value: &TokenStream, scope: Scope) -> (TokenStream, TokenStream) {
        let exact = self.ty(ty, scope);
        let Prelude { boxed, into, into_iterator, .. } = &self.prelude;
        match ty {
            Type::String | Type::DateTime | Type::Json => (quote!(impl #into<#exact>), quote!(#value.into())),
            Type::Named(id) if self.converts(*id) => (quote!(impl #into<#exact>), quote!(#value.into())),
            Type::Boxed(id) => {
                let (argument, made) = self.argument(&Type::Named(*id), value, scope);
                (argument, quote!(#boxed::new(#made)))
            }
            Type::List(item) => {
                let (argument, made) = self.argument(item, &quote!(item), scope);
                let items = quote!(impl #into_iterator<Item = #argument>);
                // An item that is taken as it is needs no conversion.
                if made.to_string() == "item" {
                    (items, quote!(#value.into_iter().collect()))
                } else {
                    (items, quote!(#value.into_iter().map(|item| #made).collect()))
                }
            }
            _ => (exact, value.clone()),
        }
    }

    /// Whether other types convert into this one: strings into enums, variants into unions.
    pub(crate) fn converts(&self, id: TypeId) -> bool {
        self.def(id).is_some_and(|def| !matches!(def.kind, TypeKind::Struct(_)))
    }
}
