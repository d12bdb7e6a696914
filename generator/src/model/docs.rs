//! What the document says for people.

use serde::Serialize;

/// Words, and values that the document shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Docs {
    /// A label, rarely a sentence: the `title` of a schema.
    pub title: Option<String>,
    /// The first line.
    pub summary: Option<String>,
    /// The rest, in Markdown.
    pub description: Option<String>,
    /// Where to read more.
    pub link: Option<Link>,
    /// A value that the document shows.
    pub example: Option<serde_json::Value>,
    /// The value that the server assumes where none is sent.
    pub default: Option<serde_json::Value>,
    /// Whether it should still be used.
    pub deprecation: Deprecation,
}

/// Whether an item should still be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Deprecation {
    /// It is in use.
    #[default]
    Current,
    /// The document marks it `deprecated`.
    Deprecated,
}

/// Where to read more (OpenAPI 3.0.3, External Documentation Object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What is found there.
    pub description: Option<String>,
    /// The address.
    pub url: String,
}

/// A value that the document shows for a parameter or a body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Example {
    /// What the document calls it; absent for the only one.
    pub name: Option<String>,
    /// What it shows.
    pub summary: Option<String>,
    /// The value.
    pub value: serde_json::Value,
}
