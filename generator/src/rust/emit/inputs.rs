//! What goes into a request: for each parameter, part or body the argument that takes it and the statement that puts it
//! there.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, Scope};
use super::prelude::Prelude;
use crate::rust::name::token;
use crate::rust::plan::{
    Body, BodyKind, Content, Docs, Form, ListStyle, Need, ObjectStyle, Operation, Parameter, Part, PartKind, Place,
    Type,
};

/// One thing that goes into a request.
pub(super) struct Input<'a> {
    /// The name of the argument or setter.
    pub ident: &'a str,
    /// What it becomes in the request.
    pub subject: Subject<'a>,
    /// The argument's type.
    pub ty: TokenStream,
    /// Puts the argument into the request that `target` names.
    pub statement: Statement<'a>,
    pub docs: &'a Docs,
}

/// What an argument or a setter becomes in the request.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// The parameter, or the part of a form, of that name.
    Named(&'a str),
    /// The body in one piece.
    Body,
}

/// Makes the statement that puts an argument called by the first identifier into the request at the given place.
type Statement<'a> = Box<dyn Fn(&Ident, &TokenStream) -> TokenStream + 'a>;

/// What must be given: arguments of the method.
pub(super) fn required<'a>(context: &'a Context<'_>, operation: &'a Operation) -> Vec<Input<'a>> {
    let parameters = operation.arguments.iter().map(|parameter| of_parameter(context, parameter));
    let body = operation.body.iter().flat_map(|body| of_body(context, body, Need::Required));
    parameters.chain(body).collect()
}

/// What may be given: setters of the builder.
pub(super) fn optional<'a>(context: &'a Context<'_>, operation: &'a Operation) -> Vec<Input<'a>> {
    let parameters = operation.setters.iter().map(|parameter| of_parameter(context, parameter));
    let body = operation.body.iter().flat_map(|body| of_body(context, body, Need::Optional));
    parameters.chain(body).collect()
}

