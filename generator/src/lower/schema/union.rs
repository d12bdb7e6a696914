//! `oneOf` and `anyOf`, with and without a discriminator.

use openapiv3::{Discriminator as SourceDiscriminator, ReferenceOr, Schema};

use crate::lower::context::Lowering;
use crate::lower::docs;
use crate::lower::shape::{Shape, UnionShape, shape};
use crate::lower::site::Site;
use crate::lower::source::component_name;
use crate::model::{Discriminator, Docs, SchemaKind, TextFormat, Union, UnionRule, Value, ValueKind, Variant};

impl<'a> Lowering<'a> {
    /// The values of a union. One that offers a single schema is that schema; one that offers `null` beside it is that
    /// schema or `null`, which is how a value that may be missing is often written.
    pub(in crate::lower) fn union(
        &mut self,
        site: &Site,
        schema: &'a Schema,
        union: &UnionShape<'a>,
        nullable: bool,
    ) -> Value {
        let mut others = union.variants.iter().enumerate().filter(|(_, variant)| !self.is_only_null(variant));
        let (first, second) = (others.next(), others.next());
        let nullable = nullable || union.variants.iter().any(|variant| self.nullable(variant));
        match (first, second) {
            (None, _) => return Value::any(),
            (Some((index, only)), None) => {
                return self.schema(&site.below(&format!("{}/{index}", union.keyword)), only).or_null(nullable);
            }
            _ => {}
        }
        let (here, union) = (site.clone(), *union);
        let id = self.define_later(site, docs::of_schema(schema), move |lowering| {
            let discriminator = schema.schema_data.discriminator.as_ref();
            lowering.variants(&here, &union, discriminator, |lowering, _, at, variant| lowering.schema(at, variant))
        });
        Value::new(ValueKind::Named(id)).or_null(nullable)
    }

    /// The union with its variants; `make` lowers the one of an index at its place.
    pub(in crate::lower) fn variants(
        &mut self,
        site: &Site,
        union: &UnionShape<'a>,
        discriminator: Option<&SourceDiscriminator>,
        make: impl Fn(&mut Self, usize, &Site, &'a ReferenceOr<Schema>) -> Value,
    ) -> SchemaKind {
        let mut variants: Vec<Variant> = Vec::with_capacity(union.variants.len());
        for (index, schema) in union.variants.iter().enumerate() {
            // Said where the union is used.
            if self.is_only_null(schema) {
                continue;
            }
            let at = format!("{}/{index}", union.keyword);
            let name = stated_name(schema).unwrap_or_else(|| kind_label(schema, index));
            let value = make(self, index, &site.child(&at, &name), schema);
            let docs = match schema {
                ReferenceOr::Item(schema) => docs::of_schema(schema),
                ReferenceOr::Reference { .. } => Docs::default(),
            };
            let tags = discriminator.map(|discriminator| tags(schema, discriminator)).unwrap_or_default();
            variants.push(Variant { name, value, tags, docs });
        }
        SchemaKind::Union(Union {
            rule: if union.keyword == "oneOf" { UnionRule::One } else { UnionRule::Any },
            variants,
            discriminator: discriminator.map(|found| Discriminator { property: found.property_name.clone() }),
        })
    }
}

/// The values of the discriminator that stand for a variant.
fn tags(variant: &ReferenceOr<Schema>, discriminator: &SourceDiscriminator) -> Vec<String> {
    let ReferenceOr::Reference { reference } = variant else { return Vec::new() };
    let component = component_name(reference, "schemas");
    let stands_for = |target: &str| target == reference || Some(target) == component.as_deref();
    let mapped = discriminator.mapping.iter().filter(|(_, target)| stands_for(target));
    let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
    // Without a mapping the component's own name is the tag (OpenAPI 3.0.3, Discriminator Object).
    if tags.is_empty() {
        tags.extend(component);
    }
    tags
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
    let ReferenceOr::Item(schema) = schema else { return format!("variant {}", index + 1) };
    match shape(schema) {
        Shape::Text(text) if text.format == TextFormat::DateTime => "date time".to_owned(),
        Shape::Text(_) => "string".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer(_) => "integer".to_owned(),
        Shape::Number(_) => "number".to_owned(),
        Shape::List(_) => "list".to_owned(),
        Shape::Object(object) if object.declares_nothing() => "object".to_owned(),
        _ => format!("variant {}", index + 1),
    }
}
