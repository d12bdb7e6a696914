//! What can be called: groups, operations, parameters, bodies and responses.

use serde::Serialize;

use super::media::Syntax;
use super::{Docs, Example, MediaType, SecurityRequirement, Server, Status, Value, ValueKind};
use crate::origin::Origin;

/// The operations of one tag.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The tag.
    pub tag: String,
    /// What the document says about the tag.
    pub docs: Docs,
    /// In the order of their ids.
    pub operations: Vec<Operation>,
}

/// One call that the API offers.
#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template, below a server's URL: `/connectors/{scriptName}`.
    pub path: String,
    /// All tags of the operation, in the document's order.
    pub tags: Vec<String>,
    /// What the document says about it.
    pub docs: Docs,
    /// Its own parameters and then those of its path, in the document's order.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What comes back, in the order of the statuses.
    pub responses: Vec<Response>,
    /// What a caller needs, one of these; empty where the document says nothing.
    pub security: Vec<SecurityRequirement>,
    /// Where this operation can be reached, if not where the others are.
    pub servers: Vec<Server>,
    /// The `x-…` keys that the configuration asks for.
    pub extensions: Vec<Extension>,
    /// Present where the operation is read page by page.
    pub paging: Option<Paging>,
    /// Where the document defines it.
    pub origin: Origin,
}

/// An HTTP method that OpenAPI 3.0 knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "each is the method of that name")]
pub enum Method {
    Delete,
    Get,
    Head,
    Options,
    Patch,
    Post,
    Put,
    Trace,
}

impl Method {
    /// In capitals, as on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Patch => "PATCH",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Trace => "TRACE",
        }
    }
}

/// Whether something may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Need {
    /// It may not.
    Required,
    /// It may.
    Optional,
}

/// A parameter.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it goes.
    pub place: Place,
    /// How its value is written there.
    pub encoding: Encoding,
    /// What it takes.
    pub value: Value,
    /// Whether it may be left out.
    pub need: Need,
    /// What the document says about it; the default is its schema's.
    pub docs: Docs,
    /// Values that the document shows under a name.
    pub examples: Vec<Example>,
    /// Where the document defines it.
    pub origin: Origin,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Encoding {
    /// In one of OpenAPI's styles.
    Style {
        /// The style.
        style: Style,
        /// Whether each item of a list, or member of an object, is written on its own.
        explode: bool,
    },
    /// As a document of this media type.
    Content(MediaType),
}

/// How lists and objects are written (OpenAPI 3.0.3, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is the style of that name")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// What a request carries.
#[derive(Clone, Debug, Serialize)]
pub struct Body {
    /// Whether it may be left out.
    pub need: Need,
    /// The forms in which it can be sent, in the document's order.
    pub contents: Vec<Content>,
    /// What the document says about it.
    pub docs: Docs,
}

impl Body {
    /// The form that clients send: the most expressive.
    pub fn preferred(&self) -> Option<&Content> {
        self.contents.iter().min_by_key(|content| content.media_type.preference(content.payload.syntax()))
    }
}

/// A body in one media type.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// The media type.
    pub media_type: MediaType,
    /// What it carries.
    pub payload: Payload,
    /// Values that the document shows. That of a form is an object of its parts, where a file is the name of one.
    pub examples: Vec<Example>,
}

impl Content {
    /// The first value that the document shows for the whole.
    pub fn example(&self) -> Option<&serde_json::Value> {
        self.examples.first().map(|example| &example.value)
    }

    /// The value that the document shows for a part of this form: as a part of the whole, else on its own.
    pub fn example_of<'a>(&'a self, part: &'a Part) -> Option<&'a serde_json::Value> {
        self.example().and_then(|whole| whole.get(&part.name)).or(part.docs.example.as_ref())
    }
}

/// What an example shows of a file: its name, if it can be one.
pub fn file_name(example: &serde_json::Value) -> Option<&str> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    example.as_str().filter(|name| name.contains('.') && !name.starts_with('.') && name.chars().all(is_plain))
}

