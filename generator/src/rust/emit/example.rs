//! The documentation example of each operation: compiled with the crate's tests, so that it cannot go stale.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use serde_json::Value as Json;

use super::context::{Context, Scope};
use crate::model::{MediaType, file_name};
use crate::render::pretty;
use crate::rust::name::{OTHER, UNKNOWN, token};
use crate::rust::plan::{
    Body, BodyKind, Content, Docs, Entry, Field, Form, Group, Need, Operation, Parameter, Part, PartKind, Patch,
    PatchOp, Struct, Success, Type, TypeId, TypeKind,
};

/// Required values inside required values are shown down to here.
const MAX_DEPTH: usize = 4;

/// How many values an example may hold.
const MAX_VALUES: usize = 200;

/// More optional properties than this hide the point of an example.
const MAX_SETTERS: usize = 3;

/// The lines of the example; the hidden ones start with `# `.
pub(super) fn of_operation(context: &Context<'_>, group: &Group, operation: &Operation) -> Option<Vec<String>> {
    if !is_small(context, operation) {
        return None;
    }
    let crate_ident = token(context.crate_ident);
    let module = token(&context.api.module);
    let api = token(&group.ident);
    let call = call(context, operation);
    let shown = shown(operation, &call);
    let imports = if call.to_string().contains("models ::") { quote!({self, models}) } else { quote!({ self }) };
    let imports: TokenStream = if imports.to_string() == "{ self }" {
        quote!(use #crate_ident::#module;)
    } else {
        quote!(use #crate_ident::#module::#imports;)
    };
    let example = quote! {
        async fn example(client: #crate_ident::Client) -> Result<(), #crate_ident::#module::Error> {
            #imports
            let api = #module::#api::new(&client);
            #shown
            Ok(())
        }
    };
    let text = pretty(example).ok()?;
    Some(hide(&text))
}

/// Whether what is required, and what is required inside that, is little enough to be shown. Otherwise there would be
/// more to read than anybody learns from, and each level would multiply it.
fn is_small(context: &Context<'_>, operation: &Operation) -> bool {
    let mut left = MAX_VALUES;
    let parts = match operation.body.as_ref().map(|body| &body.kind) {
        Some(BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts)) => parts.as_slice(),
        _ => &[],
    };
    let parts = parts.iter().filter(|part| part.need == Need::Required).filter_map(|part| match &part.kind {
        PartKind::Text(ty) | PartKind::Json(ty) => Some(ty),
        PartKind::File | PartKind::Files => None,
    });
    let body = operation.body.iter().filter_map(|body| match &body.kind {
        BodyKind::Whole { content: Content::Json(_, ty), .. } if body.need == Need::Required => Some(ty),
        _ => None,
    });
    let arguments = operation.arguments.iter().map(|parameter| &parameter.ty);
    arguments.chain(parts).chain(body).all(|ty| fits(context, ty, 0, &mut left))
}

/// Counts what a value of `ty` requires against what is `left`.
fn fits(context: &Context<'_>, ty: &Type, depth: usize, left: &mut usize) -> bool {
    let Some(rest) = left.checked_sub(1) else { return false };
    *left = rest;
    match ty {
        Type::List(item) => fits(context, item, depth + 1, left),
        Type::Named(id) | Type::Boxed(id) => match context.def(*id).map(|def| &def.kind) {
            Some(TypeKind::Struct(_)) if depth > MAX_DEPTH => true,
            Some(TypeKind::Struct(object)) => {
                object.arguments().into_iter().all(|field| fits(context, &field.ty, depth + 1, left))
            }
            _ => true,
        },
        _ => true,
    }
}

/// What an example does with the result.
fn shown(operation: &Operation, call: &TokenStream) -> TokenStream {
    if operation.paging.is_some() {
        return quote! {
            let mut items = #call.stream();
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        };
    }
    match &operation.success {
        Success::Empty => quote!(#call.await?;),
        Success::Text => quote!(let text = #call.await?; println!("{text}");),
        _ => quote!(let body = #call.await?; println!("{body:?}");),
    }
}

/// The function around the example is needed to compile it, not to read it.
fn hide(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_signature = true;
    for line in text.lines() {
        match line.strip_prefix("    ").filter(|_| !in_signature) {
            Some("Ok(())") => lines.push("# Ok(())".to_owned()),
            Some(inner) => {
                lines.push(inner.to_owned());
                if inner.starts_with("use ") {
                    lines.push(String::new());
                }
            }
            None => lines.push(format!("# {line}")),
        }
        in_signature &= !line.ends_with('{');
    }
    lines
}

fn call(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let name = token(&operation.name.ident);
    let mut arguments: Vec<TokenStream> =
        operation.arguments.iter().map(|parameter| of_parameter(context, parameter)).collect();
    arguments.extend(operation.body.iter().flat_map(|body| of_body(context, body)));
    let setter = operation.setters.iter().find(|parameter| {
        parameter.docs.example.is_some() && operation.paging.as_ref().is_none_or(|p| !is_page_setter(p, parameter))
    });
    let setter = setter.map(|parameter| {
        let name = token(&parameter.name.ident);
        let value = of_parameter(context, parameter);
        quote!(.#name(#value))
    });
    quote!(api.#name(#(#arguments),*) #setter)
}

fn is_page_setter(paging: &crate::rust::plan::Paging, parameter: &Parameter) -> bool {
    parameter.name.wire == paging.offset || parameter.name.wire == paging.limit
}

fn of_parameter(context: &Context<'_>, parameter: &Parameter) -> TokenStream {
    match parameter.form {
        Form::Text => value(context, &parameter.ty, &parameter.docs, &parameter.name.wire, 0),
        Form::Members(_) | Form::Json => borrowed(context, &parameter.ty, &parameter.docs, &parameter.name.wire),
    }
}

fn of_body(context: &Context<'_>, body: &Body) -> Vec<TokenStream> {
    let required = |parts: &[Part]| {
        let required = parts.iter().filter(|part| part.need == Need::Required);
        required.map(|part| of_part(context, part)).collect::<Vec<_>>()
    };
    match &body.kind {
        BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts) => required(parts),
        BodyKind::Whole { .. } if body.need == Need::Optional => Vec::new(),
        BodyKind::Whole { content, .. } => vec![match content {
            Content::Json(_, ty) => {
                let docs = Docs { example: body.example.clone(), ..body.docs.clone() };
                borrowed(context, ty, &docs, "body")
            }
            Content::Form => {
                let shown = body.example.as_ref().and_then(|whole| whole.as_object()?.values().next());
                file(context, shown, "xml")
            }
            Content::Text(_) => quote!("text"),
            Content::Binary(media_type) => file(context, None, MediaType::new(media_type.as_str()).ending()),
        }],
    }
}

fn of_part(context: &Context<'_>, part: &Part) -> TokenStream {
    match &part.kind {
        PartKind::File => file(context, part.docs.example.as_ref(), "xml"),
        PartKind::Files => {
            let file = file(context, part.docs.example.as_ref().and_then(|names| names.get(0)), "xml");
            quote!([#file])
        }
        PartKind::Text(ty) => value(context, ty, &part.docs, &part.name.wire, 0),
        PartKind::Json(ty) => borrowed(context, ty, &part.docs, &part.name.wire),
    }
}

/// A file with the name that the document shows.
fn file(context: &Context<'_>, shown: Option<&Json>, ending: &str) -> TokenStream {
    let crate_ident = token(context.crate_ident);
    let path = shown.and_then(file_name).map_or_else(|| format!("upload.{ending}"), str::to_owned);
    quote!(#crate_ident::FilePart::from_path(#path)?)
}

/// A value of `ty` as what is written as JSON is taken: by reference.
fn borrowed(context: &Context<'_>, ty: &Type, docs: &Docs, name: &str) -> TokenStream {
    match ty {
        Type::String => value(context, ty, docs, name, 0),
        Type::List(item) => {
            let item = exact(context, item, &first_of(docs), name, 1);
            quote!(&[#item])
        }
        _ => {
            let made = exact(context, ty, docs, name, 0);
            quote!(&#made)
        }
    }
}

/// A value that is of the type itself, not only something that becomes it.
fn exact(context: &Context<'_>, ty: &Type, docs: &Docs, name: &str, depth: usize) -> TokenStream {
    if let Type::List(item) = ty {
        let item = exact(context, item, &first_of(docs), name, depth + 1);
        return quote!(vec![#item]);
    }
    let made = value(context, ty, docs, name, depth);
    let is_literal = matches!(made.clone().into_iter().next(), Some(TokenTree::Literal(_)));
    let is_scalar = matches!(ty, Type::Boolean | Type::Int64 | Type::Double);
    if is_literal && !is_scalar { quote!(#made.into()) } else { made }
}

/// The words of a list for its items: its example is theirs.
fn first_of(docs: &Docs) -> Docs {
    let example = docs.example.as_ref().or(docs.default.as_ref()).and_then(|value| value.get(0)).cloned();
    Docs { example, ..Docs::default() }
}

/// A value of `ty`: the document's example where there is one of that type.
fn value(context: &Context<'_>, ty: &Type, docs: &Docs, name: &str, depth: usize) -> TokenStream {
    let example = docs.example.as_ref().or(docs.default.as_ref());
    match ty {
        Type::String => {
            let text = example.and_then(Json::as_str).map_or_else(|| name.to_owned(), str::to_owned);
            quote!(#text)
        }
        Type::Boolean => {
            let value = example.and_then(Json::as_bool).unwrap_or(true);
            quote!(#value)
        }
        Type::Int64 => {
            let number = example.and_then(Json::as_i64).unwrap_or(1);
            let number = proc_macro2::Literal::i64_unsuffixed(number);
            quote!(#number)
        }
        Type::Double => {
            let number = example.and_then(Json::as_f64).filter(|n| n.is_finite()).unwrap_or(1.0);
            let number = proc_macro2::Literal::f64_unsuffixed(number);
            quote!(#number)
        }
        Type::DateTime => quote!("2026-01-31T12:00:00Z"),
        Type::Json => quote!("value"),
        Type::JsonObject | Type::Map(_) | Type::Optional(_) => quote!(Default::default()),
        Type::List(item) => {
            let item = value(context, item, &first_of(docs), name, depth + 1);
            quote!([#item])
        }
        Type::Named(id) | Type::Boxed(id) => named(context, *id, example, depth),
    }
}

fn named(context: &Context<'_>, id: TypeId, example: Option<&Json>, depth: usize) -> TokenStream {
    let path = context.named(id, Scope::Example);
    let Some(def) = context.def(id) else { return quote!(Default::default()) };
    match &def.kind {
        TypeKind::StringEnum(values) => {
            let wanted = example.and_then(Json::as_str);
            let found = values.variants.iter().find(|variant| Some(variant.wire.as_str()) == wanted);
            match found.or(values.variants.first()) {
                Some(variant) => {
                    let variant = token(&variant.ident);
                    quote!(#path::#variant)
                }
                None => quote!("value"),
            }
        }
        TypeKind::IntegerEnum(values) => {
            let number = values.variants.first().map_or(0, |(_, value)| *value);
            let number = proc_macro2::Literal::i64_suffixed(number);
            quote!(#number)
        }
        TypeKind::Union(union) => {
            let other = token(OTHER);
            if union.variants.iter().any(|variant| variant.ty == Type::String) {
                let text = example.and_then(Json::as_str).unwrap_or("value");
                quote!(#text)
            } else {
                quote!(#path::#other(Default::default()))
            }
        }
        TypeKind::TaggedUnion(_) => {
            let other = token(UNKNOWN);
            quote!(#path::#other(Default::default()))
        }
        // Nothing that is sent is a response.
        TypeKind::ByStatus(_) => quote!(Default::default()),
        TypeKind::Struct(_) if depth > MAX_DEPTH => quote!(Default::default()),
        TypeKind::Struct(object) => made(context, &path, object, example, depth),
    }
}

/// An object as a person would make it: what is required, then a few setters for what has an example. `whole` is what the
/// document shows of all of it.
fn made(context: &Context<'_>, path: &TokenStream, object: &Struct, whole: Option<&Json>, depth: usize) -> TokenStream {
    let shown = |field: &Field| match whole {
        Some(Json::Object(members)) => members.get(&field.name.wire).cloned(),
        _ => field.docs.example.clone(),
    };
    if let Some(made) = object.patch.as_ref().and_then(|patch| patched(context, path, patch, shown, depth)) {
        return made;
    }
    let of = |field: &Field| {
        let docs = Docs { example: shown(field).or_else(|| field.docs.example.clone()), ..field.docs.clone() };
        value(context, &field.ty, &docs, &field.name.wire, depth + 1)
    };
    let arguments = object.arguments().into_iter().map(of);
    let optional = object.fields.iter().filter(|field| field.entry == Entry::Setter && is_settable(context, field));
    let setters = optional.filter(|field| shown(field).is_some()).take(MAX_SETTERS).map(|field| {
        let name = token(&field.name.ident);
        let value = of(field);
        quote!(.#name(#value))
    });
    quote!(#path::new(#(#arguments),*) #(#setters)*)
}

/// An operation of a JSON Patch: that of the document's example, or the first.
fn patched(
    context: &Context<'_>,
    path: &TokenStream,
    patch: &Patch,
    shown: impl Fn(&Field) -> Option<Json>,
    depth: usize,
) -> Option<TokenStream> {
    let text = |field: &Field| shown(field)?.as_str().map(str::to_owned);
    let wanted = text(&patch.op);
    let op = patch.ops.iter().find(|op| Some(op.as_str()) == wanted.as_deref()).or(patch.ops.first())?;
    let name = token(op.as_str());
    let place = text(&patch.path).unwrap_or_else(|| "/path".to_owned());
    Some(match op {
        PatchOp::Add | PatchOp::Replace | PatchOp::Test => {
            let made = |field: &Field| {
                let shown = shown(field).as_ref().and_then(scalar);
                shown.unwrap_or_else(|| value(context, &field.ty, &field.docs, "value", depth + 1))
            };
            let value = patch.value.as_ref().map_or_else(|| quote!("value"), made);
            quote!(#path::#name(#place, #value)?)
        }
        PatchOp::Remove => quote!(#path::#name(#place)),
        PatchOp::Move | PatchOp::Copy => {
            let from = patch.from.as_ref().and_then(text).unwrap_or_else(|| "/from".to_owned());
            quote!(#path::#name(#from, #place))
        }
    })
}

/// A word or a number as a literal, where its type does not matter.
fn scalar(shown: &Json) -> Option<TokenStream> {
    match shown {
        Json::Bool(value) => Some(quote!(#value)),
        Json::String(text) => Some(quote!(#text)),
        Json::Number(number) => {
            let number = number.as_i64().map(proc_macro2::Literal::i64_unsuffixed)?;
            Some(quote!(#number))
        }
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Whether a setter takes a value that fits on a line.
fn is_settable(context: &Context<'_>, field: &Field) -> bool {
    match &field.ty {
        Type::String | Type::Boolean | Type::Int64 => true,
        Type::Named(id) => context.converts(*id),
        _ => false,
    }
}
