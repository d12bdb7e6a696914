//! The grammar of OpenAPI 3.0 as tables: which object has which keys, and what each of them must be.
//!
//! After the OpenAPI Specification 3.0.3, section 4.7. Everything that has to know what a node of a document is
//! (bundling, repairs, validation) walks by these tables, so that a new key is added in one place.

mod tables;
mod walk;

pub(crate) use walk::{Node, visit, visit_mut};

/// The kinds of object that a document is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    ImplicitFlow,
    PasswordFlow,
    ClientCredentialsFlow,
    AuthorizationCodeFlow,
    SecurityRequirement,
    Components,
}

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// An object of that kind, written out.
    Object(Kind),
    /// An object of that kind, or a `$ref` to one.
    Component(Kind),
    List(&'static Shape),
    Map(&'static Shape),
    Text,
    Flag,
    Number,
    /// A whole number from 0.
    Count,
    /// One of some words.
    Word(&'static [&'static str]),
    /// `additionalProperties`: `true`, `false` or a schema.
    FlagOrSchema,
    /// A value of a discriminator's mapping: the name of a schema, or a reference to one.
    SchemaName,
    /// Any JSON at all. A `$ref` in it is data like any other.
    Data,
    /// Any JSON too, but an example: a lone `$ref` to another file stands for what is in that file.
    Sample,
}

/// One key of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
}

/// What an object may hold besides its named keys and `x-…`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rest {
    Nothing,
    /// Paths, callbacks, status codes, security schemes: the author chooses the keys.
    Any(Shape),
}

/// The rule for one kind of object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) fields: &'static [Field],
    pub(crate) rest: Rest,
}

impl Kind {
    pub(crate) fn rule(self) -> &'static Rule {
        tables::rule(self)
    }

    /// What people call it.
    pub(crate) fn title(self) -> &'static str {
        tables::title(self)
    }

    /// The section of `components` where objects of this kind live, if there is one.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Example => "examples",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            Self::Callback => "callbacks",
            _ => return None,
        })
    }

    /// The kind of object that lives in a section of `components`.
    pub(crate) fn of_section(section: &str) -> Option<Self> {
        SECTIONS.into_iter().find(|kind| kind.section() == Some(section))
    }

    /// What the value of `key` must be in an object of this kind; `None` if the key does not belong there.
    pub(crate) fn shape_of(self, key: &str) -> Option<Shape> {
        let rule = self.rule();
        if let Some(field) = rule.fields.iter().find(|field| field.name == key) {
            return Some(field.shape);
        }
        match rule.rest {
            _ if key.starts_with("x-") && self != Self::SecurityRequirement => Some(Shape::Data),
            Rest::Any(shape) => Some(shape),
            Rest::Nothing => None,
        }
    }
}

/// Every kind that has a section in `components`, in the order of the specification.
pub(crate) const SECTIONS: [Kind; 9] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
    Kind::Callback,
];

/// The keys of a path item that are operations.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
