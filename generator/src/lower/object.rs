//! Objects: properties, `additionalProperties`, and everything that `allOf` puts together.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::context::{Declared, DraftField, DraftKind, DraftStruct, Lowering, Site, Use, component_name};
use super::docs;
use super::schema::element;
use super::shape::{ObjectShape, Shape, is_nullable, shape};
use crate::ir::{Access, Name, Type};
use crate::pointer::escape;
use crate::validate::MAX_CHAIN;

/// What `allOf` puts together, before it is lowered.
#[derive(Clone, Default)]
pub(super) struct Merged<'a> {
    pub properties: IndexMap<&'a str, (Site, &'a ReferenceOr<Box<Schema>>)>,
    pub required: BTreeSet<&'a str>,
    pub additional: Option<(Site, &'a AdditionalProperties)>,
    seen: Seen,
}

/// The components that have been put in. Each has all its say the first time; were it put in again on every way that
/// leads to it, the work would double with each level.
#[derive(Clone, Default)]
struct Seen {
    /// As a member of `allOf`.
    certain: BTreeSet<String>,
    /// As an alternative, or a part of one.
    possible: BTreeSet<String>,
    in_alternative: bool,
}

impl Seen {
    /// Whether the component at `pointer` has something new to say.
    fn first(&mut self, pointer: &str) -> bool {
        if self.in_alternative {
            !self.certain.contains(pointer) && self.possible.insert(pointer.to_owned())
        } else {
            self.certain.insert(pointer.to_owned())
        }
    }
}

impl<'a> Lowering<'a> {
    /// The type of an object.
    pub(super) fn object(&mut self, site: &Site, schema: &'a Schema, object: &ObjectShape<'a>, nullable: bool) -> Use {
        if let Some(inner) = self.wrapped(site, object) {
            return Use { ty: inner.ty, nullable: nullable || inner.nullable };
        }
        if let Some(inner) = self.narrowed(site, object) {
            return Use { ty: inner.ty, nullable: nullable || inner.nullable };
        }
        if let Some(choice) = self.choice(site, object) {
            return self.choose(site, schema, choice, nullable);
        }
        if object.declares_nothing() {
            return Use { ty: self.map(site, object.additional), nullable };
        }
        let (here, object) = (site.clone(), *object);
        let id = self.define_later(site, docs::of_schema(schema), move |lowering| {
            let mut merged = Merged::default();
            lowering.merge(&here, &object, &mut merged);
            DraftKind::Struct(lowering.merged_struct(merged))
        });
        Use { ty: Type::Named(id), nullable }
    }

    /// `allOf` with one member and nothing beside it says the same as that member. A component keeps its own name all
    /// the same, since its users know it by that.
    fn wrapped(&mut self, site: &Site, object: &ObjectShape<'a>) -> Option<Use> {
        let [only] = object.all_of else { return None };
        let plain = object.properties.is_none_or(IndexMap::is_empty)
            && object.additional.is_none()
            && object.required.is_empty()
            && object.alternatives.is_none();
        let is_component = site.path.segments.is_empty() && site.pointer.starts_with("/components/schemas/");
        let names_object = || match self.resolve(only) {
            Some((_, target)) => matches!(shape(target), Shape::Object(inner) if !inner.declares_nothing()),
            None => false,
        };
        if plain && !(is_component && names_object()) {
            return Some(self.schema(&site.below("allOf/0"), only));
        }
        None
    }

    /// `allOf` over scalars narrows one value: the member that says most is its type.
    fn narrowed(&mut self, site: &Site, object: &ObjectShape<'a>) -> Option<Use> {
        if object.all_of.is_empty() || object.properties.is_some_and(|properties| !properties.is_empty()) {
            return None;
        }
        let mut best: Option<(u8, usize)> = None;
        for (index, member) in object.all_of.iter().enumerate() {
            let (_, schema) = self.resolve(member)?;
            let detail = match shape(schema) {
                Shape::Object(_) | Shape::Union(_) => return None,
                Shape::Anything => 0,
                Shape::StringEnum(_) | Shape::IntegerEnum(_) => 2,
                _ => 1,
            };
            if best.is_none_or(|(most, _)| detail > most) {
                best = Some((detail, index));
            }
        }
        let (_, index) = best?;
        let member = object.all_of.get(index)?;
        Some(self.schema(&site.below(&format!("allOf/{index}")), member))
    }

    /// An object of which no property is declared.
    fn map(&mut self, site: &Site, additional: Option<&'a AdditionalProperties>) -> Type {
        match additional {
            Some(AdditionalProperties::Schema(values)) => {
                let value = self.schema(&site.child("additionalProperties", "value"), values);
                match element(value) {
                    Type::Json => Type::JsonObject,
                    ty => Type::Map(Box::new(ty)),
                }
            }
            _ => Type::JsonObject,
        }
    }

