//! From a schema to a [`Type`]: scalars and lists at once, everything that needs a name through [`Lowering::define`].

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use super::context::{DraftKind, Lowering, Site, Use, component_name};
use super::docs;
use super::shape::{Shape, TextFormat, is_nullable, shape};
use crate::ir::{IntegerEnum, Name, StringEnum, Type, TypeKind};

/// How many lists, maps and compositions may stand in each other before something has a type of its own. Whoever prints
/// or parses such a type recurses that deep.
const MAX_DEPTH: usize = 128;

impl<'a> Lowering<'a> {
    /// The type of the schema at `site`, or of the component that it refers to.
    pub(super) fn schema(&mut self, site: &Site, schema: &'a ReferenceOr<Schema>) -> Use {
        let found = match schema {
            ReferenceOr::Reference { reference } => self.reference(site, reference),
            ReferenceOr::Item(schema) => self.inline(site, schema),
        };
        self.note(site, &found);
        found
    }

    /// As [`Lowering::schema`], for the schemas that `openapiv3` boxes.
    pub(super) fn boxed_schema(&mut self, site: &Site, schema: &'a ReferenceOr<Box<Schema>>) -> Use {
        let found = match schema {
            ReferenceOr::Reference { reference } => self.reference(site, reference),
            ReferenceOr::Item(schema) => self.inline(site, schema),
        };
        self.note(site, &found);
        found
    }

    fn reference(&mut self, site: &Site, reference: &str) -> Use {
        let openapi = self.openapi;
        let Some(name) = component_name(reference, "schemas") else { return self.unresolved(site, reference) };
        let found = openapi.components.as_ref().and_then(|components| components.schemas.get(name.as_str()));
        let Some(schema) = found else { return self.unresolved(site, reference) };
        let target = Site::component(&name);
        // A type that contains itself is met here before it is looked into.
        if let (Some(id), ReferenceOr::Item(schema)) = (self.defined(&target), schema) {
            return Use { ty: Type::Named(id), nullable: is_nullable(schema) };
        }
        if self.resolving.contains(&name) {
            let origin = self.origin(&site.pointer);
            self.report.warning(
                "recursive-alias",
                Some(origin),
                format!("`{name}` is a list, a map or a reference that contains only itself, so it has no Rust type"),
                "give the schema a property, or let it end in another type; until then the value is plain JSON"
                    .to_owned(),
            );
            return Use { ty: Type::Json, nullable: true };
        }
        self.resolving.push(name.clone());
        let result = self.schema(&target, schema);
        self.resolving.pop();
        result
    }

    fn unresolved(&mut self, site: &Site, reference: &str) -> Use {
        let origin = self.origin(&site.pointer);
        self.report.error(
            "unknown-reference",
            Some(origin),
            format!("`{reference}` is no schema of this document"),
            "declare the schema under `components/schemas`, or correct the reference".to_owned(),
        );
        Use { ty: Type::Json, nullable: true }
    }

    fn inline(&mut self, site: &Site, schema: &'a Schema) -> Use {
        if self.depth >= MAX_DEPTH {
            let origin = self.origin(&site.pointer);
            self.report.warning(
                "nested-too-deep",
                Some(origin),
                format!("this stands in more than {MAX_DEPTH} lists, maps and compositions, so it has no Rust type"),
                "give one of the schemas on the way a property; until then the value is plain JSON".to_owned(),
            );
            return Use { ty: Type::Json, nullable: true };
        }
        self.depth += 1;
        let found = self.shallow(site, schema);
        self.depth -= 1;
        found
    }

    fn shallow(&mut self, site: &Site, schema: &'a Schema) -> Use {
        let nullable = is_nullable(schema);
        let ty = match shape(schema) {
            Shape::Text(TextFormat::DateTime) => Type::DateTime,
            Shape::Text(TextFormat::Plain | TextFormat::Binary) => Type::String,
            Shape::Boolean => Type::Boolean,
            Shape::Integer => Type::Int64,
            Shape::Number => Type::Double,
            Shape::Anything => Type::Json,
            Shape::StringEnum(values) => self.string_enum(site, schema, &values),
            Shape::IntegerEnum(values) => self.integer_enum(site, schema, &values),
            Shape::List(items) => match items {
                Some(items) => {
                    let item = self.boxed_schema(&site.child("items", "item"), items);
                    Type::List(Box::new(element(item)))
                }
                None => Type::List(Box::new(Type::Json)),
            },
            Shape::Object(object) => return self.object(site, schema, &object, nullable),
            Shape::Union(union) => return self.union(site, schema, &union, nullable),
        };
        Use { ty, nullable }
    }

    fn string_enum(&mut self, site: &Site, schema: &Schema, values: &[&str]) -> Type {
        let mut known = BTreeSet::new();
        let variants = values.iter().filter(|value| known.insert(**value)).map(|value| Name::wire(*value)).collect();
        let kind = TypeKind::StringEnum(StringEnum { variants, unknown_ident: String::new() });
        Type::Named(self.define(site, docs::of_schema(schema), DraftKind::Done(kind)))
    }

    fn integer_enum(&mut self, site: &Site, schema: &Schema, values: &[i64]) -> Type {
        let mut known = BTreeSet::new();
        let values = values.iter().filter(|value| known.insert(**value));
        let variants = values.map(|value| (Name::wire(value.to_string()), *value)).collect();
        let kind = TypeKind::IntegerEnum(IntegerEnum { variants, unknown_ident: String::new() });
        Type::Named(self.define(site, docs::of_schema(schema), DraftKind::Done(kind)))
    }
}

/// What a list or a map holds: here nullability is part of the type.
pub(super) fn element(value: Use) -> Type {
    match value {
        Use { ty: Type::Json, .. } => Type::Json,
        Use { ty, nullable: true } => Type::Optional(Box::new(ty)),
        Use { ty, nullable: false } => ty,
    }
}
