//! Properties beside `oneOf`: a union whose variants each have them too.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::object::Merged;
use crate::lower::context::Lowering;
use crate::lower::docs;
use crate::lower::shape::{ObjectShape, Shape, UnionShape, shape};
use crate::lower::site::Site;
use crate::model::{SchemaKind, Value, ValueKind};

/// A choice between objects, and what all of them have.
pub(in crate::lower) struct Choice<'a> {
    union: UnionShape<'a>,
    discriminator: Option<&'a Discriminator>,
    /// Where the union stands.
    site: Site,
    shared: Merged<'a>,
    /// What each variant declares itself.
    own: Vec<Merged<'a>>,
}

/// Where a choice was found: beside the properties, or as a part of `allOf` with the given index.
struct Part<'a> {
    union: UnionShape<'a>,
    site: Site,
    index: Option<usize>,
    discriminator: Option<&'a Discriminator>,
}

impl<'a> Lowering<'a> {
    /// Whether `object` is a choice: it declares properties, and `oneOf` beside them or among its `allOf` lists objects
    /// that declare more. Alternatives that only say what is required are none, and those of `anyOf` may be met together.
    pub(in crate::lower) fn choice(&mut self, site: &Site, object: &ObjectShape<'a>) -> Option<Choice<'a>> {
        let Part { union, site: at, index: part, discriminator } = match object.alternatives {
            Some(union) => Part { union, site: site.clone(), index: None, discriminator: None },
            None => self.part_of_choice(site, object)?,
        };
        if union.keyword != "oneOf" || union.variants.len() < 2 {
            return None;
        }
        let mut shared = Merged::default();
        for (index, member) in object.all_of.iter().enumerate().filter(|(index, _)| Some(*index) != part) {
            self.merge_member(&site.below(&format!("allOf/{index}")), member, &mut shared);
        }
        self.merge(site, &ObjectShape { all_of: &[], alternatives: None, ..*object }, &mut shared);
        let mut own = Vec::with_capacity(union.variants.len());
        for (index, variant) in union.variants.iter().enumerate() {
            let (_, schema) = self.source.schema(variant)?;
            let Shape::Object(inner) = shape(schema) else { return None };
            if inner.alternatives.is_some() {
                return None;
            }
            let mut declared = Merged::default();
            self.merge_member(&at.below(&format!("oneOf/{index}")), variant, &mut declared);
            own.push(declared);
        }
        let is_choice = !shared.properties.is_empty() && own.iter().all(|declared| !declared.properties.is_empty());
        is_choice.then_some(Choice { union, discriminator, site: at, shared, own })
    }

    /// The only union among the members of `allOf`.
    fn part_of_choice(&self, site: &Site, object: &ObjectShape<'a>) -> Option<Part<'a>> {
        let mut unions = object.all_of.iter().enumerate().filter_map(|(index, member)| {
            let (_, schema) = self.source.schema(member)?;
            match shape(schema) {
                Shape::Union(union) => Some(Part {
                    union,
                    site: site.below(&format!("allOf/{index}")),
                    index: Some(index),
                    discriminator: schema.schema_data.discriminator.as_ref(),
                }),
                _ => None,
            }
        });
        let found = unions.next()?;
        unions.next().is_none().then_some(found)
    }

    /// The union that a choice is.
    pub(in crate::lower) fn choose(
        &mut self,
        site: &Site,
        schema: &'a Schema,
        choice: Choice<'a>,
        nullable: bool,
    ) -> Value {
        let id = self.define_later(site, docs::of_schema(schema), move |lowering| {
            let discriminator = choice.discriminator.or(schema.schema_data.discriminator.as_ref());
            lowering.variants(&choice.site, &choice.union, discriminator, |lowering, index, at, variant| {
                lowering.chosen(at, variant, &choice.shared, choice.own.get(index))
            })
        });
        Value::new(ValueKind::Named(id)).or_null(nullable)
    }

    /// One variant: its own type where it declares all that is shared, else a type that has both.
    fn chosen(
        &mut self,
        at: &Site,
        variant: &'a ReferenceOr<Schema>,
        shared: &Merged<'a>,
        own: Option<&Merged<'a>>,
    ) -> Value {
        let Some(own) = own else { return self.schema(at, variant) };
        let has_all = shared.properties.keys().all(|name| own.properties.contains_key(name))
            && shared.required.iter().all(|name| own.required.contains(name));
        if has_all {
            return self.schema(at, variant);
        }
        let mut merged = shared.clone();
        merged.properties.extend(own.properties.iter().map(|(name, place)| (*name, place.clone())));
        merged.required.extend(&own.required);
        merged.additional = own.additional.clone().or(merged.additional);
        let words = self.source.schema(variant).map(|(_, schema)| docs::borrowed(schema)).unwrap_or_default();
        let id = self.define_later(at, words, move |lowering| SchemaKind::Object(lowering.merged_object(merged)));
        Value::new(ValueKind::Named(id)).or_null(self.nullable(variant))
    }
}
