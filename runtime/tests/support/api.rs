//! A small API in the form in which the generator writes one, so that tests call what users call.

use std::fmt::Display;

use openapi_client_runtime as runtime;
use runtime::{FilePart, Form, ListStyle, Method, Operation, PageParameters, Request};
use serde_json::Value;

/// How the servers of the API behave.
pub static API: runtime::Api =
    runtime::Api::new().token_url("oauth/token").tracking_id("tracking-id", Some("trackingId")).error_message(message);

/// The code of an error, and its first message.
fn message(body: &Value) -> Option<String> {
    let code = body.get("detailCode").and_then(Value::as_str);
    let text = body.pointer("/messages/0/text").and_then(Value::as_str);
    let parts: Vec<&str> = code.into_iter().chain(text).collect();
    if !parts.is_empty() {
        return Some(parts.join(": "));
    }
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    match (text("title"), text("detail")) {
        (Some(title), Some(detail)) => Some(format!("{title}: {detail}")),
        _ => text("error").or(text("message")).map(str::to_owned),
    }
}

/// The typed error body of the API.
#[derive(Debug)]
pub enum ErrorBody {
    NotFound(Value),
    Other(u16, Value),
}

impl runtime::ErrorBody for ErrorBody {
    fn decode(operation: &str, status: u16, body: &[u8]) -> Option<Self> {
        let value = serde_json::from_slice(body).ok()?;
        match (operation, status) {
            ("getThing", 404) => Some(Self::NotFound(value)),
            (_, 400..=499) => Some(Self::Other(status, value)),
            _ => None,
        }
    }
}

pub type Error = runtime::Error<ErrorBody>;

pub struct Api {
    client: runtime::Client,
}

macro_rules! start {
    ($api:expr, $builder:ident, $id:literal, $method:ident, $path:literal, $accept:literal, $page:expr) => {{
        static OPERATION: Operation =
            Operation { api: &API, id: $id, method: Method::$method, path: $path, accept: $accept, page: $page };
        $builder { request: $api.client.request(&OPERATION) }
    }};
}

const PAGE: Option<PageParameters> = Some(PageParameters { offset: "offset", limit: "limit", size: 250 });

impl Api {
    pub fn new(client: &runtime::Client) -> Self {
        Self { client: client.clone() }
    }

    pub fn get_thing(&self, name: &str) -> GetThing {
        let mut call = start!(self, GetThing, "getThing", GET, "/v1/things/{name}", "application/json", None);
        call.request.path("name", &name);
        call
    }

    pub fn list_things(&self) -> ListThings {
        start!(self, ListThings, "listThings", GET, "/v1/things", "application/json", PAGE)
    }

    pub fn create_thing(&self, body: &Value) -> CreateThing {
        let mut call = start!(self, CreateThing, "createThing", POST, "/v1/things", "application/json", None);
        call.request.json("application/json", body);
        call
    }

    pub fn put_thing(&self, body: &Value) -> PutThing {
        let mut call = start!(self, PutThing, "putThing", PUT, "/v1/things/a", "application/json", None);
        call.request.json("application/json", body);
        call
    }

    pub fn patch_thing(&self, body: &Value) -> PatchThing {
        let mut call = start!(self, PatchThing, "patchThing", PATCH, "/v1/things/a", "application/json", None);
        call.request.json("application/json-patch+json", body);
        call
    }

    pub fn delete_thing(&self) -> DeleteThing {
        start!(self, DeleteThing, "deleteThing", DELETE, "/v1/things/a", "application/json", None)
    }

    pub fn start_thing(&self) -> StartThing {
        start!(self, StartThing, "startThing", POST, "/v1/things/a/start", "application/json", None)
    }

    pub fn upload(&self, form: impl Into<Form>) -> Upload {
        let mut call = start!(self, Upload, "upload", PUT, "/v1/upload", "application/json", None);
        call.request.form(form.into());
        call
    }

    pub fn upload_whole(&self, content_type: &'static str, file: impl Into<FilePart>) -> Upload {
        let mut call = start!(self, Upload, "upload", PUT, "/v1/upload", "application/json", None);
        call.request.upload(content_type, file.into());
        call
    }

    pub fn upload_one(&self, file: impl Into<FilePart>, note: &dyn Display) -> Upload {
        let mut call = start!(self, Upload, "uploadOne", POST, "/v1/upload", "application/json", None);
        call.request.text("note", note).file("config", file.into());
        call
    }

    pub fn config(&self) -> Config {
        start!(self, Config, "config", GET, "/v1/config", "application/xml", None)
    }

    pub fn report(&self) -> Report {
        start!(self, Report, "report", GET, "/v1/report", "application/octet-stream", None)
    }

    pub fn maybe(&self) -> Maybe {
        start!(self, Maybe, "maybe", GET, "/v1/maybe", "application/json", None)
    }
}

macro_rules! builders {
    ($($builder:ident -> $decoder:ty;)*) => {$(
        #[derive(Clone, Debug)]
        pub struct $builder {
            pub request: Request,
        }

        runtime::operation!($builder -> $decoder, ErrorBody);
    )*};
}

builders! {
    GetThing -> runtime::Json<Value>;
    ListThings -> runtime::Json<Vec<Value>>;
    CreateThing -> runtime::Json<Value>;
    PutThing -> runtime::Json<Value>;
    PatchThing -> runtime::Json<Value>;
    DeleteThing -> runtime::NoContent;
    StartThing -> runtime::NoContent;
    Upload -> runtime::NoContent;
    Config -> runtime::Text;
    Report -> runtime::Binary;
    Maybe -> runtime::JsonOrEmpty<Value>;
}

runtime::paged_operation!(ListThings -> Value, ErrorBody);

impl GetThing {
    pub fn locale(mut self, locale: &str) -> Self {
        self.request.query("locale", &locale);
        self
    }

    pub fn secret_filter(mut self, value: &str) -> Self {
        self.request.query("filters", &value);
        self
    }
}

impl ListThings {
    pub fn offset(mut self, offset: i32) -> Self {
        self.request.query("offset", &offset);
        self
    }

    pub fn limit(mut self, limit: i32) -> Self {
        self.request.query("limit", &limit);
        self
    }

    pub fn count(mut self, count: bool) -> Self {
        self.request.query("count", &count);
        self
    }

    pub fn filters(mut self, filters: &str) -> Self {
        self.request.query("filters", &filters);
        self
    }

    pub fn ids<I: IntoIterator<Item: Display>>(mut self, style: ListStyle, ids: I) -> Self {
        self.request.query_list("ids", style, ids);
        self
    }
}
