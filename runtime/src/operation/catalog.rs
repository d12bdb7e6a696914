//! What a whole API says about itself, as constant data: the types of a generated crate's catalog.
//!
//! The generator emits one [`Catalog`] per API behind the feature `catalog`. Command lines, mock servers and test kits read
//! it, so that none of them parses an OpenAPI document at run time. What a call needs ([`Operation`]: id, method, path,
//! media types, paging) is in the client's own constants; the catalog refers to them and adds what people and tools need.
//!
//! Generated code builds these values; the structs may gain fields in any release. Everything is `'static` and ordered as in the generated client. Schemas are compact JSON Schema text (the dialect of
//! OpenAPI 3.1), because few readers need them and text costs nothing to compile. A `$ref` in them names an entry of
//! [`Catalog::schemas`], as `#/schemas/<name>`.

use super::{ListStyle, ObjectStyle, Operation};

/// An API as its document describes it.
#[derive(Debug)]
pub struct Catalog {
    /// The API's module in the crate, for instance `v2025`.
    pub name: &'static str,
    /// The title that the document states.
    pub title: &'static str,
    /// The version that the document states.
    pub version: &'static str,
    /// What the document says about the whole API, in Markdown; empty where it says nothing.
    pub description: &'static str,
    /// Where the API is served, in the order of the document.
    pub servers: &'static [Server],
    /// How callers may identify themselves, in the order of their names.
    pub security_schemes: &'static [SecurityScheme],
    /// The operations by tag, in the order of the client's modules.
    pub groups: &'static [Group],
    /// Every schema that an operation reaches, in the order of their names.
    pub schemas: &'static [Schema],
}

/// A place where an API is served.
#[derive(Debug)]
pub struct Server {
    /// The URL, with variables in braces.
    pub url: &'static str,
    /// What the document says about it; empty where it says nothing.
    pub description: &'static str,
    /// The URL's variables: name, default, and the allowed values (none where any value is allowed).
    pub variables: &'static [(&'static str, &'static str, &'static [&'static str])],
}

/// How callers may identify themselves.
#[derive(Debug)]
pub struct SecurityScheme {
    /// The scheme's name in the document.
    pub name: &'static str,
    /// What it is.
    pub kind: SecurityKind,
}

/// A kind of [`SecurityScheme`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityKind {
    /// A key in a header of this name.
    HeaderKey(&'static str),
    /// A key in a query parameter of this name.
    QueryKey(&'static str),
    /// A key in a cookie of this name.
    CookieKey(&'static str),
    /// HTTP basic authentication (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750) from any source.
    Bearer,
    /// OAuth 2.0 client credentials (RFC 6749, 4.4), with the token endpoint's URL.
    ClientCredentials(&'static str),
    /// OAuth 2.0 resource owner password credentials (RFC 6749, 4.3), with the token endpoint's URL.
    Password(&'static str),
    /// Something else: OpenID Connect, mutual TLS, an interactive flow.
    Other,
}

/// The operations of one tag.
#[derive(Debug)]
pub struct Group {
    /// The client's module, for instance `connector_customizers`.
    pub name: &'static str,
    /// The tag, for instance `Connector Customizers`.
    pub tag: &'static str,
    /// What the document says about the tag, in Markdown; empty where it says nothing.
    pub description: &'static str,
    /// In the order of their names.
    pub operations: &'static [Entry],
}

/// One operation.
#[derive(Debug)]
pub struct Entry {
    /// What a call needs: id, method, path, `Accept`, paging.
    pub operation: &'static Operation,
    /// The client's method, for instance `get_connector`.
    pub name: &'static str,
    /// The first line of the documentation; empty where there is none.
    pub summary: &'static str,
    /// The rest, in Markdown; empty where there is none.
    pub description: &'static str,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// Parameters in the path (in the order of the template), the query, headers and cookies.
    pub parameters: &'static [Parameter],
    /// What is sent.
    pub body: Option<Body>,
    /// Every documented response, in the order of the statuses.
    pub responses: &'static [Response],
    /// Alternatives; each lists schemes that are needed together, with the scopes of each. Empty: none is needed.
    pub security: &'static [&'static [Requirement]],
    /// Further facts that the document states under extensions, by label: for instance user levels.
    pub facts: &'static [(&'static str, &'static [&'static str])],
}

/// A security scheme that an operation needs, and the scopes for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The name of a [`SecurityScheme`].
    pub scheme: &'static str,
    /// The scopes; empty where the scheme has none.
    pub scopes: &'static [&'static str],
}

