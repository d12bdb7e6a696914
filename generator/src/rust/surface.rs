//! What users of the crate see of an API, without the code behind it: the part of a change that a reviewer judges first.
//!
//! One text for each emitted file that has anything to see, under the same path.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::rust::name::{OTHER, UNKNOWN};
use crate::rust::plan::{
    Additional, Api, Body, BodyKind, Content, Deprecation, Docs, Entry, Field, Form, Need, ObjectStyle, Operation,
    Parameter, PartKind, Place, Presence, Struct, Success, Type, TypeDef, TypeId, TypeKind, Usage,
};

/// The names of the types of an API.
type Types<'a> = BTreeMap<TypeId, &'a str>;

/// The surface of each file of `api`.
pub(crate) fn surfaces(api: &Api) -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let folder = format!("src/{}", api.module);
    let types: Types<'_> = api.types.iter().map(|def| (def.id, def.ident.as_str())).collect();
    for def in &api.types {
        let text = texts.entry(format!("{folder}/models/{}.rs", def.module)).or_default();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&type_def(&types, def));
    }
    for group in &api.groups {
        let mut text = format!("{}\n", group.ident);
        for operation in &group.operations {
            text.push('\n');
            text.push_str(&of_operation(&types, operation));
        }
        texts.insert(format!("{folder}/{}.rs", group.module), text);
    }
    texts
}

fn type_def(types: &Types<'_>, def: &TypeDef) -> String {
    let usage = match def.usage {
        Usage::Read => "read",
        Usage::Written => "written",
        Usage::Both => "read and written",
    };
    let former: String = def.former.iter().map(|name| format!(", once {name}")).collect();
    let name = format!("{}{}{former}", def.ident, mark(&def.docs));
    match &def.kind {
        TypeKind::Struct(object) => of_struct(types, &name, def.usage, usage, object),
        TypeKind::StringEnum(values) => {
            let mut text = format!("enum {name} ({usage})\n");
            for variant in &values.variants {
                let _ = writeln!(text, "    {} = {:?}", variant.ident, variant.wire);
            }
            let _ = writeln!(text, "    {UNKNOWN}(…)");
            text
        }
        TypeKind::IntegerEnum(values) => {
            let mut text = format!("enum {name} ({usage})\n");
            for (variant, value) in &values.variants {
                let _ = writeln!(text, "    {} = {value}", variant.ident);
            }
            let _ = writeln!(text, "    {UNKNOWN}(i64)");
            text
        }
        TypeKind::Union(union) => {
            let mut text = format!("union {name} ({usage}), the best match wins\n");
            for variant in &union.variants {
                let _ = writeln!(text, "    {}({})", variant.name.ident, of_type(types, &variant.ty));
            }
            let _ = writeln!(text, "    {OTHER}(JSON)");
            text
        }
        TypeKind::TaggedUnion(union) => {
            let mut text = format!("union {name} ({usage}), told apart by {:?}\n", union.tag);
            for (variant, tags) in &union.variants {
                let _ = writeln!(text, "    {}({}) for {tags:?}", variant.name.ident, of_type(types, &variant.ty));
            }
            let _ = writeln!(text, "    {UNKNOWN}(JSON)");
            text
        }
        TypeKind::ByStatus(found) => {
            let mut text = format!("responses {name}, by status\n");
            for variant in &found.variants {
                let _ = writeln!(text, "    {}: {}", variant.name.ident, of_success(types, &variant.body));
            }
            let _ = writeln!(text, "    {OTHER}: bytes");
            text
        }
    }
}

fn of_struct(types: &Types<'_>, name: &str, usage: Usage, words: &str, object: &Struct) -> String {
    let arguments: Vec<&str> = object.arguments().into_iter().map(|field| field.name.ident.as_str()).collect();
    let new = if usage == Usage::Read { String::new() } else { format!(", new({})", arguments.join(", ")) };
    let mut text = format!("struct {name} ({words}){new}\n");
    for field in &object.fields {
        let server = if usage != Usage::Read && field.entry == Entry::Server { ", set by the server" } else { "" };
        let _ = writeln!(text, "    {}{server}", of_field(types, field));
    }
    if let Some(patch) = &object.patch {
        let ops: Vec<&str> = patch.ops.iter().map(|op| op.as_str()).collect();
        let _ = writeln!(text, "    constructors of JSON Patch: {}", ops.join(", "));
    }
    if let Additional::Typed { ident, ty } = &object.additional {
        let _ = writeln!(text, "    {ident}: map of {}, all other properties", of_type(types, ty));
    }
    text
}

fn of_field(types: &Types<'_>, field: &Field) -> String {
    let ty = of_type(types, &field.ty);
    let unset = if field.presence == Presence::Null { ", null unless set" } else { "" };
    let wire = if field.name.wire == field.name.ident { String::new() } else { format!(" = {:?}", field.name.wire) };
    format!("{}: Option<{ty}>{wire}{unset}{}", field.name.ident, mark(&field.docs))
}

