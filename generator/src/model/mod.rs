//! The API as its document means it: plain, documented, ordered data, free of Rust.
//!
//! Lowering makes it; every product (the client, a catalog, reference pages, a comparison) is made from it. It says what
//! the document promises, not what a client makes of it: `required` is the document's word, a format is kept where no
//! type comes from it, and every media type is there, not only the one that a client picks. Everything stands in an
//! order that depends on the document's names alone, and serialises.
//!
//! May import `origin.rs`, and nothing else.

mod docs;
mod media;
mod operation;
mod schema;
mod security;
mod status;
mod value;
mod visit;

use serde::Serialize;

pub use docs::{Deprecation, Docs, Example, Link};
pub use media::MediaType;
pub(crate) use media::Syntax;
pub use operation::{
    Body, Content, Encoding, Extension, Group, Header, Method, Need, Operation, Paging, Parameter, Part, Parts,
    Payload, Place, Response, Style, file_name,
};
pub use schema::{
    Access, Additional, Discriminator, EnumValues, NamePath, Object, Property, Rank, Schema, SchemaId, SchemaKind,
    Schemas, Union, UnionRule, Usage, Variant,
};
pub use security::{ApiKeyPlace, Flow, Grant, Scheme, SchemeKind, SchemeUse, SecurityRequirement};
pub use status::Status;
pub use value::{Bound, Integer, List, Map, Number, Text, TextFormat, Value, ValueKind};
pub use visit::usages;

/// One API: what can be called, and what is sent and received.
#[derive(Clone, Debug, Serialize)]
pub struct Api {
    /// What the configuration calls it: `v2025`.
    pub name: String,
    /// What the document says about the whole.
    pub info: Info,
    /// Where the API can be reached, in the document's order; the first is the default. Paths are below a server's URL.
    pub servers: Vec<Server>,
    /// The ways to prove who is calling, in the document's order.
    pub security_schemes: Vec<Scheme>,
    /// The wanted operations by tag, in the order of the tags' names.
    pub groups: Vec<Group>,
    /// The schemas that have a name and that the operations reach, in the order of their names.
    pub schemas: Schemas,
}

impl Api {
    /// Every operation, group by group.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.groups.iter().flat_map(|group| &group.operations)
    }

    /// The schema with this id.
    pub fn schema(&self, id: SchemaId) -> Option<&Schema> {
        self.schemas.get(id)
    }

    /// The path of the first server's URL, without a slash at its end: what all path templates are below.
    pub fn base_path(&self) -> String {
        self.servers.first().map(Server::base_path).unwrap_or_default()
    }
}

/// What a document says about its API as a whole (OpenAPI 3.0.3, Info Object).
#[derive(Clone, Debug, Serialize)]
pub struct Info {
    /// The API's own name.
    pub title: String,
    /// The version that the document states.
    pub version: String,
    /// What the document says about it.
    pub docs: Docs,
    /// The URL of the terms of service.
    pub terms_of_service: Option<String>,
    /// Whom to ask: name, URL, email address.
    pub contact: Option<Contact>,
    /// The licence of the API.
    pub license: Option<License>,
}

/// Whom to ask about an API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// A person or an organisation.
    pub name: Option<String>,
    /// A page.
    pub url: Option<String>,
    /// An email address.
    pub email: Option<String>,
}

/// The licence of an API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct License {
    /// Its name.
    pub name: String,
    /// Its text.
    pub url: Option<String>,
}

/// Where an API can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Server {
    /// The URL, with variables in braces; perhaps relative to the document.
    pub url: String,
    /// What the document says about it.
    pub description: Option<String>,
    /// The variables of the URL, in the document's order.
    pub variables: Vec<ServerVariable>,
}

impl Server {
    /// The URL, its variables as they are unless a caller says otherwise.
    pub fn usual_url(&self) -> String {
        let fill =
            |url: String, variable: &ServerVariable| url.replace(&format!("{{{}}}", variable.name), &variable.default);
        self.variables.iter().fold(self.url.clone(), fill)
    }

    /// The scheme and the host: `https://api.example.com`. `None` for a URL that is relative to the document's own.
    pub fn origin(&self) -> Option<String> {
        let url = self.usual_url();
        let (scheme, rest) = url.split_once("://")?;
        Some(format!("{scheme}://{}", rest.split('/').next().unwrap_or_default()))
    }

    /// The path of the URL, without a slash at its end.
    pub fn base_path(&self) -> String {
        let url = self.usual_url();
        let rest = match url.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
            None => &url,
        };
        rest.trim_end_matches('/').to_owned()
    }
}

/// A variable of a server's URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// The value that it has unless a caller says otherwise.
    pub default: String,
    /// The only values that it may have; empty where any is allowed.
    pub allowed: Vec<String>,
    /// What the document says about it.
    pub description: Option<String>,
}
