//! Schemas of the model as JSON Schema (the dialect of OpenAPI 3.1). References lead to `#/schemas/<name>`.

use serde_json::{Map, Value as Json, json};

use crate::model::{
    Access, Additional, Bound, Deprecation, Docs, EnumValues, List, Need, Object, Property, Schema, SchemaKind, Text,
    TextFormat, Union, UnionRule, Value, ValueKind,
};
use crate::rust::name::SchemaNames;

/// A schema with a name.
pub(super) fn of(schema: &Schema, names: &SchemaNames<'_>) -> Json {
    let mut written = match &schema.kind {
        SchemaKind::Object(found) => object(found, names),
        SchemaKind::StringEnum(EnumValues { values }) => json!({ "type": "string", "enum": values }),
        SchemaKind::IntegerEnum(EnumValues { values }) => json!({ "type": "integer", "enum": values }),
        SchemaKind::Union(found) => union(found, names),
    };
    describe(&mut written, &schema.docs);
    written
}

/// The values of one place.
pub(super) fn value(value: &Value, names: &SchemaNames<'_>) -> Json {
    let mut written = kind(&value.kind, names);
    if !value.allowed.is_empty() {
        written["enum"] = Json::Array(value.allowed.clone());
    }
    if value.nullable && value.kind != ValueKind::Any {
        written = or_null(written);
    }
    written
}

/// The values of one place, with what the document says about them there.
pub(super) fn described(found: &Value, docs: &Docs, names: &SchemaNames<'_>) -> Json {
    let mut written = value(found, names);
    describe(&mut written, docs);
    written
}

/// The values of a parameter: its own words stand beside the schema.
pub(super) fn bare(found: &Value, docs: &Docs, names: &SchemaNames<'_>) -> Json {
    let mut written = value(found, names);
    if let Some(default) = &docs.default {
        written["default"] = default.clone();
    }
    written
}

fn kind(kind: &ValueKind, names: &SchemaNames<'_>) -> Json {
    match kind {
        ValueKind::Any => json!({}),
        ValueKind::Boolean => json!({ "type": "boolean" }),
        ValueKind::Integer(found) => {
            let mut written = json!({ "type": "integer" });
            put(&mut written, "format", found.format.as_ref());
            bounds(&mut written, found.minimum, found.maximum);
            put(&mut written, "multipleOf", found.multiple_of);
            written
        }
        ValueKind::Number(found) => {
            let mut written = json!({ "type": "number" });
            put(&mut written, "format", found.format.as_ref());
            bounds(&mut written, found.minimum, found.maximum);
            put(&mut written, "multipleOf", found.multiple_of);
            written
        }
        ValueKind::Text(found) => text(found),
        ValueKind::List(found) => list(found, names),
        ValueKind::Map(found) => {
            let mut written = json!({ "type": "object", "additionalProperties": value(&found.values, names) });
            put(&mut written, "minProperties", found.min_properties);
            put(&mut written, "maxProperties", found.max_properties);
            written
        }
        ValueKind::Named(id) => match names.get(*id) {
            Some(name) => json!({ "$ref": format!("#/schemas/{name}") }),
            None => json!({}),
        },
    }
}

fn text(found: &Text) -> Json {
    let mut written = json!({ "type": "string" });
    let format = match &found.format {
        TextFormat::Plain => None,
        TextFormat::Date => Some("date"),
        TextFormat::DateTime => Some("date-time"),
        TextFormat::Uuid => Some("uuid"),
        TextFormat::Base64 => Some("byte"),
        TextFormat::Binary => Some("binary"),
        TextFormat::Password => Some("password"),
        TextFormat::Other(other) => Some(other.as_str()),
    };
    put(&mut written, "format", format);
    put(&mut written, "minLength", found.min_length);
    put(&mut written, "maxLength", found.max_length);
    put(&mut written, "pattern", found.pattern.as_ref());
    written
}

