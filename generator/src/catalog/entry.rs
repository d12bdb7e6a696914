//! Groups and operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal::{imports, optional_text, raw, text, words};
use super::{schema, security};
use crate::markdown;
use crate::model::{
    Body, Content, Deprecation, Encoding, Example, Group, Header, Need, Operation, Parameter, Part, Parts, Payload,
    Place, Response, Status, Style, TextFormat, Value, ValueKind,
};
use crate::render::SourceFile;
use crate::rust::name::SchemaNames;
use crate::rust::name::token;
use crate::rust::plan;

/// The file of a group.
pub(super) fn group(group: &Group, planned: &plan::Group, names: &SchemaNames<'_>) -> SourceFile {
    let (name, tag, description) = (&planned.module, &group.tag, words(&group.docs));
    let entries = planned.operations.iter().filter_map(|planned_operation| {
        let found = group.operations.iter().find(|operation| operation.id == planned_operation.name.wire)?;
        Some(entry(found, planned, planned_operation, names))
    });
    let line =
        format!(" What the catalog says about the operations of `{}`.", markdown::plain(&group.tag).replace('`', "'"));
    SourceFile {
        attributes: quote!(#![doc = #line]),
        blocks: vec![
            imports(),
            quote! {
                pub(super) const GROUP: Group = Group {
                    name: #name,
                    tag: #tag,
                    description: #description,
                    operations: &[#(#entries),*],
                };
            }
            .into(),
        ],
    }
}

fn entry(
    operation: &Operation,
    group: &plan::Group,
    planned: &plan::Operation,
    names: &SchemaNames<'_>,
) -> TokenStream {
    let (module, constant) = (token(&group.module), token(&planned.constant()));
    let name = &planned.name.ident;
    let summary = optional_text(operation.docs.summary.as_deref());
    let description = optional_text(operation.docs.description.as_deref());
    let deprecated = operation.docs.deprecation == Deprecation::Deprecated;
    let parameters = ordered(operation).into_iter().map(|found| parameter(found, planned, names));
    let body = match &operation.body {
        Some(found) => {
            let body = body(found, planned, names);
            quote!(Some(#body))
        }
        None => quote!(None),
    };
    let responses = operation.responses.iter().map(|found| response(found, names));
    let security = security::requirements(operation);
    let facts = operation.extensions.iter().map(|fact| {
        let (label, values) = (&fact.label, &fact.values);
        quote!((#label, &[#(#values),*]))
    });
    quote! {
        Entry {
            operation: &super::super::#module::#constant,
            name: #name,
            summary: #summary,
            description: #description,
            deprecated: #deprecated,
            parameters: &[#(#parameters),*],
            body: #body,
            responses: &[#(#responses),*],
            security: #security,
            facts: &[#(#facts),*],
        }
    }
}

/// The parameters: those of the path as the template has them, then the others as the document has them.
fn ordered(operation: &Operation) -> Vec<&Parameter> {
    let mut all: Vec<&Parameter> = operation.parameters.iter().collect();
    let position = |parameter: &Parameter| operation.path.find(&format!("{{{}}}", parameter.name));
    all.sort_by_key(|parameter| {
        (parameter.place, if parameter.place == Place::Path { position(parameter) } else { None })
    });
    all
}

fn parameter(found: &Parameter, planned: &plan::Operation, names: &SchemaNames<'_>) -> TokenStream {
    let name = &found.name;
    let rust_name = planned.parameter(found.place, name).map_or(name.as_str(), |known| known.name.ident.as_str());
    let place = match found.place {
        Place::Path => quote!(Path),
        Place::Query => quote!(Query),
        Place::Header => quote!(Header),
        Place::Cookie => quote!(Cookie),
    };
    let style = style(found, names);
    let required = found.need == Need::Required;
    let description = words(&found.docs);
    let schema = raw(&schema::bare(&found.value, &found.docs, names).to_string());
    let example = found.docs.example.as_ref().or_else(|| found.examples.first().map(|example| &example.value));
    let example = match example {
        Some(value) => {
            let json = raw(&value.to_string());
            quote!(Some(#json))
        }
        None => quote!(None),
    };
    let deprecated = found.docs.deprecation == Deprecation::Deprecated;
    quote! {
        Parameter {
            name: #name,
            rust_name: #rust_name,
            place: Place::#place,
            style: Style::#style,
            required: #required,
            description: #description,
            schema: #schema,
            example: #example,
            deprecated: #deprecated,
        }
    }
}

/// How a value is written (OpenAPI 3.0.3, Style Values).
fn style(found: &Parameter, names: &SchemaNames<'_>) -> TokenStream {
    let Encoding::Style { style, explode } = &found.encoding else { return quote!(Json) };
    if found.place == Place::Query && is_object(&found.value, names) {
        let object = match (style, explode) {
            (Style::DeepObject, _) => quote!(Deep),
            (_, true) => quote!(Members),
            (_, false) => quote!(Csv),
        };
        return quote!(Object(::runtime::ObjectStyle::#object));
    }
    let list = match (style, explode) {
        (Style::SpaceDelimited, false) => quote!(Ssv),
        (Style::PipeDelimited, false) => quote!(Pipes),
        (Style::Simple, _) | (_, false) => quote!(Csv),
        (_, true) => quote!(Multi),
    };
    quote!(Text(::runtime::ListStyle::#list))
}

fn is_object(value: &Value, names: &SchemaNames<'_>) -> bool {
    use crate::model::SchemaKind;
    match &value.kind {
        ValueKind::Map(_) => true,
        ValueKind::Named(id) => {
            let kind = names.api.schema(*id).map(|schema| &schema.kind);
            matches!(kind, Some(SchemaKind::Object(_) | SchemaKind::Union(_)))
        }
        _ => false,
    }
}

fn body(found: &Body, planned: &plan::Operation, names: &SchemaNames<'_>) -> TokenStream {
    let required = found.need == Need::Required;
    let description = words(&found.docs);
    let contents = preferred_first(&found.contents, found.preferred());
    let media_types = contents.into_iter().map(|content| media_type(content, Some(planned), names));
    quote! {
        Body {
            required: #required,
            description: #description,
            media_types: &[#(#media_types),*],
        }
    }
}

/// What clients choose, then the others in their order.
fn preferred_first<'a>(contents: &'a [Content], preferred: Option<&'a Content>) -> Vec<&'a Content> {
    let others = contents.iter().filter(|content| preferred.is_none_or(|first| !std::ptr::eq(*content, first)));
    preferred.into_iter().chain(others).collect()
}

fn media_type(content: &Content, planned: Option<&plan::Operation>, names: &SchemaNames<'_>) -> TokenStream {
    let name = content.media_type.as_str();
    let (value, parts) = match &content.payload {
        Payload::Json(value) => (Some(value), &Parts::Undeclared),
        Payload::Text(value) | Payload::Bytes(value) => (value.as_ref(), &Parts::Undeclared),
        Payload::Form(parts) | Payload::UrlEncoded(parts) => (None, parts),
    };
    let schema = match value {
        Some(value) => raw(&schema::value(value, names).to_string()),
        None => quote!(""),
    };
    let parts = parts.declared().iter().map(|found| part(found, planned, names));
    let examples = content.examples.iter().map(|Example { name, value, .. }| {
        let (name, json) = (name.as_deref().unwrap_or_default(), raw(&value.to_string()));
        quote!((#name, #json))
    });
    quote! {
        MediaType {
            name: #name,
            schema: #schema,
            parts: &[#(#parts),*],
            examples: &[#(#examples),*],
        }
    }
}

fn part(found: &Part, planned: Option<&plan::Operation>, names: &SchemaNames<'_>) -> TokenStream {
    let name = &found.name;
    let known = planned.and_then(|planned| planned.part(name));
    let rust_name = known.map_or(name.as_str(), |known| known.name.ident.as_str());
    let required = found.need == Need::Required;
    let kind = match known.map(|known| &known.kind) {
        Some(plan::PartKind::File) => quote!(File),
        Some(plan::PartKind::Files) => quote!(Files),
        Some(plan::PartKind::Text(_)) => quote!(Text),
        Some(plan::PartKind::Json(_)) => quote!(Json),
        None => kind_of_part(&found.value),
    };
    let description = words(&found.docs);
    let schema = raw(&schema::bare(&found.value, &found.docs, names).to_string());
    quote! {
        Part {
            name: #name,
            rust_name: #rust_name,
            required: #required,
            kind: PartKind::#kind,
            description: #description,
            schema: #schema,
        }
    }
}

/// What a part of a form that the client does not send holds.
fn kind_of_part(value: &Value) -> TokenStream {
    let is_file = |value: &Value| matches!(&value.kind, ValueKind::Text(text) if text.format == TextFormat::Binary);
    match &value.kind {
        _ if is_file(value) => quote!(File),
        ValueKind::List(list) if is_file(&list.items) => quote!(Files),
        ValueKind::List(_) | ValueKind::Map(_) | ValueKind::Named(_) | ValueKind::Any => quote!(Json),
        _ => quote!(Text),
    }
}

fn response(found: &Response, names: &SchemaNames<'_>) -> TokenStream {
    let status = match found.status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(Code(#code))
        }
        Status::Range(hundred) => {
            let hundred = proc_macro2::Literal::u16_unsuffixed(hundred);
            quote!(Range(#hundred))
        }
        Status::Default => quote!(Default),
    };
    let description = text(found.description.trim());
    let headers = found.headers.iter().map(|found| header(found, names));
    let contents = preferred_first(&found.contents, found.preferred());
    let media_types = contents.into_iter().map(|content| media_type(content, None, names));
    quote! {
        Response {
            status: Status::#status,
            description: #description,
            headers: &[#(#headers),*],
            media_types: &[#(#media_types),*],
        }
    }
}

fn header(found: &Header, names: &SchemaNames<'_>) -> TokenStream {
    let (name, description) = (&found.name, words(&found.docs));
    let schema = raw(&schema::bare(&found.value, &found.docs, names).to_string());
    quote!(Header { name: #name, description: #description, schema: #schema })
}
