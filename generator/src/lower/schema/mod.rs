//! From a schema to a [`Value`]: scalars and lists at once, everything that needs a name through
//! [`Lowering::define`].
//!
//! Schemas hold schemas, so the files of this folder import each other: what stands in a property or a variant is a
//! schema again, and starts here.

pub(super) mod choice;
pub(super) mod object;
pub(super) mod union;

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};

use super::context::Lowering;
use super::docs;
use super::shape::{ListShape, Shape, is_nullable, other_enumeration, shape};
use super::site::Site;
use super::source::component_name;
use crate::model::{EnumValues, List, SchemaKind, Value, ValueKind};

/// How many lists, maps and compositions may stand in each other before something has a name of its own. Whoever prints or
/// parses such a value recurses that deep.
const MAX_DEPTH: usize = 128;

impl<'a> Lowering<'a> {
    /// The values of the schema at `site`, or of the component that it refers to.
    pub(in crate::lower) fn schema(&mut self, site: &Site, schema: &'a ReferenceOr<Schema>) -> Value {
        let found = match schema {
            ReferenceOr::Reference { reference } => self.reference(site, reference),
            ReferenceOr::Item(schema) => self.inline(site, schema),
        };
        self.note(site, &found);
        found
    }

    /// As [`Lowering::schema`], for the schemas that `openapiv3` boxes.
    pub(in crate::lower) fn boxed_schema(&mut self, site: &Site, schema: &'a ReferenceOr<Box<Schema>>) -> Value {
        let found = match schema {
            ReferenceOr::Reference { reference } => self.reference(site, reference),
            ReferenceOr::Item(schema) => self.inline(site, schema),
        };
        self.note(site, &found);
        found
    }

    fn reference(&mut self, site: &Site, reference: &str) -> Value {
        let Some(name) = component_name(reference, "schemas") else { return self.unresolved(site, reference) };
        let Some(schema) = self.source.component_schema(&name) else { return self.unresolved(site, reference) };
        let target = Site::component(&name);
        // A schema that contains itself arrives here before its content is lowered.
        if let (Some(id), ReferenceOr::Item(schema)) = (self.defined(&target), schema) {
            return Value::new(ValueKind::Named(id)).or_null(is_nullable(schema));
        }
        if self.resolving.contains(&name) {
            let origin = self.source.origin(&site.pointer);
            self.report.warning(
                "recursive-alias",
                Some(origin),
                format!("`{name}` is a list, a map or a reference that contains only itself, so it has no Rust type"),
                "give the schema a property, or let it end in another type; until then the value is plain JSON"
                    .to_owned(),
            );
            return Value::any();
        }
        self.resolving.push(name.clone());
        let result = self.schema(&target, schema);
        self.resolving.pop();
        result
    }

    fn unresolved(&mut self, site: &Site, reference: &str) -> Value {
        let origin = self.source.origin(&site.pointer);
        self.report.error(
            "unknown-reference",
            Some(origin),
            format!("`{reference}` is not a schema of this document"),
            "declare the schema under `components/schemas`, or correct the reference".to_owned(),
        );
        Value::any()
    }

    fn inline(&mut self, site: &Site, schema: &'a Schema) -> Value {
        if self.depth >= MAX_DEPTH {
            let origin = self.source.origin(&site.pointer);
            self.report.warning(
                "nested-too-deep",
                Some(origin),
                format!("this stands in more than {MAX_DEPTH} lists, maps and compositions, so it has no Rust type"),
                "give one of the schemas on the way a property; until then the value is plain JSON".to_owned(),
            );
            return Value::any();
        }
        self.depth += 1;
        let found = self.shallow(site, schema);
        self.depth -= 1;
        found
    }

    fn shallow(&mut self, site: &Site, schema: &'a Schema) -> Value {
        let nullable = is_nullable(schema);
        let kind = match shape(schema) {
            Shape::Text(text) => ValueKind::Text(text),
            Shape::Boolean => ValueKind::Boolean,
            Shape::Integer(rules) => ValueKind::Integer(rules),
            Shape::Number(rules) => ValueKind::Number(rules),
            Shape::Anything => ValueKind::Any,
            Shape::StringEnum(values) => self.string_enum(site, schema, &values),
            Shape::IntegerEnum(values) => self.integer_enum(site, schema, &values),
            Shape::List(list) => self.list(site, &list),
            Shape::Object(object) => return self.object(site, schema, &object, nullable),
            Shape::Union(union) => return self.union(site, schema, &union, nullable),
        };
        Value { kind, nullable, allowed: other_enumeration(schema) }
    }

    fn list(&mut self, site: &Site, list: &ListShape<'a>) -> ValueKind {
        let items = match list.items {
            Some(items) => self.boxed_schema(&site.child("items", "item"), items),
            None => Value::any(),
        };
        let ListShape { min_items, max_items, unique, .. } = *list;
        ValueKind::List(Box::new(List { items, min_items, max_items, unique }))
    }

    fn string_enum(&mut self, site: &Site, schema: &Schema, values: &[&str]) -> ValueKind {
        ValueKind::Named(self.define(site, docs::of_schema(schema), || {
            let mut known = BTreeSet::new();
            let values = values.iter().filter(|value| known.insert(**value)).map(|value| (*value).to_owned());
            SchemaKind::StringEnum(EnumValues { values: values.collect() })
        }))
    }

    fn integer_enum(&mut self, site: &Site, schema: &Schema, values: &[i64]) -> ValueKind {
        ValueKind::Named(self.define(site, docs::of_schema(schema), || {
            let mut known = BTreeSet::new();
            SchemaKind::IntegerEnum(EnumValues {
                values: values.iter().copied().filter(|value| known.insert(*value)).collect(),
            })
        }))
    }
}
