//! The schemas of a catalog, as the mock server uses them: resolved for samples, compiled for checks.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value};

use crate::operation::catalog::Catalog;

/// A catalog's address, and a schema's text.
type Key = (usize, &'static str);

/// Nothing, where the schema cannot be compiled.
type Compiled = Option<Arc<jsonschema::Validator>>;

/// Compiled schemas by their text; kept, because most requests ask for the same few.
#[derive(Default)]
pub(super) struct Schemas {
    compiled: Mutex<BTreeMap<Key, Compiled>>,
}

impl Schemas {
    /// What is wrong with a value: for each fault its JSON Pointer and the cause. A schema that cannot be compiled refuses
    /// nothing: the fault would be the document's.
    pub(super) fn faults(
        &self,
        catalog: &'static Catalog,
        schema: &'static str,
        value: &Value,
    ) -> Vec<(String, String)> {
        let Some(validator) = self.compiled(catalog, schema) else { return Vec::new() };
        validator.iter_errors(value).map(|error| (error.instance_path().to_string(), error.to_string())).collect()
    }

    pub(super) fn admits(&self, catalog: &'static Catalog, schema: &'static str, value: &Value) -> bool {
        self.compiled(catalog, schema).is_none_or(|validator| validator.is_valid(value))
    }

    fn compiled(&self, catalog: &'static Catalog, schema: &'static str) -> Compiled {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (std::ptr::from_ref(catalog).addr(), schema);
        compiled.entry(key).or_insert_with(|| compile(catalog, schema).map(Arc::new)).clone()
    }
}

/// Compiles a schema together with the schemas that it reaches.
fn compile(catalog: &'static Catalog, schema: &str) -> Option<jsonschema::Validator> {
    let mut root = match parsed(schema) {
        Value::Object(root) => root,
        _ => return None,
    };
    let mut reached = BTreeMap::new();
    reach(catalog, &Value::Object(root.clone()), &mut reached);
    root.insert("schemas".to_owned(), Value::Object(reached.into_iter().collect()));
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(false);
    options.build(&Value::Object(root)).ok()
}

fn reach(catalog: &'static Catalog, value: &Value, reached: &mut BTreeMap<String, Value>) {
    let mut left: Vec<String> = Vec::new();
    references(value, &mut left);
    while let Some(name) = left.pop() {
        let schema = parsed(catalog.schema(&name).unwrap_or_default());
        if let Entry::Vacant(place) = reached.entry(name) {
            references(&schema, &mut left);
            place.insert(schema);
        }
    }
}

fn references(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            names.extend(reference(members).map(str::to_owned));
            members.values().for_each(|member| references(member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        _ => {}
    }
}

/// A schema's text as a value. An empty text allows everything.
pub(super) fn parsed(schema: &str) -> Value {
    serde_json::from_str(schema).unwrap_or(Value::Bool(true))
}

/// The name that a schema refers to.
fn reference(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/schemas/")
}

/// The schema behind references, and behind a choice between a schema and `null`.
pub(super) fn resolved(catalog: &'static Catalog, schema: &Value) -> Value {
    let (mut schema, mut met) = (schema.clone(), BTreeSet::new());
    loop {
        let Some(members) = schema.as_object() else { return schema };
        let next = match (reference(members), only_alternative(members)) {
            (Some(name), _) if met.insert(name.to_owned()) => parsed(catalog.schema(name).unwrap_or_default()),
            (None, Some(only)) => only,
            _ => return schema,
        };
        schema = next;
    }
}

/// The schema beside `null` in a choice of two.
fn only_alternative(schema: &Map<String, Value>) -> Option<Value> {
    let alternatives = schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_array()?;
    let mut real = alternatives.iter().filter(|one| one.get("type").is_none_or(|kind| kind != "null"));
    let only = real.next()?;
    (real.next().is_none()).then(|| only.clone())
}

/// Whether a schema names this type, perhaps beside others.
pub(super) fn is_of(schema: &Value, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|known| known == kind),
        Some(known) => known == kind,
        None => kind == "object" && schema.get("properties").is_some(),
    }
}

/// The names of the properties that an object of this schema must have.
pub(super) fn required(schema: &Value) -> impl Iterator<Item = &str> {
    schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