fn of_parameter<'a>(context: &'a Context<'_>, parameter: &'a Parameter) -> Input<'a> {
    if parameter.form != Form::Text {
        return of_structured(context, parameter);
    }
    let wire = parameter.name.wire.as_str();
    let (ty, value) = displayed(context, &parameter.ty);
    let statement: Statement<'a> = match (parameter.place, &parameter.ty) {
        (Place::Query(style), Type::List(_)) => {
            let style = list_style(style);
            Box::new(move |ident, to| {
                let values = value(ident);
                quote!(#to.query_list(#wire, #style, #values);)
            })
        }
        (Place::Query(_), _) => Box::new(move |ident, to| {
            let value = value(ident);
            quote!(#to.query(#wire, &#value);)
        }),
        (place, ty) => {
            let is_list = matches!(ty, Type::List(_));
            Box::new(move |ident, to| {
                let value = value(ident);
                // OpenAPI 3.0.3, style `simple`: a list is written with commas.
                let value = if is_list { quote!(::runtime::comma_separated(#value)) } else { value };
                match place {
                    Place::Path => quote!(#to.path(#wire, &#value);),
                    Place::Cookie => quote!(#to.cookie(#wire, &#value);),
                    _ => quote!(#to.header(#wire, &#value);),
                }
            })
        }
    };
    Input { ident: &parameter.name.ident, subject: Subject::Named(wire), ty, statement, docs: &parameter.docs }
}

/// A parameter that is an object, or a JSON document.
fn of_structured<'a>(context: &'a Context<'_>, parameter: &'a Parameter) -> Input<'a> {
    let (wire, place) = (parameter.name.wire.as_str(), parameter.place);
    let statement: Statement<'a> = match parameter.form {
        Form::Members(style) => {
            let style = object_style(style);
            Box::new(move |ident, to| quote!(#to.query_object(#wire, #style, #ident);))
        }
        Form::Text | Form::Json => Box::new(move |ident, to| {
            let value = quote!(&::runtime::json_text(#ident));
            match place {
                Place::Query(_) => quote!(#to.query(#wire, #value);),
                Place::Path => quote!(#to.path(#wire, #value);),
                Place::Cookie => quote!(#to.cookie(#wire, #value);),
                Place::Header => quote!(#to.header(#wire, #value);),
            }
        }),
    };
    let ty = borrowed(context, &parameter.ty);
    Input { ident: &parameter.name.ident, subject: Subject::Named(wire), ty, statement, docs: &parameter.docs }
}

fn object_style(style: ObjectStyle) -> TokenStream {
    match style {
        ObjectStyle::Deep => quote!(::runtime::ObjectStyle::Deep),
        ObjectStyle::Members => quote!(::runtime::ObjectStyle::Members),
        ObjectStyle::Comma => quote!(::runtime::ObjectStyle::Csv),
    }
}

fn list_style(style: ListStyle) -> TokenStream {
    match style {
        ListStyle::Multi => quote!(::runtime::ListStyle::Multi),
        ListStyle::Comma => quote!(::runtime::ListStyle::Csv),
        ListStyle::Space => quote!(::runtime::ListStyle::Ssv),
        ListStyle::Pipe => quote!(::runtime::ListStyle::Pipes),
    }
}

/// Makes the expression for an argument of the given name.
type Expression<'a> = Box<dyn Fn(&Ident) -> TokenStream + 'a>;

/// How something that is written as text is taken: the argument's type, and the expression that can be displayed.
fn displayed<'a>(context: &'a Context<'_>, ty: &'a Type) -> (TokenStream, Expression<'a>) {
    let Prelude { as_ref, into, into_iterator, to_owned, .. } = &context.prelude;
    match ty {
        Type::String => (quote!(impl #as_ref<str>), Box::new(|ident| quote!(#ident.as_ref()))),
        Type::Named(_) | Type::DateTime => {
            let exact = context.ty(ty, Scope::Beside);
            let argument = quote!(impl #into<#exact>);
            (argument, Box::new(move |ident| quote!(#into::<#exact>::into(#ident))))
        }
        Type::List(item) => {
            let (argument, made) = displayed(context, item);
            // What is borrowed from an item cannot outlive it.
            let owned = matches!(**item, Type::String);
            let values: Expression<'a> = Box::new(move |ident| {
                let made = made(&token("item"));
                let made = if owned { quote!(#to_owned::to_owned(#made)) } else { made };
                quote!(#ident.into_iter().map(|item| #made))
            });
            (quote!(impl #into_iterator<Item = #argument>), values)
        }
        _ => (context.ty(ty, Scope::Beside), Box::new(|ident| quote!(#ident))),
    }
}

/// The body, or its parts, as far as they are needed in the given way.
fn of_body<'a>(context: &'a Context<'_>, body: &'a Body, need: Need) -> Vec<Input<'a>> {
    let needed = |parts: &'a [Part]| parts.iter().filter(move |part| part.need == need);
    match &body.kind {
        BodyKind::Whole { .. } if body.need != need => Vec::new(),
        BodyKind::Whole { ident, content } => {
            let (ty, statement) = of_whole(context, content);
            vec![Input { ident, subject: Subject::Body, ty, statement, docs: &body.docs }]
        }
        BodyKind::Parts(parts) => needed(parts).map(|part| of_part(context, part)).collect(),
        BodyKind::UrlEncoded(parts) => needed(parts).map(|part| of_form_field(context, part)).collect(),
    }
}

/// A body in one piece: the argument's type, and what puts it into the request.
fn of_whole<'a>(context: &'a Context<'_>, content: &'a Content) -> (TokenStream, Statement<'a>) {
    let Prelude { into, string, .. } = &context.prelude;
    match content {
        Content::Json(media_type, ty) => {
            (borrowed(context, ty), Box::new(move |ident, to| quote!(#to.json(#media_type, #ident);)))
        }
        Content::Form => (quote!(impl #into<::runtime::Form>), Box::new(|ident, to| quote!(#to.form(#ident.into());))),
        Content::Text(media_type) => (
            quote!(impl #into<#string>),
            Box::new(move |ident, to| quote!(#to.bytes(#media_type, #into::<#string>::into(#ident));)),
        ),
        Content::Binary(media_type) => {
            let statement: Statement<'a> = Box::new(move |ident, to| quote!(#to.upload(#media_type, #ident.into());));
            (quote!(impl #into<::runtime::FilePart>), statement)
        }
    }
}

/// How a JSON body is taken: by reference, a list as a slice.
fn borrowed(context: &Context<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::List(item) => {
            let item = context.ty(item, Scope::Beside);
            quote!(&[#item])
        }
        Type::String => quote!(&str),
        other => {
            let exact = context.ty(other, Scope::Beside);
            quote!(&#exact)
        }
    }
}

fn of_part<'a>(context: &'a Context<'_>, part: &'a Part) -> Input<'a> {
    let wire = part.name.wire.as_str();
    let Prelude { into, into_iterator, .. } = &context.prelude;
    let file = || quote!(impl #into<::runtime::FilePart>);
    let (ty, statement): (TokenStream, Statement<'a>) = match &part.kind {
        PartKind::File => (file(), Box::new(move |ident, to| quote!(#to.file(#wire, #ident.into());))),
        PartKind::Files => {
            let file = file();
            (
                quote!(impl #into_iterator<Item = #file>),
                Box::new(move |ident, to| {
                    quote! {
                        for file in #ident {
                            #to.file(#wire, file.into());
                        }
                    }
                }),
            )
        }
        PartKind::Text(ty) => {
            let (ty, value) = displayed(context, ty);
            let statement: Statement<'a> = Box::new(move |ident, to| {
                let value = value(ident);
                quote!(#to.text(#wire, &#value);)
            });
            (ty, statement)
        }
        PartKind::Json(ty) => (borrowed(context, ty), Box::new(move |ident, to| quote!(#to.json_part(#wire, #ident);))),
    };
    Input { ident: &part.name.ident, subject: Subject::Named(wire), ty, statement, docs: &part.docs }
}

fn of_form_field<'a>(context: &'a Context<'_>, part: &'a Part) -> Input<'a> {
    let wire = part.name.wire.as_str();
    let (ty, value): (TokenStream, Expression<'a>) = match &part.kind {
        PartKind::Text(ty) => displayed(context, ty),
        // Only scalars have a form here; the caller writes anything else as text.
        PartKind::Json(_) | PartKind::File | PartKind::Files => {
            let as_ref = &context.prelude.as_ref;
            (quote!(impl #as_ref<str>), Box::new(|ident| quote!(#ident.as_ref())))
        }
    };
    let statement: Statement<'a> = Box::new(move |ident, to| {
        let value = value(ident);
        quote!(#to.form_field(#wire, &#value);)
    });
    Input { ident: &part.name.ident, subject: Subject::Named(wire), ty, statement, docs: &part.docs }
}
