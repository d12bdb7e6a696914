//! How types are spelled: as they are, and as arguments take them. What the emitters print has the same rules; programs
//! that are compiled against both sides of a change hold the two together.

use std::collections::{BTreeMap, BTreeSet};

use super::item::Input;
use super::remarks::Remarks;
use crate::diff::spelling::Spelling;
use crate::model;
use crate::origin::Origin;
use crate::rust::plan::{
    Api, Body, BodyKind, Content, Form, Need, Parameter, Part, PartKind, Place, Success, Type, TypeId, TypeKind,
};

/// The types of a plan by their names.
pub(super) struct Spell<'a> {
    names: BTreeMap<TypeId, &'a str>,
    /// The names that types had first, by those that they have.
    first_names: BTreeMap<&'a str, &'a str>,
    /// Types that others convert into: strings into enums, variants into unions.
    converting: BTreeSet<TypeId>,
    /// Sets of strings.
    words: BTreeSet<TypeId>,
}

impl<'a> Spell<'a> {
    pub(super) fn new(plan: &'a Api) -> Self {
        let which =
            |of: fn(&TypeKind) -> bool| plan.types.iter().filter(|def| of(&def.kind)).map(|def| def.id).collect();
        Self {
            names: plan.types.iter().map(|def| (def.id, def.ident.as_str())).collect(),
            first_names: plan.types.iter().map(|def| (def.ident.as_str(), def.first_name.as_str())).collect(),
            converting: which(|kind| !matches!(kind, TypeKind::Struct(_))),
            words: which(|kind| matches!(kind, TypeKind::StringEnum(_))),
        }
    }

    /// Whether values of the type are written as text, though they are not any text.
    pub(super) fn is_words(&self, ty: &Type) -> bool {
        match ty {
            Type::DateTime => true,
            Type::Named(id) => self.words.contains(id),
            _ => false,
        }
    }

    fn named(&self, id: TypeId) -> Spelling {
        self.names.get(&id).map_or_else(|| Spelling::known("Value"), |name| Spelling::model(*name))
    }

    /// A use of a type.
    pub(super) fn exact(&self, ty: &Type) -> Spelling {
        match ty {
            Type::String => Spelling::known("String"),
            Type::Boolean => Spelling::known("bool"),
            Type::Int64 => Spelling::known("i64"),
            Type::Double => Spelling::known("f64"),
            Type::DateTime => Spelling::known("DateTime"),
            Type::Json => Spelling::known("Value"),
            Type::JsonObject => Spelling::known("JsonObject"),
            Type::List(inner) => self.exact(inner).within("Vec<", ">"),
            Type::Map(inner) => self.exact(inner).within("BTreeMap<String, ", ">"),
            Type::Optional(inner) => self.exact(inner).within("Option<", ">"),
            Type::Named(id) => self.named(*id),
            Type::Boxed(id) => self.named(*id).within("Box<", ">"),
        }
    }

    /// As `new` and the setters of an object take it.
    pub(super) fn given(&self, ty: &Type) -> Spelling {
        match ty {
            Type::String | Type::DateTime | Type::Json => self.exact(ty).within("impl Into<", ">"),
            Type::Named(id) if self.converting.contains(id) => self.named(*id).within("impl Into<", ">"),
            Type::Boxed(id) => self.given(&Type::Named(*id)),
            Type::List(item) => self.given(item).within("impl IntoIterator<Item = ", ">"),
            other => self.exact(other),
        }
    }

    /// As something is taken that is written as text.
    fn displayed(&self, ty: &Type) -> Spelling {
        match ty {
            Type::String => Spelling::known("impl AsRef<str>"),
            Type::Named(_) | Type::DateTime => self.exact(ty).within("impl Into<", ">"),
            Type::List(item) => self.displayed(item).within("impl IntoIterator<Item = ", ">"),
            other => self.exact(other),
        }
    }

    /// As something is taken that is written as JSON.
    fn borrowed(&self, ty: &Type) -> Spelling {
        match ty {
            Type::List(item) => self.exact(item).within("&[", "]"),
            Type::String => Spelling::known("&str"),
            other => self.exact(other).within("&", ""),
        }
    }

