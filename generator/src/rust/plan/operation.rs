//! The part of the plan that says what can be called: groups, operations, parameters, bodies and responses.

use super::{Docs, Name, Type, TypeId};
use crate::diagnostic::Origin;
use crate::model;
pub(crate) use crate::model::{Method, Need, Status};

/// The operations of one tag: one `…Api` type in a module of its own.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The tag.
    pub tag: String,
    /// The module.
    pub module: String,
    /// The identifier of the `…Api` type.
    pub ident: String,
    /// What the document says about the tag.
    pub docs: Docs,
    /// In the order of their names.
    pub operations: Vec<Operation>,
}

/// One call that the API offers.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// `operationId`; the identifier is the method's.
    pub name: Name,
    /// The identifier of the request builder.
    pub builder: String,
    /// What tells it from all others, whatever it is called: the HTTP method and the path below its server, without the
    /// names of path parameters.
    pub key: String,
    /// Names that the method and its builder had before: deprecated aliases.
    pub former: Vec<Former>,
    /// The HTTP method, in capitals.
    pub method: Method,
    /// The path template, from the root of the host: `/v2025/connectors/{scriptName}`.
    pub path: String,
    /// Scheme and host of the server that it is at, where that is not the one of the others.
    pub server: Option<String>,
    /// What the document says about it.
    pub docs: Docs,
    /// Arguments of the method, in order: path parameters as the template has them, then what else is required.
    pub arguments: Vec<Parameter>,
    /// What may be left out: setters of the builder.
    pub setters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What a successful response carries.
    pub success: Success,
    /// Whether a successful response can be a stream of events, too.
    pub has_events: bool,
    /// Every documented response, for the docs.
    pub responses: Vec<Response>,
    /// The media types of all responses, as the `Accept` header.
    pub accept: String,
    /// What a caller needs: scopes and the like, for the docs.
    pub requirements: Vec<Requirement>,
    /// Present where the operation is read page by page.
    pub paging: Option<Paging>,
    /// Where the document defines it.
    pub origin: Origin,
}

/// The former name of a method and of its request builder.
#[derive(Clone, Debug)]
pub(crate) struct Former {
    pub method: String,
    pub builder: String,
}

impl Operation {
    /// The identifier of the constants that a call needs, in the module of the group.
    pub(crate) fn constant(&self) -> String {
        self.name.ident.to_uppercase()
    }

    /// The parameter of this name on the wire.
    pub(crate) fn parameter(&self, place: model::Place, name: &str) -> Option<&Parameter> {
        let is_there = |parameter: &&Parameter| match parameter.place {
            Place::Path => place == model::Place::Path,
            Place::Query(_) => place == model::Place::Query,
            Place::Header => place == model::Place::Header,
            Place::Cookie => place == model::Place::Cookie,
        };
        self.arguments.iter().chain(&self.setters).filter(is_there).find(|parameter| parameter.name.wire == name)
    }

    /// The part of the form that is sent under this name.
    pub(crate) fn part(&self, name: &str) -> Option<&Part> {
        match &self.body.as_ref()?.kind {
            BodyKind::Parts(parts) | BodyKind::UrlEncoded(parts) => parts.iter().find(|part| part.name.wire == name),
            _ => None,
        }
    }
}

/// A parameter in the path, the query or a header.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// Its name; the identifier is the argument's or the setter's.
    pub name: Name,
    /// Where it goes.
    pub place: Place,
    /// What it takes.
    pub ty: Type,
    /// How its value is written.
    pub form: Form,
    /// What is sent unless a caller says otherwise: the default of a parameter that must not be left out.
    pub preset: Option<String>,
    /// What the document says about it.
    pub docs: Docs,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As text; a list in the style of its [`Place`].
    Text,
    /// As the members of an object, in a query string.
    Members(ObjectStyle),
    /// As JSON.
    Json,
}

/// How the members of an object are written in the query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectStyle {
    /// `filter[a]=1&filter[b]=2`.
    Deep,
    /// `a=1&b=2`.
    Members,
    /// `filter=a,1,b,2`.
    Comma,
}

