//! Values for examples: those that the document shows, else what its schemas want.

use serde_json::{Map, Value as Json, json};

use crate::model::{
    Access, Api, Bound, Content, Docs, Example, Need, Object, Payload, Property, SchemaKind, Text, TextFormat, Value,
    ValueKind,
};

/// Required values inside required values are made down to here; below, a schema that requires itself has no end.
const MAX_DEPTH: usize = 8;

/// More optional members than this hide the point of an example.
const MAX_OTHERS: usize = 3;

/// The value of a body.
pub(super) fn of_content(api: &Api, content: &Content) -> Json {
    match (content.example(), &content.payload) {
        (Some(example), _) => example.clone(),
        (None, Payload::Json(value)) => of_value(api, value, "body", 0),
        (None, _) => Json::Null,
    }
}

/// The value of a parameter, a part or a property.
pub(super) fn of(api: &Api, value: &Value, docs: &Docs, examples: &[Example], name: &str) -> Json {
    let shown = docs.example.as_ref().or_else(|| examples.first().map(|example| &example.value));
    shown.or(docs.default.as_ref()).cloned().unwrap_or_else(|| of_value(api, value, name, 0))
}

fn of_value(api: &Api, value: &Value, name: &str, depth: usize) -> Json {
    if let Some(first) = value.allowed.first() {
        return first.clone();
    }
    match &value.kind {
        ValueKind::Any => json!("value"),
        ValueKind::Boolean => json!(true),
        ValueKind::Integer(integer) => match integer.minimum {
            Some(Bound::Inclusive(least)) => json!(least),
            Some(Bound::Exclusive(least)) => json!(least.saturating_add(1)),
            None => json!(1),
        },
        ValueKind::Number(number) => match number.minimum {
            Some(Bound::Inclusive(least)) => json!(least),
            Some(Bound::Exclusive(least)) => json!(least + 1.0),
            None => json!(1),
        },
        ValueKind::Text(text) => json!(of_text(text, name)),
        ValueKind::List(_) if depth > MAX_DEPTH => json!([]),
        ValueKind::List(list) => json!([of_value(api, &list.items, name, depth + 1)]),
        ValueKind::Map(_) => json!({}),
        ValueKind::Named(id) => match api.schema(*id).map(|schema| &schema.kind) {
            Some(SchemaKind::StringEnum(values)) => json!(values.values.first()),
            Some(SchemaKind::IntegerEnum(values)) => json!(values.values.first()),
            Some(SchemaKind::Object(object)) if depth <= MAX_DEPTH => of_object(api, object, depth),
            Some(SchemaKind::Union(union)) if depth <= MAX_DEPTH => {
                union.variants.first().map_or(Json::Null, |first| of_value(api, &first.value, name, depth + 1))
            }
            _ => Json::Null,
        },
    }
}

/// An object as a person would make it: what is required, then a few more members for which the document shows a value.
fn of_object(api: &Api, object: &Object, depth: usize) -> Json {
    let sent = || object.properties.iter().filter(|property| property.access != Access::ReadOnly);
    let required = sent().filter(|property| property.need == Need::Required);
    let others = sent().filter(|property| property.need == Need::Optional && is_showable(property)).take(MAX_OTHERS);
    let members = required.chain(others).map(|property| {
        let shown = property.docs.example.as_ref().or(property.docs.default.as_ref()).cloned();
        let value = shown.unwrap_or_else(|| of_value(api, &property.value, &property.name, depth + 1));
        (property.name.clone(), value)
    });
    Json::Object(members.collect::<Map<_, _>>())
}

/// Whether the document shows a simple value for a property.
fn is_showable(property: &Property) -> bool {
    property.docs.example.as_ref().is_some_and(|value| !value.is_object() && !value.is_array() && !value.is_null())
}

fn of_text(text: &Text, name: &str) -> String {
    match &text.format {
        TextFormat::Date => "2026-01-31".to_owned(),
        TextFormat::DateTime => "2026-01-31T12:00:00Z".to_owned(),
        TextFormat::Uuid => "3f2b8c1e-5d47-4a9b-8e63-0c1d2e3f4a5b".to_owned(),
        TextFormat::Base64 => "ZXhhbXBsZQ==".to_owned(),
        _ => name.to_owned(),
    }
}
