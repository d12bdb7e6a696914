//! Values that a schema admits: of its examples where it has some, else composed.

use serde_json::{Map, Value, json};

use super::schema::{self, Schemas};
use crate::operation::catalog::{Catalog, MediaType};

/// How deep composed values go; below, only what is required is there.
const DEPTH: usize = 6;
/// Where composing ends whatever is required: a schema that requires itself has no finite value.
const LIMIT: usize = 24;

/// The value that stands for a media type: its first example that its schema admits, else a composed one.
pub(super) fn of(schemas: &Schemas, catalog: &'static Catalog, media_type: &MediaType) -> Value {
    let examples = media_type.examples.iter().filter_map(|(_, text)| serde_json::from_str(text).ok());
    let admitted = |value: &Value| schemas.admits(catalog, media_type.schema, value);
    let composed = || Composer { catalog, examples: true }.compose(&schema::parsed(media_type.schema), 0);
    let bare = || Composer { catalog, examples: false }.compose(&schema::parsed(media_type.schema), 0);
    let mut candidates = examples.chain(std::iter::once_with(composed));
    candidates.find(admitted).unwrap_or_else(bare)
}

/// The value of the schema of a part: a property or a header.
pub(super) fn of_schema(catalog: &'static Catalog, schema: &Value) -> Value {
    Composer { catalog, examples: true }.compose(schema, 0)
}

/// Composes values.
struct Composer {
    catalog: &'static Catalog,
    /// Whether the examples and defaults that schemas give for properties are used.
    examples: bool,
}

impl Composer {
    fn compose(&self, schema: &Value, depth: usize) -> Value {
        if self.examples
            && let Some(example) = schema.get("example").or_else(|| schema.get("default"))
        {
            return example.clone();
        }
        let nullable = schema.get("anyOf").is_some() || schema::is_of(schema, "null");
        if depth > LIMIT || (depth > DEPTH && nullable) {
            return Value::Null;
        }
        let schema = &schema::resolved(self.catalog, schema);
        if self.examples
            && let Some(example) = schema.get("example")
        {
            return example.clone();
        }
        if let Some(value) = schema.get("const").or_else(|| schema.get("enum")?.as_array()?.first()) {
            return value.clone();
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(first) = schema.get(choice).and_then(Value::as_array).and_then(|all| all.first()) {
                return self.chosen(schema, first, depth);
            }
        }
        self.of_kind(schema, depth)
    }

    /// The first alternative, with the tag that its discriminator wants.
    fn chosen(&self, schema: &Value, first: &Value, depth: usize) -> Value {
        let mut value = self.compose(first, depth + 1);
        let tag = schema.pointer("/discriminator/propertyName").and_then(Value::as_str);
        let mapping = schema.pointer("/discriminator/mapping").and_then(Value::as_object);
        let key = mapping.and_then(|all| all.iter().find(|(_, target)| Some(*target) == first.get("$ref")));
        if let (Value::Object(members), Some(tag), Some((key, _))) = (&mut value, tag, key) {
            members.insert(tag.to_owned(), Value::from(key.as_str()));
        }
        value
    }

    fn of_kind(&self, schema: &Value, depth: usize) -> Value {
        if schema::is_of(schema, "object") {
            self.object(schema, depth)
        } else if schema::is_of(schema, "array") {
            self.list(schema, depth)
        } else if schema::is_of(schema, "string") {
            text(schema)
        } else if schema::is_of(schema, "integer") || schema::is_of(schema, "number") {
            number(schema)
        } else if schema::is_of(schema, "boolean") {
            Value::Bool(true)
        } else if schema::is_of(schema, "null") {
            Value::Null
        } else {
            json!({})
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Value {
        let required: Vec<&str> = schema::required(schema).collect();
        let mut members = Map::new();
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let hidden = property.get("writeOnly") == Some(&Value::Bool(true));
            if required.contains(&name.as_str()) || (depth < DEPTH && !hidden) {
                members.insert(name.clone(), self.compose(property, depth + 1));
            }
        }
        Value::Object(members)
    }

    fn list(&self, schema: &Value, depth: usize) -> Value {
        let least = count(schema, "minItems").unwrap_or(usize::from(depth < DEPTH));
        let most = count(schema, "maxItems").unwrap_or(least);
        let item = self.compose(schema.get("items").unwrap_or(&Value::Bool(true)), depth + 1);
        Value::Array(vec![item; least.min(most).min(256)])
    }
}

fn count(schema: &Value, keyword: &str) -> Option<usize> {
    schema.get(keyword)?.as_u64().and_then(|count| usize::try_from(count).ok())
}

fn text(schema: &Value) -> Value {
    let text = match schema.get("format").and_then(Value::as_str).unwrap_or_default() {
        "date-time" => "2024-05-17T09:30:00Z",
        "date" => "2024-05-17",
        "time" => "09:30:00Z",
        "duration" => "PT1H",
        "uuid" => "3f2b8c1e-5d47-4a9b-8e63-0c1d2e3f4a5b",
        "email" => "someone@example.com",
        "uri" | "url" => "https://example.com/",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "ZXhhbXBsZQ==",
        _ => "example",
    };
    let mut text = text.to_owned();
    if let Some(least) = count(schema, "minLength").map(|least| least.min(4096)) {
        while text.len() < least {
            text.push('x');
        }
    }
    if let Some(most) = count(schema, "maxLength") {
        text.truncate(most);
    }
    Value::String(text)
}

/// A multiple of the step within the limits, near 1; a fraction only where no whole number fits.
fn number(schema: &Value) -> Value {
    let step = schema.get("multipleOf").and_then(Value::as_i64).unwrap_or(1).max(1);
    let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
    let (least, above) = (bound("minimum"), bound("exclusiveMinimum"));
    let (most, below) = (bound("maximum"), bound("exclusiveMaximum"));
    let first = least.map(f64::ceil).into_iter().chain(above.map(|above| above.floor() + 1.0)).reduce(f64::max);
    let last = most.map(f64::floor).into_iter().chain(below.map(|below| below.ceil() - 1.0)).reduce(f64::min);
    let whole = step.max(first.map_or(i64::MIN, |first| first as i64)).min(last.map_or(i64::MAX, |last| last as i64));
    let fits = first.is_none_or(|first| whole as f64 >= first);
    if !fits && let (Some(low), Some(high)) = (least.or(above), most.or(below)) {
        return Value::from(low + (high - low) / 2.0);
    }
    // Upward to the next multiple, else downward.
    let up = whole.checked_add((step - whole.rem_euclid(step)) % step).unwrap_or(whole);
    let multiple = if last.is_none_or(|last| up as f64 <= last) { up } else { whole - whole.rem_euclid(step) };
    Value::from(multiple)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_within_their_limits() {
        let cases = [
            (json!({}), json!(1)),
            (json!({ "minimum": 5, "multipleOf": 10 }), json!(10)),
            (json!({ "maximum": 19, "minimum": 12, "multipleOf": 4 }), json!(12)),
            (json!({ "maximum": -3 }), json!(-3)),
            (json!({ "maximum": 7, "multipleOf": 10 }), json!(0)),
            (json!({ "exclusiveMinimum": 1 }), json!(2)),
            (json!({ "exclusiveMinimum": 0, "exclusiveMaximum": 1 }), json!(0.5)),
            (json!({ "minimum": i64::MAX, "multipleOf": 1000 }), json!(i64::MAX)),
        ];
        for (schema, expected) in cases {
            assert_eq!(number(&schema), expected, "{schema}");
        }
    }
}