/// What a body carries.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Payload {
    /// JSON.
    Json(Value),
    /// `multipart/form-data`; only in requests.
    Form(Parts),
    /// `application/x-www-form-urlencoded`; only in requests.
    UrlEncoded(Parts),
    /// Text, with what its schema says, if it has one.
    Text(Option<Value>),
    /// Bytes, with what their schema says, if they have one.
    Bytes(Option<Value>),
}

impl Payload {
    /// How it is read, as one of what responses carry.
    pub(crate) fn syntax(&self) -> Syntax {
        match self {
            Self::Json(_) => Syntax::Json,
            Self::Text(_) => Syntax::Text,
            Self::Form(_) => Syntax::Form,
            Self::UrlEncoded(_) => Syntax::UrlEncoded,
            Self::Bytes(_) => Syntax::Bytes,
        }
    }
}

/// The parts of a form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Parts {
    /// These, in the document's order.
    Declared(Vec<Part>),
    /// Any: the document declares none.
    Undeclared,
}

impl Parts {
    /// The declared ones.
    pub fn declared(&self) -> &[Part] {
        match self {
            Self::Declared(parts) => parts,
            Self::Undeclared => &[],
        }
    }
}

/// A declared part of a form. Text in the format `binary` is a file, a list of it are files under one name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: Value,
    /// The media type that the document wants it in.
    pub media_type: Option<MediaType>,
    /// Whether it may be left out.
    pub need: Need,
    /// What the document says about it.
    pub docs: Docs,
}

/// What comes back with one status.
#[derive(Clone, Debug, Serialize)]
pub struct Response {
    /// Which statuses it is documented for.
    pub status: Status,
    /// What it means.
    pub description: String,
    /// The headers that it has beside the usual ones, in the document's order.
    pub headers: Vec<Header>,
    /// The forms in which its body may come, in the document's order; none where it has no body.
    pub contents: Vec<Content>,
    /// Where the document defines it.
    pub origin: Origin,
}

impl Response {
    /// The form that clients ask for and read: JSON if there is any, then bytes, which text can be read as too.
    ///
    /// Plain text that is said to come as JSON and as text, a log for instance, is read as text: so it does come.
    pub fn preferred(&self) -> Option<&Content> {
        let preference = |content: &&Content| content.media_type.preference_of_response(content.payload.syntax());
        let first = self.contents.iter().min_by_key(preference)?;
        let text = match &first.payload {
            Payload::Json(Value { kind: ValueKind::Text(_), .. }) => {
                self.contents.iter().find(|content| content.payload.syntax() == Syntax::Text)
            }
            _ => None,
        };
        Some(text.unwrap_or(first))
    }

    /// The form that is a stream of events.
    pub fn events(&self) -> Option<&Content> {
        self.contents.iter().find(|content| content.media_type.is_event_stream())
    }

    /// The media types that are read as [`Response::preferred`] is: what a client can accept.
    pub fn readable(&self) -> impl Iterator<Item = &MediaType> {
        let syntax = self.preferred().map(|content| content.payload.syntax());
        // What could not be read must not be asked for; bytes can be anything.
        let can_read =
            move |content: &&Content| syntax == Some(Syntax::Bytes) || syntax == Some(content.payload.syntax());
        self.contents.iter().filter(can_read).map(|content| &content.media_type)
    }
}

/// A header of a response.
#[derive(Clone, Debug, Serialize)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: Value,
    /// Whether it is always there.
    pub need: Need,
    /// What the document says about it.
    pub docs: Docs,
}

/// An `x-…` key that the configuration wants to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Extension {
    /// The key.
    pub key: String,
    /// What the configuration calls it.
    pub label: String,
    /// Its values, as the document spells them.
    pub values: Vec<String>,
}

/// How a list is read page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// The query parameter for the first item's index.
    pub offset: String,
    /// The query parameter for the page's size.
    pub limit: String,
    /// The largest page that the server gives: the maximum of `limit`, else its default, else a usual size.
    pub size: u32,
}