    /// Adds what `object` declares, its parents first, so that its own declaration of a property wins.
    ///
    /// How deep this recurses is bounded: validation refuses longer chains.
    pub(super) fn merge(&mut self, site: &Site, object: &ObjectShape<'a>, merged: &mut Merged<'a>) {
        for (index, member) in object.all_of.iter().enumerate() {
            self.merge_member(&site.below(&format!("allOf/{index}")), member, merged);
        }
        for (name, property) in object.properties.into_iter().flatten() {
            let at = site.child(&format!("properties/{}", escape(name)), name);
            merged.properties.insert(name, (at, property));
        }
        merged.required.extend(object.required.iter().map(String::as_str));
        if let Some(additional) = object.additional {
            merged.additional = Some((site.clone(), additional));
        }
        // Properties of alternatives beside declared ones: all of them can be met, none of them is certain.
        if let Some(union) = &object.alternatives {
            for (index, variant) in union.variants.iter().enumerate() {
                let mut optional = Merged { seen: std::mem::take(&mut merged.seen), ..Merged::default() };
                let outer = std::mem::replace(&mut optional.seen.in_alternative, true);
                self.merge_member(&site.below(&format!("{}/{index}", union.keyword)), variant, &mut optional);
                merged.seen = Seen { in_alternative: outer, ..optional.seen };
                for (name, property) in optional.properties {
                    merged.properties.entry(name).or_insert(property);
                }
            }
        }
    }

    pub(super) fn merge_member(&mut self, site: &Site, member: &'a ReferenceOr<Schema>, merged: &mut Merged<'a>) {
        let Some((target, schema)) = self.resolve(member) else { return };
        if target.as_ref().is_some_and(|target| !merged.seen.first(&target.pointer)) {
            return;
        }
        let at = target.unwrap_or_else(|| site.clone());
        match shape(schema) {
            Shape::Object(object) => self.merge(&at, &object, merged),
            Shape::Union(union) => {
                let object = ObjectShape { alternatives: Some(union), ..ObjectShape::default() };
                self.merge(&at, &object, merged);
            }
            // A member without a type only describes the others.
            Shape::Anything => {}
            _ => {
                let origin = self.origin(&site.pointer);
                self.report.warning(
                    "all-of-scalar",
                    Some(origin),
                    "this member of `allOf` is no object, so it has nothing to add to the others".to_owned(),
                    "remove it, or make the whole schema of that one type".to_owned(),
                );
            }
        }
    }

    /// The schema behind a reference, with the place of the component that it is.
    pub(super) fn resolve(&self, schema: &'a ReferenceOr<Schema>) -> Option<(Option<Site>, &'a Schema)> {
        let mut schema = schema;
        let mut site = None;
        for _ in 0..=MAX_CHAIN {
            match schema {
                ReferenceOr::Item(found) => return Some((site, found)),
                ReferenceOr::Reference { reference } => {
                    let name = component_name(reference, "schemas")?;
                    schema = self.openapi.components.as_ref()?.schemas.get(name.as_str())?;
                    site = Some(Site::component(&name));
                }
            }
        }
        None
    }

    pub(super) fn merged_struct(&mut self, merged: Merged<'a>) -> DraftStruct {
        let mut fields = Vec::with_capacity(merged.properties.len());
        for (name, (site, property)) in merged.properties {
            let value = self.boxed_schema(&site, property);
            let (docs, access) = match property {
                ReferenceOr::Item(schema) => (docs::of_schema(schema), access(schema)),
                ReferenceOr::Reference { reference } => (self.docs_of_reference(reference), Access::Any),
            };
            fields.push(DraftField {
                name: Name::wire(name),
                value,
                declared: if merged.required.contains(name) { Declared::Required } else { Declared::Optional },
                access,
                docs,
            });
        }
        let additional = merged.additional.and_then(|(site, additional)| match self.map(&site, Some(additional)) {
            Type::Map(value) => Some(*value),
            _ => None,
        });
        DraftStruct { fields, additional }
    }

    /// A property that is a reference has no words of its own, so it borrows the first line of what it refers to.
    fn docs_of_reference(&self, reference: &str) -> crate::ir::Docs {
        let target = component_name(reference, "schemas")
            .and_then(|name| self.openapi.components.as_ref()?.schemas.get(name.as_str()));
        match target {
            Some(ReferenceOr::Item(schema)) => docs::borrowed(schema),
            _ => crate::ir::Docs::default(),
        }
    }

    /// Whether `null` may stand for the whole of `schema`.
    pub(super) fn nullable(&self, schema: &'a ReferenceOr<Schema>) -> bool {
        self.resolve(schema).is_some_and(|(_, schema)| is_nullable(schema))
    }
}

fn access(schema: &Schema) -> Access {
    match (schema.schema_data.read_only, schema.schema_data.write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        _ => Access::Any,
    }
}
