//! What the document says for people, gathered from the places where OpenAPI has it.

use openapiv3::Schema;

use crate::ir::{Deprecation, Docs};

/// The words of a schema.
pub(super) fn of_schema(schema: &Schema) -> Docs {
    let data = &schema.schema_data;
    Docs {
        // A title is a label, not a sentence: it only serves where there is nothing better.
        summary: data.title.clone().filter(|_| data.description.is_none()),
        description: data.description.clone(),
        example: data.example.clone(),
        default: data.default.clone(),
        deprecation: deprecation(data.deprecated),
    }
}

/// The words of a schema for something that refers to it: without its example, which belongs to the whole type.
pub(super) fn borrowed(schema: &Schema) -> Docs {
    Docs { example: None, default: None, ..of_schema(schema) }
}

/// What the flag of the document means.
pub(super) fn deprecation(deprecated: bool) -> Deprecation {
    if deprecated { Deprecation::Deprecated } else { Deprecation::Current }
}