fn of_operation(types: &Types<'_>, operation: &Operation) -> String {
    let mut arguments: Vec<String> = operation.arguments.iter().map(|p| of_parameter(types, p)).collect();
    let mut setters: Vec<String> = operation.setters.iter().map(|p| of_parameter(types, p)).collect();
    for (need, text) in operation.body.iter().flat_map(|body| of_body(types, body)) {
        if need == Need::Required { arguments.push(text) } else { setters.push(text) }
    }
    let mut text = format!("{}({}){}\n", operation.name.ident, arguments.join(", "), mark(&operation.docs));
    let _ = writeln!(text, "    {} {}", operation.method.as_str(), operation.path);
    for setter in setters {
        let _ = writeln!(text, "    .{setter}");
    }
    for former in &operation.former {
        let _ = writeln!(text, "    once {}, and its call {}", former.method, former.builder);
    }
    let paged = if operation.paging.is_some() { ", page by page" } else { "" };
    let _ = writeln!(text, "    returns {}{paged}", of_success(types, &operation.success));
    let mut responses: Vec<(String, Vec<String>)> = Vec::new();
    for response in &operation.responses {
        let body = of_success(types, &response.body);
        match responses.iter_mut().find(|(known, _)| *known == body) {
            Some((_, statuses)) => statuses.push(response.status.to_string()),
            None => responses.push((body, vec![response.status.to_string()])),
        }
    }
    for (body, statuses) in responses {
        let _ = writeln!(text, "    {}: {body}", statuses.join(", "));
    }
    for requirement in &operation.requirements {
        let _ = writeln!(text, "    {}: {}", requirement.label, requirement.values.join(", "));
    }
    text
}

fn of_parameter(types: &Types<'_>, parameter: &Parameter) -> String {
    let place = match parameter.place {
        Place::Path => "",
        Place::Query(_) => " in the query",
        Place::Header => " in a header",
        Place::Cookie => " in a cookie",
    };
    let form = match parameter.form {
        Form::Text => "",
        Form::Json => " as JSON",
        Form::Members(ObjectStyle::Deep) => " as members in brackets",
        Form::Members(ObjectStyle::Members) => " as parameters of their own",
        Form::Members(ObjectStyle::Comma) => " as members with commas",
    };
    let preset = parameter.preset.as_ref().map_or_else(String::new, |text| format!(", {text:?} unless set"));
    format!("{}: {}{form}{place}{preset}{}", parameter.name.ident, of_type(types, &parameter.ty), mark(&parameter.docs))
}

fn of_body(types: &Types<'_>, body: &Body) -> Vec<(Need, String)> {
    match &body.kind {
        BodyKind::Whole { ident, content } => {
            let what = match content {
                Content::Json(media_type, ty) => format!("{} as {media_type}", of_type(types, ty)),
                Content::Form => "any multipart/form-data".to_owned(),
                Content::Text(media_type) => format!("text as {media_type}"),
                Content::Binary(media_type) => format!("bytes as {media_type}"),
            };
            vec![(body.need, format!("{ident}: {what}"))]
        }
        BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts) => parts
            .iter()
            .map(|part| {
                let what = match &part.kind {
                    PartKind::File => "a file".to_owned(),
                    PartKind::Files => "files".to_owned(),
                    PartKind::Text(ty) => of_type(types, ty),
                    PartKind::Json(ty) => format!("{} as JSON", of_type(types, ty)),
                };
                (part.need, format!("{}: {what} in the form", part.name.ident))
            })
            .collect(),
    }
}

fn of_success(types: &Types<'_>, success: &Success) -> String {
    match success {
        Success::Empty => "nothing".to_owned(),
        Success::Text => "text".to_owned(),
        Success::Binary => "bytes".to_owned(),
        Success::Json(ty) | Success::ByStatus(ty) => of_type(types, ty),
        Success::JsonOrEmpty(ty) => format!("{} or nothing", of_type(types, ty)),
    }
}

fn name_of<'a>(types: &Types<'a>, id: TypeId) -> &'a str {
    types.get(&id).copied().unwrap_or("?")
}

fn of_type(types: &Types<'_>, ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Int64 => "i64".to_owned(),
        Type::Double => "f64".to_owned(),
        Type::DateTime => "DateTime".to_owned(),
        Type::Json => "JSON".to_owned(),
        Type::JsonObject => "JSON object".to_owned(),
        Type::List(inner) => format!("list of {}", of_type(types, inner)),
        Type::Map(inner) => format!("map of {}", of_type(types, inner)),
        Type::Optional(inner) => format!("{} or null", of_type(types, inner)),
        Type::Named(id) => name_of(types, *id).to_owned(),
        Type::Boxed(id) => format!("Box<{}>", name_of(types, *id)),
    }
}

fn mark(docs: &Docs) -> &'static str {
    if docs.deprecation == Deprecation::Deprecated { ", deprecated" } else { "" }
}
