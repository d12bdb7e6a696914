//! The page of a model: an object, a set of values, or a choice.

use super::operation::{default, described, required};
use super::places::{Model, Places};
use super::text::{Page, code, codes};
use super::types::Types;
use crate::model::{
    Access, Additional, Api, Deprecation, Object, Property, Schema, SchemaKind, Union, UnionRule, Usage,
};
use crate::rust::plan;

/// The page of a schema. `users` are links to the operations that reach it.
pub(super) fn page(
    api: &Api,
    plan: &plan::Api,
    places: &Places,
    schema: &Schema,
    model: &Model,
    users: &[String],
) -> String {
    let types = Types { api, places, to_models: "" };
    let mut page = Page::titled(&model.name);
    if schema.docs.deprecation == Deprecation::Deprecated {
        page.paragraph("**Deprecated.**");
    }
    let title = schema.docs.title.as_deref().filter(|_| schema.docs.description.is_none());
    page.words(title);
    page.words(schema.docs.description.as_deref());
    let planned = plan.types.iter().find(|def| def.id.0 == schema.id.0);
    page.table(&["", ""], &facts(plan, schema, planned));
    match &schema.kind {
        SchemaKind::Object(object) => of_object(&mut page, types, object, planned),
        SchemaKind::StringEnum(values) => {
            page.heading(2, "Values");
            let ident = |wire: &String| variant(planned, wire);
            let rows: Vec<Vec<String>> = values.values.iter().map(|value| vec![code(value), ident(value)]).collect();
            page.table(&["Value", "In Rust"], &rows);
        }
        SchemaKind::IntegerEnum(values) => {
            page.heading(2, "Values");
            let rows: Vec<Vec<String>> = values.values.iter().map(|value| vec![code(&value.to_string())]).collect();
            page.table(&["Value"], &rows);
        }
        SchemaKind::Union(union) => of_union(&mut page, types, union),
    }
    if !users.is_empty() {
        page.heading(2, "Operations");
        page.list(users);
    }
    page.finish()
}

fn facts(plan: &plan::Api, schema: &Schema, planned: Option<&plan::TypeDef>) -> Vec<Vec<String>> {
    let usage = match schema.usage {
        Usage::Read => "in responses",
        Usage::Written => "in requests",
        Usage::Both => "in requests and responses",
    };
    let rust = planned.map(|def| vec!["Rust".to_owned(), code(&format!("{}::models::{}", plan.module, def.ident))]);
    rust.into_iter().chain([vec!["Used".to_owned(), usage.to_owned()]]).collect()
}

fn of_object(page: &mut Page, types: Types<'_>, object: &Object, planned: Option<&plan::TypeDef>) {
    let rows: Vec<Vec<String>> = object
        .properties
        .iter()
        .map(|property| {
            let access = match property.access {
                Access::Any => "",
                Access::ReadOnly => "the server",
                Access::WriteOnly => "the caller",
            };
            vec![
                code(&property.name),
                field(planned, &property.name),
                types.of(&property.value),
                required(property.need),
                access.to_owned(),
                words(types, property),
            ]
        })
        .collect();
    if !rows.is_empty() {
        page.heading(2, "Properties");
    }
    page.table(&["Name", "In Rust", "Type", "Required", "Set only by", "Description"], &rows);
    match &object.additional {
        Additional::Unstated => {}
        Additional::Allowed => page.paragraph("Further properties may be there."),
        Additional::Forbidden => page.paragraph("No other property may be there."),
        Additional::Typed(value) => page.paragraph(&format!("Further properties hold {}.", types.of(value))),
    }
}

/// What the document says of a property, then its values: columns of their own would push the words out of sight.
fn words(types: Types<'_>, property: &Property) -> String {
    let example = property.docs.example.as_ref().map_or_else(String::new, super::text::json);
    let values =
        [("Default", default(&property.docs)), ("Allowed", types.allowed(&property.value)), ("Example", example)];
    let values = values.into_iter().filter(|(_, value)| !value.is_empty());
    let values = values.map(|(name, value)| format!("{name}: {value}."));
    let words = Some(described(&property.docs)).filter(|words| !words.is_empty());
    words.into_iter().chain(values).collect::<Vec<_>>().join(" ")
}

/// The field of a property, in code.
fn field(planned: Option<&plan::TypeDef>, wire: &str) -> String {
    let Some(plan::TypeKind::Struct(object)) = planned.map(|def| &def.kind) else { return String::new() };
    let field = object.fields.iter().find(|field| field.name.wire == wire);
    field.map_or_else(String::new, |field| code(&field.name.ident))
}

/// The variant of a value, in code.
fn variant(planned: Option<&plan::TypeDef>, wire: &str) -> String {
    let Some(plan::TypeKind::StringEnum(values)) = planned.map(|def| &def.kind) else { return String::new() };
    let variant = values.variants.iter().find(|variant| variant.wire == wire);
    variant.map_or_else(String::new, |variant| code(&variant.ident))
}

fn of_union(page: &mut Page, types: Types<'_>, union: &Union) {
    page.heading(2, "Variants");
    page.paragraph(match union.rule {
        UnionRule::One => "Exactly one of these.",
        UnionRule::Any => "One or more of these.",
    });
    if let Some(discriminator) = &union.discriminator {
        page.paragraph(&format!("The property {} tells which.", code(&discriminator.property)));
    }
    let rows: Vec<Vec<String>> = union
        .variants
        .iter()
        .map(|variant| {
            let tags = codes(variant.tags.iter().map(String::as_str));
            vec![code(&variant.name), types.of(&variant.value), tags, described(&variant.docs)]
        })
        .collect();
    page.table(&["Variant", "Type", "Told by", "Description"], &rows);
}
