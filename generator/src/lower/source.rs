//! What lowering reads: the document, in the types of `openapiv3`, and where its nodes come from.
//!
//! The one place that follows references. Nothing here knows what becomes of what is read.

use indexmap::IndexMap;
use openapiv3::SecurityScheme;
use openapiv3::{Components, Example, Header, OpenAPI, Parameter, ReferenceOr, RequestBody, Response, Schema};

use crate::diagnostic::Origin;
use crate::document::{Document, MAX_CHAIN};
use crate::pointer::{escape, unescape};

/// The document that is lowered.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub openapi: &'a OpenAPI,
    document: &'a Document,
}

/// What a place holds, or what the reference in that place leads to.
pub(super) struct Found<'a, T> {
    pub item: &'a T,
    /// JSON pointer of the item itself.
    pub pointer: String,
    /// The name of the component that it is; nothing where it stands in place.
    pub component: Option<String>,
}

impl<'a> Source<'a> {
    pub(super) fn new(openapi: &'a OpenAPI, document: &'a Document) -> Self {
        Self { openapi, document }
    }

    /// Where a node of the bundled document stands in the files.
    pub(super) fn origin(&self, pointer: &str) -> Origin {
        self.document.origin(pointer)
    }

    /// The node at a pointer, as the document has it.
    pub(super) fn node(&self, pointer: &str) -> Option<&'a serde_json::Value> {
        self.document.root.pointer(pointer)
    }

    pub(super) fn parameter(&self, item: &'a ReferenceOr<Parameter>, at: String) -> Option<Found<'a, Parameter>> {
        self.found(item, at, "parameters", |components| &components.parameters)
    }

    pub(super) fn body(&self, item: &'a ReferenceOr<RequestBody>, at: String) -> Option<Found<'a, RequestBody>> {
        self.found(item, at, "requestBodies", |components| &components.request_bodies)
    }

    pub(super) fn response(&self, item: &'a ReferenceOr<Response>, at: String) -> Option<Found<'a, Response>> {
        self.found(item, at, "responses", |components| &components.responses)
    }

    pub(super) fn header(&self, item: &'a ReferenceOr<Header>, at: String) -> Option<Found<'a, Header>> {
        self.found(item, at, "headers", |components| &components.headers)
    }

    pub(super) fn example(&self, item: &'a ReferenceOr<Example>) -> Option<&'a Example> {
        self.found(item, String::new(), "examples", |components| &components.examples).map(|found| found.item)
    }

    pub(super) fn security_scheme(&self, item: &'a ReferenceOr<SecurityScheme>) -> Option<&'a SecurityScheme> {
        let found = self.found(item, String::new(), "securitySchemes", |components| &components.security_schemes);
        found.map(|found| found.item)
    }

    /// The schema itself, or the one that its reference leads to with the name of that component.
    pub(super) fn schema(&self, item: &'a ReferenceOr<Schema>) -> Option<(Option<String>, &'a Schema)> {
        match item {
            ReferenceOr::Item(schema) => Some((None, schema)),
            ReferenceOr::Reference { reference } => self.referred_schema(reference),
        }
    }

    /// The schema that a reference leads to, with the name of that component.
    pub(super) fn referred_schema(&self, reference: &'a str) -> Option<(Option<String>, &'a Schema)> {
        let found = self.chase(reference, "schemas", |components| &components.schemas)?;
        Some((found.component, found.item))
    }

    /// The component schema of that name, which may be a reference to another.
    pub(super) fn component_schema(&self, name: &str) -> Option<&'a ReferenceOr<Schema>> {
        self.openapi.components.as_ref()?.schemas.get(name)
    }

    fn found<T>(
        &self,
        item: &'a ReferenceOr<T>,
        at: String,
        kind: &str,
        section: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<Found<'a, T>> {
        match item {
            ReferenceOr::Item(item) => Some(Found { item, pointer: at, component: None }),
            ReferenceOr::Reference { reference } => self.chase(reference, kind, section),
        }
    }

    /// Goes from reference to reference. A chain that is too long has been reported by validation.
    fn chase<T>(
        &self,
        reference: &'a str,
        kind: &str,
        section: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<Found<'a, T>> {
        let components = self.openapi.components.as_ref()?;
        let mut reference = reference;
        for _ in 0..=MAX_CHAIN {
            let name = component_name(reference, kind)?;
            match section(components).get(&name)? {
                ReferenceOr::Reference { reference: next } => reference = next,
                ReferenceOr::Item(item) => {
                    let pointer = format!("/components/{kind}/{}", escape(&name));
                    return Some(Found { item, pointer, component: Some(name) });
                }
            }
        }
        None
    }
}

/// The component of `kind` that a reference names, if it is one to that kind.
pub(super) fn component_name(reference: &str, kind: &str) -> Option<String> {
    let name = reference.strip_prefix("#/components/")?.strip_prefix(kind)?.strip_prefix('/')?;
    Some(unescape(name))
}
