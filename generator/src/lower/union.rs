//! `oneOf` and `anyOf`: with a discriminator a tagged union, otherwise one of which the best match wins.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::context::{DraftKind, Lowering, Site, Use, component_name};
use super::docs;
use super::shape::UnionShape;
use crate::ir::{Docs, Name, TaggedUnion, Type, TypeKind, Union, Variant};

impl<'a> Lowering<'a> {
    /// The type of a union. One that offers a single type is that type.
    pub(super) fn union(&mut self, site: &Site, schema: &'a Schema, union: &UnionShape<'a>, nullable: bool) -> Use {
        if let [only] = union.variants {
            let inner = self.schema(&site.below(&format!("{}/0", union.keyword)), only);
            return Use { ty: inner.ty, nullable: nullable || inner.nullable };
        }
        let nullable = nullable || union.variants.iter().any(|variant| self.nullable(variant));
        let (here, union) = (site.clone(), *union);
        let id = self.define_later(site, docs::of_schema(schema), move |lowering| {
            let variants = lowering.variants(&here, &union, |lowering, _, at, variant| lowering.schema(at, variant));
            DraftKind::Done(union_of(variants, schema.schema_data.discriminator.as_ref()))
        });
        Use { ty: Type::Named(id), nullable }
    }

    /// The variants, each with the reference that it is, if it is one; `make` lowers the one of an index at its place.
    pub(super) fn variants(
        &mut self,
        site: &Site,
        union: &UnionShape<'a>,
        make: impl Fn(&mut Self, usize, &Site, &'a ReferenceOr<Schema>) -> Use,
    ) -> Vec<(Variant, Option<String>)> {
        let mut variants: Vec<(Variant, Option<String>)> = Vec::with_capacity(union.variants.len());
        for (index, schema) in union.variants.iter().enumerate() {
            let at = format!("{}/{index}", union.keyword);
            let stated = stated_name(schema);
            let label = stated.clone().unwrap_or_else(|| kind_label(schema, index));
            let value = make(self, index, &site.child(&at, &label), schema);
            let reference = match schema {
                ReferenceOr::Reference { reference } => Some(reference.clone()),
                ReferenceOr::Item(_) => None,
            };
            // Two alternatives of one type (two objects without properties, say) are one to Rust.
            if variants.iter().any(|(known, _)| known.ty == value.ty) {
                continue;
            }
            let docs = match schema {
                ReferenceOr::Item(schema) => docs::of_schema(schema),
                ReferenceOr::Reference { .. } => Docs::default(),
            };
            variants.push((Variant { name: Name::wire(label), ty: value.ty, docs }, reference));
        }
        variants
    }
}

/// The union of these variants, with tags where there is a discriminator.
pub(super) fn union_of(variants: Vec<(Variant, Option<String>)>, discriminator: Option<&Discriminator>) -> TypeKind {
    let other_ident = String::new();
    match discriminator {
        Some(discriminator) => TypeKind::TaggedUnion(TaggedUnion {
            tag: discriminator.property_name.clone(),
            variants: tagged(variants, discriminator),
            other_ident,
        }),
        None => {
            TypeKind::Union(Union { variants: variants.into_iter().map(|(variant, _)| variant).collect(), other_ident })
        }
    }
}

/// Each variant with the strings that stand for it.
fn tagged(variants: Vec<(Variant, Option<String>)>, discriminator: &Discriminator) -> Vec<(Variant, Vec<String>)> {
    variants
        .into_iter()
        .map(|(variant, reference)| {
            let component = reference.as_deref().and_then(|reference| component_name(reference, "schemas"));
            let mut tags: Vec<String> = discriminator
                .mapping
                .iter()
                .filter(|(_, target)| {
                    Some(target.as_str()) == reference.as_deref() || Some(target.as_str()) == component.as_deref()
                })
                .map(|(tag, _)| tag.clone())
                .collect();
            // Without a mapping the component's own name is the tag (OpenAPI 3.0.3, Discriminator Object).
            if tags.is_empty() {
                tags.extend(component);
            }
            (variant, tags)
        })
        .collect()
}

/// What the document calls a variant: its component's name, or its title.
fn stated_name(schema: &ReferenceOr<Schema>) -> Option<String> {
    match schema {
        ReferenceOr::Reference { reference } => component_name(reference, "schemas"),
        ReferenceOr::Item(schema) => schema.schema_data.title.clone(),
    }
}

/// What a variant without a name is called: by its kind, and where that says nothing by its number.
fn kind_label(schema: &ReferenceOr<Schema>, index: usize) -> String {
    use super::shape::{Shape, TextFormat, shape};
    let ReferenceOr::Item(schema) = schema else { return format!("variant {}", index + 1) };
    match shape(schema) {
        Shape::Text(TextFormat::DateTime) => "date time".to_owned(),
        Shape::Text(_) => "string".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::List(_) => "list".to_owned(),
        Shape::Object(object) if object.declares_nothing() => "object".to_owned(),
        _ => format!("variant {}", index + 1),
    }
}
