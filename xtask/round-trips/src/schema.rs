//! Whether the schemas of an OpenAPI 3.0 document admit a value.
//!
//! A schema of OpenAPI 3.0 is one of JSON Schema draft 4 (its section 4.7.24 says what differs) but for `nullable`,
//! which is put into draft 4's words here. Formats are not asserted: a date that is no RFC 3339 has to survive too.

use jsonschema::{Draft, Registry, Resource};
use serde_json::{Map, Value, json};

/// Where the document stands for references to it.
const BASE: &str = "json-schema:///document";

/// The schemas of a document.
pub(crate) struct Schemas<'a> {
    document: &'a Value,
    registry: Registry<'static>,
}

impl<'a> Schemas<'a> {
    pub(crate) fn new(document: &'a Value) -> Result<Self, String> {
        let components = document.pointer("/components/schemas").map_or_else(|| json!({}), in_draft_4);
        let resource = Resource::from_contents(json!({ "components": { "schemas": components } }));
        let registry =
            Registry::new().draft(Draft::Draft4).add(BASE, resource).and_then(jsonschema::RegistryBuilder::prepare);
        Ok(Self { document, registry: registry.map_err(|error| format!("its schemas cannot be used: {error}"))? })
    }

    /// The schema at `pointer`.
    pub(crate) fn schema(&self, pointer: &str) -> Result<&'a Value, String> {
        self.document.pointer(pointer).ok_or_else(|| format!("the document has nothing at `{pointer}`"))
    }

    /// Says why the schema at `pointer` does not admit `value`.
    pub(crate) fn admits(&self, pointer: &str, value: &Value) -> Result<(), String> {
        let mut schema = in_draft_4(self.schema(pointer)?);
        absolute(&mut schema);
        let validator = jsonschema::options()
            .with_draft(Draft::Draft4)
            .with_registry(&self.registry)
            .should_validate_formats(false)
            .build(&schema)
            .map_err(|error| format!("its schema cannot be checked: {error}"))?;
        let first = validator.iter_errors(value).next();
        first.map_or(Ok(()), |error| {
            // A long value says no more than its place.
            let scalar = !matches!(error.instance().as_ref(), Value::Object(_) | Value::Array(_));
            let why = if scalar { error.to_string() } else { error.masked().to_string() };
            Err(format!("{why} at `{}`", error.instance_path()))
        })
    }
}

/// The same schema without `nullable`.
fn in_draft_4(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            let mut plain: Map<String, Value> =
                object.iter().map(|(key, value)| (key.clone(), in_draft_4(value))).collect();
            if plain.get("nullable").is_some_and(Value::is_boolean) {
                plain.remove("nullable");
            }
            if object.get("nullable") == Some(&Value::Bool(true)) {
                json!({ "anyOf": [plain, { "enum": [null] }] })
            } else {
                Value::Object(plain)
            }
        }
        Value::Array(items) => items.iter().map(in_draft_4).collect(),
        other => other.clone(),
    }
}

/// Makes references of a schema that stands alone lead into the document.
fn absolute(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get_mut("$ref")
                && reference.starts_with('#')
            {
                reference.insert_str(0, BASE);
            }
            object.values_mut().for_each(absolute);
        }
        Value::Array(items) => items.iter_mut().for_each(absolute),
        _ => {}
    }
}
