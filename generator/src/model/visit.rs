//! The one walk over what an API holds: which values stand where, and which way schemas' values travel.

use std::collections::BTreeMap;

use super::{Body, Content, Operation, Payload, Response, SchemaId, Usage, Value};

impl Content {
    /// The values that a body in this form holds.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let (whole, parts) = match &self.payload {
            Payload::Json(value) => (Some(value), [].as_slice()),
            Payload::Text(value) | Payload::Bytes(value) => (value.as_ref(), [].as_slice()),
            Payload::Form(parts) | Payload::UrlEncoded(parts) => (None, parts.declared()),
        };
        whole.into_iter().chain(parts.iter().map(|part| &part.value))
    }
}

impl Body {
    /// The values that it holds, in all its forms.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.contents.iter().flat_map(Content::values)
    }
}

impl Response {
    /// The values that it holds, in headers and body.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let headers = self.headers.iter().map(|header| &header.value);
        headers.chain(self.contents.iter().flat_map(Content::values))
    }
}

impl Operation {
    /// The values that a caller sends.
    pub fn written(&self) -> impl Iterator<Item = &Value> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.value);
        parameters.chain(self.body.iter().flat_map(Body::values))
    }

    /// The values that a caller receives.
    pub fn read(&self) -> impl Iterator<Item = &Value> {
        self.responses.iter().flat_map(Response::values)
    }
}

/// For every schema that the `roots` reach, which way its values travel; `contained` tells what a schema's values hold.
pub fn usages<I: IntoIterator<Item = SchemaId>>(
    roots: impl IntoIterator<Item = (SchemaId, Usage)>,
    contained: impl Fn(SchemaId) -> I,
) -> BTreeMap<SchemaId, Usage> {
    let mut usages = BTreeMap::new();
    let mut open: Vec<(SchemaId, Usage)> = roots.into_iter().collect();
    while let Some((id, usage)) = open.pop() {
        let merged = match usages.get(&id) {
            Some(known) if *known == usage || *known == Usage::Both => continue,
            Some(_) => Usage::Both,
            None => usage,
        };
        usages.insert(id, merged);
        open.extend(contained(id).into_iter().map(|inner| (inner, usage)));
    }
    usages
}
