//! What the document says for people, gathered from the places where OpenAPI has it.

use indexmap::IndexMap;
use openapiv3::{Example as SourceExample, ExternalDocumentation, ReferenceOr, Schema};

use super::source::Source;
use crate::model::{Deprecation, Docs, Example, Link};

/// The words of a schema.
pub(super) fn of_schema(schema: &Schema) -> Docs {
    let data = &schema.schema_data;
    Docs {
        title: data.title.clone(),
        summary: None,
        description: data.description.clone(),
        link: link(data.external_docs.as_ref()),
        example: data.example.clone(),
        default: data.default.clone(),
        deprecation: deprecation(data.deprecated),
    }
}

/// The words of a schema for something that refers to it: without its example, which belongs to the whole schema.
pub(super) fn borrowed(schema: &Schema) -> Docs {
    Docs { example: None, default: None, ..of_schema(schema) }
}

/// The words of `first`, and those of `second` where it has none.
pub(super) fn first_of(first: Docs, second: Docs) -> Docs {
    Docs {
        title: first.title.or(second.title),
        summary: first.summary.or(second.summary),
        description: first.description.or(second.description),
        link: first.link.or(second.link),
        example: first.example.or(second.example),
        default: first.default.or(second.default),
        deprecation: match first.deprecation {
            Deprecation::Current => second.deprecation,
            Deprecation::Deprecated => Deprecation::Deprecated,
        },
    }
}

/// Only a description.
pub(super) fn of_text(description: Option<&String>) -> Docs {
    Docs { description: description.cloned(), ..Docs::default() }
}

/// What the flag of the document means.
pub(super) fn deprecation(deprecated: bool) -> Deprecation {
    if deprecated { Deprecation::Deprecated } else { Deprecation::Current }
}

/// Where to read more.
pub(super) fn link(more: Option<&ExternalDocumentation>) -> Option<Link> {
    more.map(|more| Link { description: more.description.clone(), url: more.url.clone() })
}

/// The values that `example` and `examples` show.
pub(super) fn examples<'a>(
    source: Source<'a>,
    only: Option<&serde_json::Value>,
    several: &'a IndexMap<String, ReferenceOr<SourceExample>>,
) -> Vec<Example> {
    let only = only.map(|value| Example { name: None, summary: None, value: value.clone() });
    let several = several.iter().filter_map(|(name, example)| {
        let example = source.example(example)?;
        Some(Example { name: Some(name.clone()), summary: example.summary.clone(), value: example.value.clone()? })
    });
    only.into_iter().chain(several).collect()
}
