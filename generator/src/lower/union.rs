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
            DraftKind::Done(match &schema.schema_data.discriminator {
                Some(discriminator) => lowering.tagged(&here, &union, discriminator),
                None => lowering.untagged(&here, &union),
            })
        });
        Use { ty: Type::Named(id), nullable }
    }

    fn untagged(&mut self, site: &Site, union: &UnionShape<'a>) -> TypeKind {
        let variants = self.variants(site, union).into_iter().map(|(variant, _)| variant).collect();
        TypeKind::Union(Union { variants, other_ident: String::new() })
    }

    fn tagged(&mut self, site: &Site, union: &UnionShape<'a>, discriminator: &Discriminator) -> TypeKind {
        let variants = self
            .variants(site, union)
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
            .collect();
        TypeKind::TaggedUnion(TaggedUnion {
            tag: discriminator.property_name.clone(),
            variants,
            other_ident: String::new(),
        })
    }

    /// The variants, each with the reference that it is, if it is one.
    fn variants(&mut self, site: &Site, union: &UnionShape<'a>) -> Vec<(Variant, Option<String>)> {
        let mut variants: Vec<(Variant, Option<String>)> = Vec::with_capacity(union.variants.len());
        for (index, schema) in union.variants.iter().enumerate() {
            let at = format!("{}/{index}", union.keyword);
            let stated = stated_name(schema);
            let label = stated.clone().unwrap_or_else(|| kind_label(schema, index));
            let value = self.schema(&site.child(&at, &label), schema);
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
        Shape::Integer(_) => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::List(_) => "list".to_owned(),
        Shape::Object(object) if object.declares_nothing() => "object".to_owned(),
        _ => format!("variant {}", index + 1),
    }
}
