//! What bodies carry: JSON, forms with and without declared parts, text and bytes.

use openapiv3::{Content as Source, MediaType as SourceType, ReferenceOr};

use super::context::Lowering;
use super::docs;
use super::schema::object::{Declared, Merged};
use super::shape::{Shape, shape};
use super::site::Site;
use crate::model::{Content, Docs, MediaType, Need, Part, Parts, Payload, Syntax, Value};
use crate::pointer::escape;

impl<'a> Lowering<'a> {
    /// What a request body with this `content` can carry.
    pub(super) fn contents_of_request(&mut self, site: &Site, content: &'a Source) -> Vec<Content> {
        let lowered = content.iter().map(|(name, media)| {
            let media_type = MediaType::new(name);
            let at = site.below(&format!("content/{}/schema", escape(name)));
            let payload = match media_type.syntax() {
                Syntax::Form => Payload::Form(self.parts(&at, media)),
                Syntax::UrlEncoded => Payload::UrlEncoded(self.parts(&at, media)),
                _ => self.payload(&at, &media_type, media),
            };
            self.content(media_type, payload, media)
        });
        lowered.collect()
    }

    /// What a response with this `content` can carry; `site` names the body in the given media type.
    pub(super) fn contents_of_response(
        &mut self,
        content: &'a Source,
        site: impl Fn(&Self, &str) -> Site,
    ) -> Vec<Content> {
        let lowered = content.iter().map(|(name, media)| {
            let media_type = MediaType::new(name);
            let at = site(self, name).below(&format!("content/{}/schema", escape(name)));
            let payload = self.payload(&at, &media_type, media);
            self.content(media_type, payload, media)
        });
        lowered.collect()
    }

    fn content(&self, media_type: MediaType, payload: Payload, media: &'a SourceType) -> Content {
        let examples = docs::examples(self.source, media.example.as_ref(), &media.examples);
        Content { media_type, payload, examples }
    }

    fn payload(&mut self, site: &Site, media_type: &MediaType, media: &'a SourceType) -> Payload {
        let value = media.schema.as_ref().map(|schema| self.schema(site, schema));
        match media_type.syntax_of(value.as_ref()) {
            Syntax::Json => Payload::Json(value.unwrap_or_else(Value::any)),
            Syntax::Text => Payload::Text(value),
            Syntax::Bytes | Syntax::Form | Syntax::UrlEncoded => Payload::Bytes(value),
        }
    }

    /// The parts of a form.
    fn parts(&mut self, site: &Site, media: &'a SourceType) -> Parts {
        let Some((component, schema)) = media.schema.as_ref().and_then(|schema| self.source.schema(schema)) else {
            return Parts::Undeclared;
        };
        let site = component.map_or_else(|| site.clone(), |name| Site::component(&name));
        let Shape::Object(object) = shape(schema) else { return Parts::Undeclared };
        if object.declares_nothing() {
            return Parts::Undeclared;
        }
        let mut merged = Merged::default();
        self.merge(&site, &object, &mut merged);
        let Merged { properties, required, .. } = merged;
        let part = |(name, Declared { site, schema, .. }): (&'a str, Declared<'a>)| Part {
            name: name.to_owned(),
            value: self.boxed_schema(&site, schema),
            media_type: media
                .encoding
                .get(name)
                .and_then(|encoding| encoding.content_type.as_ref())
                .map(MediaType::new),
            need: if required.contains(name) { Need::Required } else { Need::Optional },
            docs: match schema {
                ReferenceOr::Item(schema) => docs::of_schema(schema),
                ReferenceOr::Reference { .. } => Docs::default(),
            },
        };
        Parts::Declared(properties.into_iter().map(part).collect())
    }
}
