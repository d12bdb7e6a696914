//! Operations: the method that starts a call, and the builder that it returns.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, Scope};
use super::inputs::{self, Input};
use super::prelude::Prelude;
use super::{docs, operation_docs};
use crate::render::Block;
use crate::rust::name::token;
use crate::rust::plan::{Former, Group, Operation, Paging, Parameter, Place, Success};

/// The `…Api` type of a group.
pub(super) fn api(context: &Context<'_>, group: &Group) -> Vec<Block> {
    let ident = token(&group.ident);
    let text = docs::lines(&operation_docs::of_group(group));
    let mut members = vec![quote! {
        /// Creates the operations, called through `client`.
        pub fn new(client: &::runtime::Client) -> Self {
            Self { client: client.clone() }
        }
    }];
    for operation in &group.operations {
        members.push(method(context, group, operation));
        members.extend(operation.former.iter().map(|former| forwarding(context, operation, former)));
    }
    let definition = quote! {
        #text
        #[derive(Clone, Debug)]
        pub struct #ident {
            client: ::runtime::Client,
        }
    };
    vec![definition.into(), Block::Impl { head: quote!(impl #ident), members }]
}

/// The method under a name that it had before.
fn forwarding(context: &Context<'_>, operation: &Operation, former: &Former) -> TokenStream {
    let (name, old) = (token(&operation.name.ident), token(&former.method));
    let builder = token(&operation.builder);
    let inputs = inputs::required(context, operation);
    let names: Vec<_> = inputs.iter().map(|input| token(input.ident)).collect();
    let types = inputs.iter().map(|input| &input.ty);
    let line = docs::line(&format!("The former name of [`{0}`](Self::{0}).", operation.name.ident));
    let note = format!("this method is now called `{}`", operation.name.ident);
    quote! {
        #line
        #[deprecated(note = #note)]
        pub fn #old(&self, #(#names: #types),*) -> #builder {
            self.#name(#(#names),*)
        }
    }
}

fn method(context: &Context<'_>, group: &Group, operation: &Operation) -> TokenStream {
    let name = token(&operation.name.ident);
    let builder = token(&operation.builder);
    let text = docs::lines(&operation_docs::of_operation(context, group, operation));
    let deprecated = docs::deprecated(operation.docs.deprecation);
    let inputs = inputs::required(context, operation);
    let arguments = inputs.iter().map(|input| {
        let name = token(input.ident);
        let ty = &input.ty;
        quote!(#name: #ty)
    });
    let request = quote!(request);
    let given = inputs.iter().map(|input| (input.statement)(&token(input.ident), &request));
    let statements: Vec<_> = operation.setters.iter().filter_map(preset).chain(given).collect();
    let mutable = (!statements.is_empty()).then(|| quote!(mut));
    let constant = token(&operation.constant());
    quote! {
        #text
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> #builder {
            let #mutable request = self.client.request(&#constant);
            #(#statements)*
            #builder { request }
        }
    }
}

/// Sends the default of a parameter that must not be left out, until a setter says otherwise.
fn preset(parameter: &Parameter) -> Option<TokenStream> {
    let (wire, text) = (&parameter.name.wire, parameter.preset.as_ref()?);
    Some(match parameter.place {
        Place::Query(_) => quote!(request.query(#wire, &#text);),
        Place::Cookie => quote!(request.cookie(#wire, &#text);),
        Place::Header | Place::Path => quote!(request.header(#wire, &#text);),
    })
}

/// What the runtime needs to know of an operation. Beside the methods, so that the catalog can refer to it.
pub(super) fn constant(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let Prelude { none, some, .. } = &context.prelude;
    let name = token(&operation.constant());
    let id = &operation.name.wire;
    let method = token(operation.method.as_str());
    let path = &operation.path;
    let accept = &operation.accept;
    let page = match &operation.paging {
        None => none.clone(),
        Some(Paging { offset, limit, size, .. }) => {
            let size = proc_macro2::Literal::u32_unsuffixed(*size);
            quote! {
                #some(::runtime::PageParameters { offset: #offset, limit: #limit, size: #size })
            }
        }
    };
    quote! {
        pub(super) static #name: ::runtime::Operation = ::runtime::Operation {
            api: &super::API,
            id: #id,
            method: ::runtime::Method::#method,
            path: #path,
            accept: #accept,
            page: #page,
        };
    }
}

/// The builder of one operation.
pub(super) fn builder(context: &Context<'_>, group: &Group, operation: &Operation) -> Vec<Block> {
    let ident = token(&operation.builder);
    let line =
        docs::line(&format!("A request of [`{}::{}`], sent when it is awaited.", group.ident, operation.name.ident));
    let inputs = inputs::optional(context, operation);
    let setters: Vec<_> = inputs.iter().map(setter).collect();
    let decoder = decoder(context, &operation.success, Scope::Beside);
    let definition = quote! {
        #line
        #[derive(Clone, Debug)]
        #[must_use = "the request is not sent until it is awaited"]
        pub struct #ident {
            request: ::runtime::Request,
        }
    };
    let constant = token(&operation.constant());
    let mut macros = vec![quote!(::runtime::operation!(#ident = #constant -> #decoder, super::ErrorBody))];
    if let Some(paging) = &operation.paging {
        let item = context.ty(&paging.item, Scope::Beside);
        macros.push(quote!(::runtime::paged_operation!(#ident -> #item, super::ErrorBody)));
    }
    if operation.has_events {
        macros.push(quote!(::runtime::event_operation!(#ident, super::ErrorBody)));
    }
    let mut blocks = vec![definition.into()];
    blocks.extend(
        operation
            .former
            .iter()
            .filter(|former| former.builder != operation.builder)
            .map(|former| docs::alias(&former.builder, &operation.builder).into()),
    );
    if !setters.is_empty() {
        blocks.push(Block::Impl { head: quote!(impl #ident), members: setters });
    }
    blocks.push(Block::Calls(macros));
    blocks
}

fn setter(input: &Input<'_>) -> TokenStream {
    let name = token(input.ident);
    let ty = &input.ty;
    let text = docs::lines(&operation_docs::of_setter(input));
    let deprecated = docs::deprecated(input.docs.deprecation);
    let statement = (input.statement)(&token("value"), &quote!(self.request));
    quote! {
        #text
        #deprecated
        pub fn #name(mut self, value: #ty) -> Self {
            #statement
            self
        }
    }
}

/// What reads a response with such a body, for code in the given module.
pub(super) fn decoder(context: &Context<'_>, success: &Success, scope: Scope) -> TokenStream {
    match success {
        Success::Empty => quote!(::runtime::NoContent),
        Success::Text => quote!(::runtime::Text),
        Success::Binary => quote!(::runtime::Binary),
        Success::Json(ty) => {
            let ty = context.ty(ty, scope);
            quote!(::runtime::Json<#ty>)
        }
        Success::JsonOrEmpty(ty) => {
            let ty = context.ty(ty, scope);
            quote!(::runtime::JsonOrEmpty<#ty>)
        }
        Success::ByStatus(ty) => context.ty(ty, scope),
    }
}
