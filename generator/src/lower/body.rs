//! What requests carry: JSON, forms with and without declared parts, text and bytes.

use openapiv3::{Content, MediaType, ReferenceOr, Schema};

use super::context::{Lowering, Site};
use super::docs;
use super::object::Merged;
use super::shape::{Shape, TextFormat, shape};
use crate::ir::{BodyKind, Name, Need, Part, PartKind, Type};

/// Which of several media types is used: the most expressive that the runtime can write.
pub(super) fn preference(media_type: &str) -> usize {
    let essence = essence(media_type);
    match essence.as_str() {
        "application/json" => 0,
        "application/json-patch+json" => 1,
        _ if is_json(&essence) => 2,
        "multipart/form-data" => 3,
        "application/x-www-form-urlencoded" => 4,
        _ if essence.starts_with("text/") => 5,
        _ => 6,
    }
}

/// A media type without its parameters, in small letters (RFC 9110, section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether bodies of this media type are JSON (RFC 6839 for the suffix).
pub(super) fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}

/// Whether bodies of this media type are text.
pub(super) fn is_text(essence: &str) -> bool {
    essence.starts_with("text/") || essence.ends_with("/xml") || essence.ends_with("+xml")
}

impl<'a> Lowering<'a> {
    /// How a request body with this `content` is written.
    pub(super) fn body_kind(&mut self, site: &Site, content: &'a Content) -> Option<BodyKind> {
        let (media_type, media) = content.iter().min_by_key(|(media_type, _)| preference(media_type))?;
        let at = site.below(&format!("content/{}/schema", crate::pointer::escape(media_type)));
        let essence = essence(media_type);
        Some(match essence.as_str() {
            "multipart/form-data" => match self.parts(&at, media) {
                Some(parts) => BodyKind::Parts(parts),
                None => BodyKind::Form,
            },
            "application/x-www-form-urlencoded" => BodyKind::UrlEncoded(self.parts(&at, media).unwrap_or_default()),
            _ if is_json(&essence) => {
                let media_type = if essence == "*/*" { "application/json" } else { media_type };
                let ty = media.schema.as_ref().map_or(Type::Json, |schema| self.schema(&at, schema).ty);
                BodyKind::Json(media_type.to_owned(), ty)
            }
            _ if is_text(&essence) => BodyKind::Text(media_type.clone()),
            _ => BodyKind::Binary(media_type.clone()),
        })
    }

    /// The declared parts of a form, or nothing where none is declared.
    fn parts(&mut self, site: &Site, media: &'a MediaType) -> Option<Vec<Part>> {
        let (target, schema) = self.resolve(media.schema.as_ref()?)?;
        let site = target.unwrap_or_else(|| site.clone());
        let Shape::Object(object) = shape(schema) else { return None };
        if object.declares_nothing() {
            return None;
        }
        let mut merged = Merged::default();
        self.merge(&site, &object, &mut merged);
        let Merged { properties, required, .. } = merged;
        let part = |(name, (at, schema)): (&'a str, (Site, &'a ReferenceOr<Box<Schema>>))| Part {
            name: Name::wire(name),
            kind: self.part_kind(&at, schema),
            need: if required.contains(name) { Need::Required } else { Need::Optional },
            docs: match schema {
                ReferenceOr::Item(schema) => docs::of_schema(schema),
                ReferenceOr::Reference { .. } => crate::ir::Docs::default(),
            },
        };
        Some(properties.into_iter().map(part).collect())
    }

    fn part_kind(&mut self, site: &Site, schema: &'a ReferenceOr<Box<Schema>>) -> PartKind {
        if let ReferenceOr::Item(inner) = schema {
            match shape(inner) {
                Shape::Text(TextFormat::Binary) => return PartKind::File,
                Shape::List(Some(ReferenceOr::Item(items)))
                    if matches!(shape(items), Shape::Text(TextFormat::Binary)) =>
                {
                    return PartKind::Files;
                }
                _ => {}
            }
        }
        let value = self.boxed_schema(site, schema);
        match value.ty {
            Type::String | Type::Boolean | Type::Int64 | Type::Double | Type::DateTime => PartKind::Text(value.ty),
            Type::Named(id) if self.is_enum(id) => PartKind::Text(value.ty),
            // OpenAPI 3.0.3, Encoding Object: complex values are sent as JSON unless stated otherwise.
            other => PartKind::Json(other),
        }
    }
}