/// A parameter of an operation.
#[derive(Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its name in the client: an argument or a setter.
    pub rust_name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// How its value is written.
    pub style: Style,
    /// Whether it must be sent.
    pub required: bool,
    /// What the document says about it, in Markdown; empty where it says nothing.
    pub description: &'static str,
    /// Its schema: type, allowed values (`enum`), `default`, limits.
    pub schema: &'static str,
    /// An example as JSON text.
    pub example: Option<&'static str>,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// A scalar as text; several values in this style.
    Text(ListStyle),
    /// The members of an object, in a query string.
    Object(ObjectStyle),
    /// JSON text.
    Json,
}

/// What a request carries.
#[derive(Debug)]
pub struct Body {
    /// Whether it must be sent.
    pub required: bool,
    /// What the document says about it, in Markdown; empty where it says nothing.
    pub description: &'static str,
    /// The forms it may take; the client sends the first.
    pub media_types: &'static [MediaType],
}

/// One form of a body.
#[derive(Debug)]
pub struct MediaType {
    /// For instance `application/json`.
    pub name: &'static str,
    /// Its schema; empty where the document has none.
    pub schema: &'static str,
    /// The declared parts of a form (`multipart/form-data`, `application/x-www-form-urlencoded`).
    pub parts: &'static [Part],
    /// Examples by name, as JSON text; the name of an only example is empty.
    pub examples: &'static [(&'static str, &'static str)],
}

/// A declared part of a form.
#[derive(Debug)]
pub struct Part {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its name in the client.
    pub rust_name: &'static str,
    /// Whether it must be sent.
    pub required: bool,
    /// What it holds.
    pub kind: PartKind,
    /// What the document says about it, in Markdown; empty where it says nothing.
    pub description: &'static str,
    /// Its schema.
    pub schema: &'static str,
}

/// What a part of a form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A file.
    File,
    /// Any number of files under one name.
    Files,
    /// Text.
    Text,
    /// JSON.
    Json,
}

/// A documented response.
#[derive(Debug)]
pub struct Response {
    /// The statuses that it stands for.
    pub status: Status,
    /// What the document says about it, in Markdown; empty where it says nothing.
    pub description: &'static str,
    /// Headers that the document declares.
    pub headers: &'static [Header],
    /// The forms that the body may take; empty where there is no body.
    pub media_types: &'static [MediaType],
}

/// The statuses that a response stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A hundred of them: `Range(4)` is 400 to 499.
    Range(u16),
    /// Every status that no other response stands for.
    Default,
}

/// A header of a response.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// What the document says about it, in Markdown; empty where it says nothing.
    pub description: &'static str,
    /// Its schema.
    pub schema: &'static str,
}

/// A schema by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The client's type, for instance `ConnectorDetail`.
    pub name: &'static str,
    /// Compact JSON Schema text.
    pub schema: &'static str,
}

impl Catalog {
    /// Every operation, group by group.
    pub fn operations(&self) -> impl Iterator<Item = (&'static Group, &'static Entry)> + use<> {
        self.groups.iter().flat_map(|group| group.operations.iter().map(move |entry| (group, entry)))
    }

    /// The operation with this id or client method name.
    pub fn find(&self, name: &str) -> Option<(&'static Group, &'static Entry)> {
        self.operations().find(|(_, entry)| entry.operation.id == name || entry.name == name)
    }

    /// The text of the schema with this name.
    pub fn schema(&self, name: &str) -> Option<&'static str> {
        let at = self.schemas.binary_search_by(|schema| schema.name.cmp(name)).ok()?;
        Some(self.schemas[at].schema)
    }
}