    /// A parameter; `known` is what the model says of it.
    pub(super) fn parameter(&self, parameter: &Parameter, known: Option<&model::Parameter>, origin: &Origin) -> Input {
        let ty = match parameter.form {
            Form::Text => self.displayed(&parameter.ty),
            Form::Members(_) | Form::Json => self.borrowed(&parameter.ty),
        };
        let place = match parameter.place {
            Place::Path => "path",
            Place::Query(_) => "query",
            Place::Header => "header",
            Place::Cookie => "cookie",
        };
        Input {
            wire: format!("{place} {}", parameter.name.wire),
            ty,
            need: known.map_or(Need::Optional, |known| known.need),
            origin: known.map_or_else(|| origin.clone(), |known| known.origin.clone()),
            remarks: known.map(Remarks::of_parameter).unwrap_or_default(),
        }
    }

    /// What a body takes: whether it must be given, its identifier, and the rest. `known` is what the model says of it.
    pub(super) fn body<'b>(
        &self,
        body: &'b Body,
        known: Option<&model::Body>,
        origin: &Origin,
    ) -> Vec<(Need, &'b str, Input)> {
        let origin = origin.below("requestBody");
        let need = known.map_or(Need::Optional, |body| body.need);
        match &body.kind {
            BodyKind::Whole { ident, content } => {
                let ty = match content {
                    Content::Json(_, ty) => self.borrowed(ty),
                    Content::Form => Spelling::known("impl Into<Form>"),
                    Content::Text(_) => Spelling::known("impl Into<String>"),
                    Content::Binary(_) => Spelling::known("impl Into<FilePart>"),
                };
                let wire = "body".to_owned();
                vec![(body.need, ident.as_str(), Input { wire, ty, need, origin, remarks: Remarks::default() })]
            }
            BodyKind::Parts(parts) => {
                parts.iter().map(|part| self.part(part, self.of_part(part), known, &origin)).collect()
            }
            BodyKind::UrlEncoded(parts) => {
                let ty = |part: &Part| match &part.kind {
                    PartKind::Text(ty) => self.displayed(ty),
                    PartKind::Json(_) | PartKind::File | PartKind::Files => Spelling::known("impl AsRef<str>"),
                };
                parts.iter().map(|part| self.part(part, ty(part), known, &origin)).collect()
            }
        }
    }

    fn of_part(&self, part: &Part) -> Spelling {
        match &part.kind {
            PartKind::File => Spelling::known("impl Into<FilePart>"),
            PartKind::Files => Spelling::known("impl IntoIterator<Item = impl Into<FilePart>>"),
            PartKind::Text(ty) => self.displayed(ty),
            PartKind::Json(ty) => self.borrowed(ty),
        }
    }

    fn part<'b>(
        &self,
        part: &'b Part,
        ty: Spelling,
        known: Option<&model::Body>,
        origin: &Origin,
    ) -> (Need, &'b str, Input) {
        let known = known.and_then(model::Body::preferred).and_then(|content| match &content.payload {
            model::Payload::Form(parts) | model::Payload::UrlEncoded(parts) => {
                parts.declared().iter().find(|known| known.name == part.name.wire)
            }
            _ => None,
        });
        let input = Input {
            wire: format!("form {}", part.name.wire),
            ty,
            need: known.map_or(Need::Optional, |known| known.need),
            origin: origin.clone(),
            remarks: known.map(Remarks::of_part).unwrap_or_default(),
        };
        (part.need, &part.name.ident, input)
    }

    /// What a response carries, with the first names of types: a renamed type is the same body.
    pub(super) fn carried(&self, success: &Success) -> String {
        self.success(success).renamed(|name| self.first_names.get(name).copied().unwrap_or(name)).to_string()
    }

    /// What a successful response gives.
    pub(super) fn success(&self, success: &Success) -> Spelling {
        match success {
            Success::Empty => Spelling::known("()"),
            Success::Text => Spelling::known("String"),
            Success::Binary => Spelling::known("Download"),
            Success::Json(ty) | Success::ByStatus(ty) => self.exact(ty),
            Success::JsonOrEmpty(ty) => self.exact(ty).within("Option<", ">"),
        }
    }
}
