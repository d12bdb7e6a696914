//! Misspelled types.

use serde_json::Value;

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child};

/// `type: date-time`, `type: String`, `type: int`: a format, or the name that the type has in a programming language.
/// Seen in hand-written schemas. The type of OpenAPI that is meant is taken, with the format where there is one.
pub(super) fn mend(_: Kind, schema: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(written) = schema.get("type").and_then(Value::as_str) else { return };
    if written == "null" {
        let wrong = "`null` is a type of OpenAPI 3.1, but this document is of 3.0";
        notes.mended("repaired-type", &child(at, "type"), wrong, "taken as `nullable: true`");
        schema.shift_remove("type");
        schema.insert("nullable".to_owned(), Value::Bool(true));
        return;
    }
    let (name, format) = match written.to_lowercase().as_str() {
        "date-time" | "datetime" | "timestamp" => ("string", Some("date-time")),
        "date" => ("string", Some("date")),
        "uuid" => ("string", Some("uuid")),
        "uri" | "url" => ("string", Some("uri")),
        "email" => ("string", Some("email")),
        "password" => ("string", Some("password")),
        "byte" => ("string", Some("byte")),
        "binary" | "file" => ("string", Some("binary")),
        "str" | "text" | "string" | "enum" => ("string", None),
        "int" | "integer" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "int64" | "long" => ("integer", Some("int64")),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "number" | "decimal" => ("number", None),
        "bool" | "boolean" => ("boolean", None),
        "list" | "array" => ("array", None),
        "map" | "dict" | "object" => ("object", None),
        _ => return,
    };
    if written == name {
        return;
    }
    let format = format.filter(|_| !schema.contains_key("format"));
    let meant = match format {
        Some(format) => format!("`type: {name}` with `format: {format}`"),
        None => format!("`type: {name}`"),
    };
    let wrong = format!("`{written}` is not a type of OpenAPI");
    notes.mended("repaired-type", &child(at, "type"), wrong, format!("taken as {meant}"));
    schema.insert("type".to_owned(), Value::String(name.to_owned()));
    if let Some(format) = format {
        schema.insert("format".to_owned(), Value::String(format.to_owned()));
    }
}