fn list(found: &List, names: &SchemaNames<'_>) -> Json {
    let mut written = json!({ "type": "array", "items": value(&found.items, names) });
    put(&mut written, "minItems", found.min_items);
    put(&mut written, "maxItems", found.max_items);
    put(&mut written, "uniqueItems", found.unique.then_some(true));
    written
}

fn object(found: &Object, names: &SchemaNames<'_>) -> Json {
    let properties: Map<String, Json> =
        found.properties.iter().map(|property| (property.name.clone(), self::property(property, names))).collect();
    let required: Vec<&str> = found
        .properties
        .iter()
        .filter(|property| property.need == Need::Required)
        .map(|property| property.name.as_str())
        .collect();
    let mut written = json!({ "type": "object", "properties": properties });
    put(&mut written, "required", (!required.is_empty()).then_some(required));
    match &found.additional {
        Additional::Unstated | Additional::Allowed => {}
        Additional::Forbidden => put(&mut written, "additionalProperties", Some(false)),
        Additional::Typed(of) => put(&mut written, "additionalProperties", Some(value(of, names))),
    }
    put(&mut written, "minProperties", found.min_properties);
    put(&mut written, "maxProperties", found.max_properties);
    written
}

fn property(found: &Property, names: &SchemaNames<'_>) -> Json {
    let mut written = described(&found.value, &found.docs, names);
    match found.access {
        Access::Any => {}
        Access::ReadOnly => put(&mut written, "readOnly", Some(true)),
        Access::WriteOnly => put(&mut written, "writeOnly", Some(true)),
    }
    written
}

fn union(found: &Union, names: &SchemaNames<'_>) -> Json {
    let variants: Vec<Json> = found.variants.iter().map(|variant| value(&variant.value, names)).collect();
    let rule = match found.rule {
        UnionRule::One => "oneOf",
        UnionRule::Any => "anyOf",
    };
    let mut written = json!({ rule: variants });
    if let Some(discriminator) = &found.discriminator {
        let mut mapping = Map::new();
        for variant in &found.variants {
            let name = variant.value.named().and_then(|id| names.get(id));
            for tag in &variant.tags {
                mapping.insert(tag.clone(), name.map_or(Json::Null, |name| format!("#/schemas/{name}").into()));
            }
        }
        written["discriminator"] = json!({ "propertyName": discriminator.property, "mapping": mapping });
    }
    written
}

/// The same, or `null`.
fn or_null(mut written: Json) -> Json {
    match written.get("type").cloned() {
        Some(Json::String(name)) => {
            written["type"] = json!([name, "null"]);
            if let Some(Json::Array(allowed)) = written.get_mut("enum")
                && !allowed.contains(&Json::Null)
            {
                allowed.push(Json::Null);
            }
            written
        }
        _ => json!({ "anyOf": [written, { "type": "null" }] }),
    }
}

/// Adds what the document says for people.
fn describe(written: &mut Json, docs: &Docs) {
    let description = docs.description.as_ref().or(docs.summary.as_ref()).or(docs.title.as_ref());
    put(written, "description", description.map(|text| text.trim()));
    put(written, "default", docs.default.as_ref());
    put(written, "example", docs.example.as_ref());
    put(written, "deprecated", (docs.deprecation == Deprecation::Deprecated).then_some(true));
}

fn bounds<T: Copy + serde::Serialize>(written: &mut Json, minimum: Option<Bound<T>>, maximum: Option<Bound<T>>) {
    for (bound, inclusive, exclusive) in
        [(minimum, "minimum", "exclusiveMinimum"), (maximum, "maximum", "exclusiveMaximum")]
    {
        match bound {
            Some(Bound::Inclusive(limit)) => put(written, inclusive, Some(limit)),
            Some(Bound::Exclusive(limit)) => put(written, exclusive, Some(limit)),
            None => {}
        }
    }
}

/// Sets a keyword, if there is something to say.
fn put<T: serde::Serialize>(written: &mut Json, keyword: &str, said: Option<T>) {
    if let Some(said) = said {
        written[keyword] = json!(said);
    }
}
