//! The one walk over the types that something in the plan names.

use super::{Additional, Body, BodyKind, Content, Operation, PartKind, Success, Type, TypeKind};

impl TypeKind {
    /// The types that the definition of a type names.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let found: Vec<&Type> = match self {
            Self::Struct(object) => {
                let additional = match &object.additional {
                    Additional::Typed { ty, .. } => Some(ty),
                    Additional::Kept => None,
                };
                object.fields.iter().map(|field| &field.ty).chain(additional).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::TaggedUnion(union) => union.variants.iter().map(|(variant, _)| &variant.ty).collect(),
            Self::ByStatus(found) => found.variants.iter().filter_map(|variant| variant.body.ty()).collect(),
            Self::StringEnum(_) | Self::IntegerEnum(_) => Vec::new(),
        };
        found.into_iter()
    }
}

impl Operation {
    /// The types that the code of an operation, or its documentation, names.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        self.written().chain(self.read())
    }

    /// The types of what a caller sends.
    pub(crate) fn written(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.arguments.iter().chain(&self.setters).map(|parameter| &parameter.ty);
        parameters.chain(self.body.iter().flat_map(Body::types))
    }

    /// The types of what a caller receives.
    pub(crate) fn read(&self) -> impl Iterator<Item = &Type> {
        self.responses.iter().map(|response| &response.body).chain([&self.success]).filter_map(Success::ty)
    }
}

impl Body {
    /// The types that it carries.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let (whole, parts) = match &self.kind {
            BodyKind::Whole { content: Content::Json(_, ty), .. } => (Some(ty), [].as_slice()),
            BodyKind::Whole { .. } => (None, [].as_slice()),
            BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts) => (None, parts.as_slice()),
        };
        let parts = parts.iter().filter_map(|part| match &part.kind {
            PartKind::Text(ty) | PartKind::Json(ty) => Some(ty),
            PartKind::File | PartKind::Files => None,
        });
        whole.into_iter().chain(parts)
    }
}