/// Where a parameter goes, and how a list is written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A segment of the path.
    Path,
    /// The query string.
    Query(ListStyle),
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How a list is written in the query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListStyle {
    /// `a=1&a=2`.
    Multi,
    /// `a=1,2`.
    Comma,
    /// `a=1 2`.
    Space,
    /// `a=1|2`.
    Pipe,
}

/// What a request carries.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// How it is written.
    pub kind: BodyKind,
    /// Whether it may be left out.
    pub need: Need,
    /// What the document says about it.
    pub docs: Docs,
    /// What the document shows of it in the media type that clients send.
    pub example: Option<serde_json::Value>,
}

/// How a request body is written.
#[derive(Clone, Debug)]
pub(crate) enum BodyKind {
    /// In one piece.
    Whole {
        /// The argument or setter that takes it.
        ident: String,
        /// What it is.
        content: Content,
    },
    /// `multipart/form-data` with declared parts.
    Parts(Vec<Part>),
    /// `application/x-www-form-urlencoded` with declared fields.
    UrlEncoded(Vec<Part>),
}

/// A body in one piece.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// JSON, under the given media type.
    Json(String, Type),
    /// `multipart/form-data` of which nothing is declared.
    Form,
    /// Text, under the given media type.
    Text(String),
    /// Bytes, under the given media type.
    Binary(String),
}

/// A declared part of a form.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Its name; the identifier is the argument's or the setter's.
    pub name: Name,
    /// What it holds.
    pub kind: PartKind,
    /// Whether it may be left out.
    pub need: Need,
    /// What the document says about it.
    pub docs: Docs,
}

/// What a part of a form holds.
#[derive(Clone, Debug)]
pub(crate) enum PartKind {
    /// A file.
    File,
    /// Any number of files under one name.
    Files,
    /// Something that is written as text.
    Text(Type),
    /// JSON.
    Json(Type),
}

/// What a successful response carries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Success {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// JSON, or nothing at all, or `null`.
    JsonOrEmpty(Type),
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// Something else for each status: the [`ByStatus`] that this type is.
    ByStatus(Type),
}

impl Success {
    /// The type that is read, where there is one.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::JsonOrEmpty(ty) | Self::ByStatus(ty) => Some(ty),
            Self::Empty | Self::Text | Self::Binary => None,
        }
    }
}

/// The result of an operation, told apart by status.
#[derive(Clone, Debug)]
pub(crate) struct ByStatus {
    /// In the order of the statuses, a range after those that it contains.
    pub variants: Vec<StatusVariant>,
}

/// The successful response of one status.
#[derive(Clone, Debug)]
pub(crate) struct StatusVariant {
    /// What the status is called.
    pub name: Name,
    /// The status.
    pub status: Status,
    /// What it carries; neither bytes nor several things.
    pub body: Success,
    /// What the document says about it.
    pub docs: Docs,
}

/// One documented response.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// Which statuses it stands for.
    pub status: Status,
    /// What the document says about it.
    pub description: String,
    /// What it carries.
    pub body: Success,
}

/// Something a caller needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// What kind of thing: `Scopes`, `User levels`.
    pub label: String,
    /// As the document spells them.
    pub values: Vec<String>,
}

/// How a list is read page by page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paging {
    /// The query parameter for the first item's index.
    pub offset: String,
    /// The query parameter for the page's size.
    pub limit: String,
    /// The largest page that the server gives.
    pub size: u32,
    /// What the list holds.
    pub item: Type,
}

/// Which body an unsuccessful status carries, over all operations of an API.
#[derive(Clone, Debug, Default)]
pub(crate) struct ErrorTable {
    /// The types, in the order of their names.
    pub variants: Vec<ErrorVariant>,
    /// What a status means unless an operation says otherwise, in the order of the statuses.
    pub common: Vec<(Status, TypeId)>,
    /// Where an operation declares something else: its id, the status, and the type or nothing.
    pub exceptions: Vec<(String, Status, Option<TypeId>)>,
}

/// One type of error body.
#[derive(Clone, Debug)]
pub(crate) struct ErrorVariant {
    /// What it holds.
    pub ty: TypeId,
}
