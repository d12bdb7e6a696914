//! How a request body is written: of its media types the client knows one.

use super::Settling;
use super::types::ty;
use crate::model::{self, Payload, SchemaId, TextFormat, ValueKind};
use crate::rust::plan::{Body, BodyKind, Name, Part, PartKind, Type};

impl Settling<'_> {
    pub(super) fn body(&self, body: &model::Body) -> Option<Body> {
        let content = body.preferred()?;
        let media_type = content.media_type.as_str();
        let kind = match &content.payload {
            Payload::Json(value) => {
                let media_type = if content.media_type.is_any() { "application/json" } else { media_type };
                BodyKind::Json(media_type.to_owned(), ty(value))
            }
            Payload::Form(model::Parts::Undeclared) => BodyKind::Form,
            Payload::Form(parts) => BodyKind::Parts(self.parts(parts)),
            Payload::UrlEncoded(parts) => BodyKind::UrlEncoded(self.parts(parts)),
            Payload::Text(_) => BodyKind::Text(media_type.to_owned()),
            Payload::Bytes(_) => BodyKind::Binary(media_type.to_owned()),
        };
        Some(Body { kind, need: body.need, ident: String::new(), docs: body.docs.clone() })
    }

    fn parts(&self, parts: &model::Parts) -> Vec<Part> {
        let part = |part: &model::Part| Part {
            name: Name::wire(&part.name),
            kind: self.part_kind(&part.value),
            need: part.need,
            docs: part.docs.clone(),
        };
        parts.declared().iter().map(part).collect()
    }

    fn part_kind(&self, value: &model::Value) -> PartKind {
        match &value.kind {
            kind if is_binary(kind) => return PartKind::File,
            ValueKind::List(list) if is_binary(&list.items.kind) => return PartKind::Files,
            _ => {}
        }
        match ty(value) {
            ty @ (Type::String | Type::Boolean | Type::Int64 | Type::Double | Type::DateTime) => PartKind::Text(ty),
            Type::Named(id) if self.is_enum(SchemaId(id.0)) => PartKind::Text(Type::Named(id)),
            // OpenAPI 3.0.3, Encoding Object: complex values are sent as JSON unless stated otherwise.
            other => PartKind::Json(other),
        }
    }
}

fn is_binary(kind: &ValueKind) -> bool {
    matches!(kind, ValueKind::Text(text) if text.format == TextFormat::Binary)
}
