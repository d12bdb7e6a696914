//! Objects: properties, `additionalProperties`, and everything that `allOf` puts together.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use crate::lower::context::Lowering;
use crate::lower::docs;
use crate::lower::shape::{ObjectShape, Shape, is_nullable, is_only_null, other_enumeration, shape};
use crate::lower::site::Site;
use crate::model::{Access, Additional, Docs, Map, Need, Object, Property, SchemaKind, Value, ValueKind};
use crate::pointer::escape;

/// A property, before it is lowered.
#[derive(Clone)]
pub(in crate::lower) struct Declared<'a> {
    pub site: Site,
    pub schema: &'a ReferenceOr<Box<Schema>>,
    /// What is said of it once more, further down, without a type: its words count, and the type is that of `schema`.
    pub again: Option<&'a Schema>,
}

/// What `allOf` puts together, before it is lowered.
#[derive(Clone, Default)]
pub(in crate::lower) struct Merged<'a> {
    pub properties: IndexMap<&'a str, Declared<'a>>,
    pub required: BTreeSet<&'a str>,
    pub additional: Option<(Site, &'a AdditionalProperties)>,
    pub min_properties: Option<usize>,
    pub max_properties: Option<usize>,
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
    /// Whether the component has something new to say.
    fn first(&mut self, component: &str) -> bool {
        if self.in_alternative {
            !self.certain.contains(component) && self.possible.insert(component.to_owned())
        } else {
            self.certain.insert(component.to_owned())
        }
    }
}

impl<'a> Lowering<'a> {
    /// The values of an object.
    pub(in crate::lower) fn object(
        &mut self,
        site: &Site,
        schema: &'a Schema,
        object: &ObjectShape<'a>,
        nullable: bool,
    ) -> Value {
        if let Some(inner) = self.wrapped(site, object) {
            return inner.or_null(nullable);
        }
        if let Some(inner) = self.narrowed(site, object) {
            return inner.or_null(nullable);
        }
        if let Some(choice) = self.choice(site, object) {
            return self.choose(site, schema, choice, nullable);
        }
        if object.declares_nothing() {
            return Value::new(self.map(site, object)).or_null(nullable);
        }
        let (here, object) = (site.clone(), *object);
        let id = self.define_later(site, docs::of_schema(schema), move |lowering| {
            let mut merged = Merged::default();
            lowering.merge(&here, &object, &mut merged);
            SchemaKind::Object(lowering.merged_object(merged))
        });
        Value::new(ValueKind::Named(id)).or_null(nullable)
    }

    /// `allOf` with one member and nothing beside it says the same as that member. A component keeps its own name all
    /// the same, since its users know it by that.
    fn wrapped(&mut self, site: &Site, object: &ObjectShape<'a>) -> Option<Value> {
        let [only] = object.all_of else { return None };
        let plain = object.properties.is_none_or(IndexMap::is_empty)
            && object.additional.is_none()
            && object.required.is_empty()
            && object.alternatives.is_none();
        let names_object = || match self.source.schema(only) {
            Some((_, target)) => matches!(shape(target), Shape::Object(inner) if !inner.declares_nothing()),
            None => false,
        };
        if plain && !(site.is_component() && names_object()) {
            return Some(self.schema(&site.below("allOf/0"), only));
        }
        None
    }

