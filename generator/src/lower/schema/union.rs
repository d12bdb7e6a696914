//! `oneOf` and `anyOf`, with and without a discriminator.

use openapiv3::{Discriminator as SourceDiscriminator, ReferenceOr, Schema};

use crate::lower::context::Lowering;
use crate::lower::docs;
use crate::lower::shape::{Shape, UnionShape, shape};
use crate::lower::site::Site;
use crate::lower::source::component_name;
use crate::model::{Discriminator, Docs, SchemaKind, TextFormat, Union, UnionRule, Value, ValueKind, Variant};

/// How far up its parents a variant is asked for the value that tells it from the others.
const MAX_PARENTS: usize = 4;

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
            let tags = discriminator.map(|discriminator| self.tags(schema, discriminator)).unwrap_or_default();
            let name = stated_name(schema)
                .or_else(|| tags.first().cloned())
                .or_else(|| self.content_label(schema))
                .unwrap_or_else(|| kind_label(schema, index));
            let value = make(self, index, &site.child(&at, &name), schema);
            let docs = match schema {
                ReferenceOr::Item(schema) => docs::of_schema(schema),
                ReferenceOr::Reference { .. } => Docs::default(),
            };
            variants.push(Variant { name, value, tags, docs });
        }
        SchemaKind::Union(Union {
            rule: if union.keyword == "oneOf" { UnionRule::One } else { UnionRule::Any },
            variants,
            discriminator: discriminator.map(|found| Discriminator { property: found.property_name.clone() }),
        })
    }
}

impl<'a> Lowering<'a> {
    /// The values of the discriminator that stand for a variant.
    fn tags(&self, variant: &'a ReferenceOr<Schema>, discriminator: &SourceDiscriminator) -> Vec<String> {
        let reference = match variant {
            ReferenceOr::Reference { reference } => Some(reference.as_str()),
            ReferenceOr::Item(_) => None,
        };
        let component = reference.and_then(|reference| component_name(reference, "schemas"));
        let stands_for = |target: &str| Some(target) == reference || Some(target) == component.as_deref();
        let mapped = discriminator.mapping.iter().filter(|(_, target)| stands_for(target));
        let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
        if tags.is_empty() {
            // Without a mapping the component's own name is the tag (OpenAPI 3.0.3, Discriminator Object); but a variant
            // whose property has one legal value only knows better.
            tags.extend(self.constant(variant, Some(&discriminator.property_name), 0).or(component));
        }
        tags
    }

    /// The only legal value of a variant's property: the one called so, or any that has one.
    fn constant(&self, variant: &'a ReferenceOr<Schema>, name: Option<&str>, depth: usize) -> Option<String> {
        let (_, schema) = self.source.schema(variant)?;
        let Shape::Object(object) = shape(schema) else { return None };
        let only = |property: &'a ReferenceOr<Box<Schema>>| {
            let schema = match property {
                ReferenceOr::Item(schema) => schema,
                ReferenceOr::Reference { reference } => self.source.referred_schema(reference)?.1,
            };
            match shape(schema) {
                Shape::StringEnum(values) => match values.as_slice() {
                    [only] => Some((*only).to_owned()),
                    _ => None,
                },
                _ => None,
            }
        };
        let properties = object.properties.into_iter().flatten();
        let found = properties.filter(|(known, _)| name.is_none_or(|name| name == *known)).find_map(|(_, it)| only(it));
        // Compositions that go round in a circle have been cut; long ones are not worth the way.
        let deeper = depth < MAX_PARENTS;
        found.or_else(|| object.all_of.iter().filter(|_| deeper).find_map(|part| self.constant(part, name, depth + 1)))
    }

    /// What a variant without a name is called by what it is: the only value that one of its properties may have, the
    /// schema that it extends, the first property that it needs.
    fn content_label(&self, variant: &'a ReferenceOr<Schema>) -> Option<String> {
        if let Some(constant) = self.constant(variant, None, 0) {
            return Some(constant);
        }
        let ReferenceOr::Item(schema) = variant else { return None };
        match shape(schema) {
            Shape::StringEnum(values) => match values.as_slice() {
                [only] => Some((*only).to_owned()),
                _ => Some("enum".to_owned()),
            },
            Shape::Object(object) => {
                let parent = object.all_of.iter().find_map(stated_name);
                let needed = object.required.first().cloned();
                let first = object.properties.and_then(|properties| properties.keys().next().cloned());
                parent.or(needed).or(first)
            }
            _ => None,
        }
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
