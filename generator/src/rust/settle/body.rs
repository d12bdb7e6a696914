//! How a request body is written: of its media types the client knows one.

use super::context::Settling;
use super::types::ty;
use crate::model::{self, Payload, SchemaId, TextFormat, ValueKind};
use crate::rust::name::InputNames;
use crate::rust::plan::{Body, BodyKind, Content, Part, PartKind, Type};

impl Settling<'_> {
    pub(super) fn body(&self, body: &model::Body, names: &mut InputNames) -> Option<Body> {
        let source = body.preferred()?;
        // A body cannot have a range of media types.
        let media_type = match &source.payload {
            Payload::Json(_) if source.media_type.is_any() => "application/json",
            Payload::Text(_) if source.media_type.is_any() => "text/plain",
            Payload::Bytes(_) if source.media_type.is_any() => "application/octet-stream",
            _ => source.media_type.as_str(),
        };
        let mut whole = |content| BodyKind::Whole { ident: names.body(body.need), content };
        let kind = match &source.payload {
            Payload::Json(value) => whole(Content::Json(media_type.to_owned(), ty(value))),
            Payload::Text(_) => whole(Content::Text(media_type.to_owned())),
            Payload::Bytes(_) => whole(Content::Binary(media_type.to_owned())),
            Payload::Form(model::Parts::Undeclared) => {
                BodyKind::Whole { ident: names.form(body.need), content: Content::Form }
            }
            Payload::Form(model::Parts::Declared(parts)) => BodyKind::Parts(self.parts(parts, source, names)),
            Payload::UrlEncoded(parts) => BodyKind::UrlEncoded(self.parts(parts.declared(), source, names)),
        };
        Some(Body { kind, need: body.need, docs: body.docs.clone(), example: source.example().cloned() })
    }

    fn parts(&self, parts: &[model::Part], body: &model::Content, names: &mut InputNames) -> Vec<Part> {
        let part = |part: &model::Part| Part {
            name: names.input(part.need, &part.name),
            kind: self.part_kind(&part.value),
            need: part.need,
            docs: model::Docs { example: body.example_of(part).cloned(), ..part.docs.clone() },
        };
        parts.iter().map(part).collect()
    }

    fn part_kind(&self, value: &model::Value) -> PartKind {
        match &value.kind {
            kind if is_binary(kind) => return PartKind::File,
            ValueKind::List(list) if is_binary(&list.items.kind) => return PartKind::Files,
            _ => {}
        }
        match ty(value) {
            ty @ (Type::String | Type::Boolean | Type::Int64 | Type::Double | Type::DateTime) => PartKind::Text(ty),
            Type::Named(id) if self.is_scalar(SchemaId(id.0)) => PartKind::Text(Type::Named(id)),
            // OpenAPI 3.0.3, Encoding Object: complex values are sent as JSON unless stated otherwise.
            other => PartKind::Json(other),
        }
    }
}

fn is_binary(kind: &ValueKind) -> bool {
    matches!(kind, ValueKind::Text(text) if text.format == TextFormat::Binary)
}