    /// `allOf` over scalars narrows one value: the member that says most is its type.
    fn narrowed(&mut self, site: &Site, object: &ObjectShape<'a>) -> Option<Value> {
        if object.all_of.is_empty() || object.properties.is_some_and(|properties| !properties.is_empty()) {
            return None;
        }
        let mut best: Option<(u8, usize)> = None;
        for (index, member) in object.all_of.iter().enumerate() {
            let (_, schema) = self.source.schema(member)?;
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
    fn map(&mut self, site: &Site, object: &ObjectShape<'a>) -> ValueKind {
        let values = match object.additional {
            Some(AdditionalProperties::Schema(values)) => self.additional(site, values),
            _ => Value::any(),
        };
        let ObjectShape { min_properties, max_properties, .. } = *object;
        ValueKind::Map(Box::new(Map { values, min_properties, max_properties }))
    }

    /// What undeclared properties of the object at `site` hold.
    fn additional(&mut self, site: &Site, values: &'a ReferenceOr<Schema>) -> Value {
        self.schema(&site.child("additionalProperties", "value"), values)
    }

    /// Adds what `object` declares, its parents first, so that its own declaration of a property wins.
    ///
    /// How deep this recurses is bounded: validation refuses longer chains.
    pub(in crate::lower) fn merge(&mut self, site: &Site, object: &ObjectShape<'a>, merged: &mut Merged<'a>) {
        for (index, member) in object.all_of.iter().enumerate() {
            self.merge_member(&site.below(&format!("allOf/{index}")), member, merged);
        }
        for (name, property) in object.properties.into_iter().flatten() {
            if let (Some(known), ReferenceOr::Item(schema)) = (merged.properties.get_mut(name.as_str()), property)
                && says_no_type(schema)
            {
                known.again = Some(schema);
                continue;
            }
            let site = site.child(&format!("properties/{}", escape(name)), name);
            merged.properties.insert(name, Declared { site, schema: property, again: None });
        }
        merged.required.extend(object.required.iter().map(String::as_str));
        if let Some(additional) = object.additional {
            merged.additional = Some((site.clone(), additional));
        }
        merged.min_properties = object.min_properties.or(merged.min_properties);
        merged.max_properties = object.max_properties.or(merged.max_properties);
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

    pub(in crate::lower) fn merge_member(
        &mut self,
        site: &Site,
        member: &'a ReferenceOr<Schema>,
        merged: &mut Merged<'a>,
    ) {
        let Some((component, schema)) = self.source.schema(member) else { return };
        if component.as_ref().is_some_and(|component| !merged.seen.first(component)) {
            return;
        }
        let at = component.map_or_else(|| site.clone(), |component| Site::component(&component));
        match shape(schema) {
            Shape::Object(object) => self.merge(&at, &object, merged),
            Shape::Union(union) => {
                let object = ObjectShape { alternatives: Some(union), ..ObjectShape::default() };
                self.merge(&at, &object, merged);
            }
            // A member without a type only describes the others.
            Shape::Anything => {}
            _ => {
                let origin = self.source.origin(&site.pointer);
                self.report.warning(
                    "all-of-scalar",
                    Some(origin),
                    "this member of `allOf` is not an object, so it adds nothing to the others".to_owned(),
                    "remove it, or make the whole schema of that one type".to_owned(),
                );
            }
        }
    }

    pub(in crate::lower) fn merged_object(&mut self, merged: Merged<'a>) -> Object {
        let mut properties = Vec::with_capacity(merged.properties.len());
        for (name, Declared { site, schema, again }) in merged.properties {
            let value = self.boxed_schema(&site, schema);
            let (mut docs, mut access) = match schema {
                ReferenceOr::Item(schema) => (docs::of_schema(schema), access_of(schema)),
                ReferenceOr::Reference { reference } => (self.docs_of_reference(reference), Access::Any),
            };
            if let Some(again) = again {
                docs = docs::first_of(docs::of_schema(again), docs);
                access = match access_of(again) {
                    Access::Any => access,
                    stated => stated,
                };
            }
            properties.push(Property {
                name: name.to_owned(),
                value,
                need: if merged.required.contains(name) { Need::Required } else { Need::Optional },
                access,
                docs,
                origin: self.source.origin(&site.pointer),
            });
        }
        let additional = match merged.additional {
            None => Additional::Unstated,
            Some((_, AdditionalProperties::Any(true))) => Additional::Allowed,
            Some((_, AdditionalProperties::Any(false))) => Additional::Forbidden,
            Some((site, AdditionalProperties::Schema(values))) => Additional::Typed(self.additional(&site, values)),
        };
        let Merged { min_properties, max_properties, .. } = merged;
        Object { properties, additional, min_properties, max_properties }
    }

    /// A property that is a reference has no words of its own, so it borrows those of what it refers to.
    fn docs_of_reference(&self, reference: &'a str) -> Docs {
        self.source.referred_schema(reference).map(|(_, schema)| docs::borrowed(schema)).unwrap_or_default()
    }

    /// Whether `null` may stand for the whole of `schema`.
    pub(in crate::lower) fn nullable(&self, schema: &'a ReferenceOr<Schema>) -> bool {
        self.source.schema(schema).is_some_and(|(_, schema)| is_nullable(schema) || is_only_null(schema))
    }

    /// Whether nothing but `null` may stand there.
    pub(in crate::lower) fn is_only_null(&self, schema: &'a ReferenceOr<Schema>) -> bool {
        self.source.schema(schema).is_some_and(|(_, schema)| is_only_null(schema))
    }
}

/// Whether a schema only describes.
fn says_no_type(schema: &Schema) -> bool {
    matches!(shape(schema), Shape::Anything) && other_enumeration(schema).is_empty()
}

fn access_of(schema: &Schema) -> Access {
    match (schema.schema_data.read_only, schema.schema_data.write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        _ => Access::Any,
    }
}
