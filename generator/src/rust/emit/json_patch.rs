//! Operations of a JSON Patch (RFC 6902): a constructor for each, so that none lacks a member.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::Context;
use super::docs;
use super::prelude::Prelude;
use crate::render::Block;
use crate::rust::name::token;
use crate::rust::plan::{Field, Patch, PatchOp};

/// The constructors of the object `ident`, whose field for what is not declared is `extra`.
pub(super) fn constructors(context: &Context<'_>, ident: &Ident, extra: &Ident, patch: &Patch) -> Block {
    let members = patch.ops.iter().map(|op| constructor(context, extra, patch, *op)).collect();
    Block::Impl { head: quote!(impl #ident), members }
}

fn constructor(context: &Context<'_>, extra: &Ident, patch: &Patch, op: PatchOp) -> TokenStream {
    let Prelude { into, ok, result, string, some, .. } = &context.prelude;
    let (name, word) = (token(op.as_str()), op.as_str());
    let docs = docs::line(about(op));
    let text = quote!(impl #into<#string>);
    let op_field = given(some, &patch.op, &quote!(#word.into()));
    let path = given(some, &patch.path, &quote!(path.into()));
    let made = |more: TokenStream| quote!(Self { #op_field, #path, #more ..::runtime::model::blank() });
    match op {
        PatchOp::Add | PatchOp::Replace | PatchOp::Test => {
            let (given, more) = match &patch.value {
                Some(field) => {
                    let name = token(&field.name.ident);
                    let given = quote!(let (#name, #extra) = ::runtime::patch_value(&value)?;);
                    (given, quote!(#name, #extra,))
                }
                None => {
                    let json = undeclared(extra, "value", &quote!(value));
                    (quote!(let value = ::runtime::patch_json(&value)?;), quote!(#json,))
                }
            };
            let made = made(more);
            quote! {
                #docs
                ///
                /// # Errors
                ///
                /// If `value` cannot be written as JSON, or is not of the type that the schema declares.
                pub fn #name(path: #text, value: impl ::runtime::Serialize) -> #result<Self, ::runtime::RequestError> {
                    #given
                    #ok(#made)
                }
            }
        }
        PatchOp::Remove => {
            let made = made(TokenStream::new());
            quote!(#docs pub fn #name(path: #text) -> Self { #made })
        }
        PatchOp::Move | PatchOp::Copy => {
            let from = match &patch.from {
                Some(field) => given(some, field, &quote!(from.into())),
                None => undeclared(extra, "from", &quote!(::runtime::Value::String(from.into()))),
            };
            let made = made(quote!(#from,));
            quote!(#docs pub fn #name(from: #text, path: #text) -> Self { #made })
        }
    }
}

/// Sets a declared member to `value`, which has the type that the schema declares.
fn given(some: &TokenStream, field: &Field, value: &TokenStream) -> TokenStream {
    let name = token(&field.name.ident);
    quote!(#name: #some(#value))
}

/// Sets a member that the schema lacks, as `from` in many documents.
fn undeclared(extra: &Ident, name: &str, value: &TokenStream) -> TokenStream {
    quote!(#extra: ::runtime::JsonObject::from_iter([(#name.into(), #value)]))
}

fn about(op: PatchOp) -> &'static str {
    match op {
        PatchOp::Add => "Adds `value` at `path`, or inserts it there in a list (RFC 6902, section 4.1).",
        PatchOp::Remove => "Removes the value at `path` (RFC 6902, section 4.2).",
        PatchOp::Replace => "Replaces the value at `path` (RFC 6902, section 4.3).",
        PatchOp::Move => "Moves the value at `from` to `path` (RFC 6902, section 4.4).",
        PatchOp::Copy => "Copies the value at `from` to `path` (RFC 6902, section 4.5).",
        PatchOp::Test => "Fails the whole patch unless the value at `path` equals `value` (RFC 6902, section 4.6).",
    }
}
