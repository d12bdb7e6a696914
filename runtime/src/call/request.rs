//! A call before it is sent: generated code fills it in, users may adjust it, paging and retries send it again.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::time::Duration;

use http::header::{COOKIE, HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use reqwest::Url;

use super::future::Sending;
use super::paging::{Items, Pages};
use super::response::ResponseBody;
use crate::body::payload::Payload;
use crate::client::handle::Client;
use crate::error::RequestError;
use crate::operation::descriptor::{ListStyle, Operation};
use crate::operation::url;

/// A call before it is sent.
///
/// Generated code makes one per call. Users reach it through an operation's `request_mut()`, to set what the API's
/// description does not know: time limits, further headers and parameters.
#[derive(Clone)]
pub struct Request(pub(crate) Box<Parts>);

/// What a call consists of. In a box, because builders hand it on by value, from setter to setter.
#[derive(Clone)]
pub(crate) struct Parts {
    client: Client,
    operation: &'static Operation,
    path: Vec<(&'static str, String)>,
    query: Vec<Parameter>,
    pub(crate) headers: HeaderMap,
    pub(crate) payload: Payload,
    pub(crate) options: Options,
    failure: Option<RequestError>,
}

/// One query parameter, ready to be sent: `name=value`, or several of them.
#[derive(Clone)]
struct Parameter {
    name: Cow<'static, str>,
    text: String,
}

/// What a single call does otherwise than its client.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    pub(crate) max_body: Option<usize>,
    pub(crate) repeatable: Option<bool>,
    /// Sent without a token: the call that gets one.
    pub(crate) anonymous: bool,
}

impl Request {
    pub(crate) fn new(client: Client, operation: &'static Operation) -> Self {
        Self(Box::new(Parts {
            client,
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            payload: Payload::None,
            options: Options::default(),
            failure: None,
        }))
    }

    /// Sets a parameter of the path. It is encoded as one segment; empty, `.` and `..` are refused when the call is sent.
    pub fn path(&mut self, name: &'static str, value: &dyn Display) -> &mut Self {
        match url::segment(name, value) {
            Ok(encoded) => {
                self.0.path.retain(|(known, _)| *known != name);
                self.0.path.reserve_exact(1);
                self.0.path.push((name, encoded));
            }
            Err(error) => self.fail(error),
        }
        self
    }

    /// Sets a query parameter, in place of its former value.
    pub fn query(&mut self, name: impl Into<Cow<'static, str>>, value: &dyn Display) -> &mut Self {
        self.set_query(name.into(), ListStyle::Csv, &mut std::iter::once(value));
        self
    }

    /// Sets a query parameter that takes several values, in place of its former values. No values: no parameter.
    pub fn query_list<I>(&mut self, name: impl Into<Cow<'static, str>>, style: ListStyle, values: I) -> &mut Self
    where
        I: IntoIterator,
        I::Item: Display,
    {
        let values: Vec<I::Item> = values.into_iter().collect();
        self.set_query(name.into(), style, &mut values.iter().map(|value| value as &dyn Display));
        self
    }

    fn set_query(&mut self, name: Cow<'static, str>, style: ListStyle, values: &mut dyn Iterator<Item = &dyn Display>) {
        let mut text = String::new();
        for value in values {
            let first = text.is_empty();
            match style.separator() {
                Some(separator) if !first => text.push_str(separator),
                _ => {
                    if !first {
                        text.push('&');
                    }
                    // A `str` always prints itself.
                    let _ = url::push_encoded(&mut text, &name);
                    text.push('=');
                }
            }
            if url::push_encoded(&mut text, value).is_err() {
                self.fail(RequestError::unprintable(&name));
            }
        }
        self.set_query_text(name, text);
    }

    /// Sets a query parameter that is encoded already, in place of its former value.
    pub(crate) fn set_query_text(&mut self, name: Cow<'static, str>, text: String) {
        self.0.query.retain(|known| known.name != name);
        if !text.is_empty() {
            // Most calls have one or two, and each waits as long as its call.
            self.0.query.reserve_exact(1);
            self.0.query.push(Parameter { name, text });
        }
    }

    /// Sets a header, in place of its former value.
    pub fn header(&mut self, name: &str, value: &dyn Display) -> &mut Self {
        let parsed = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value.to_string()).ok());
        match parsed {
            Some((name, value)) => {
                self.0.headers.insert(name, value);
            }
            None => self.fail(RequestError::header(name)),
        }
        self
    }

    /// Adds a cookie, its name and value percent-encoded. A cookie of the same name that was added before is sent too.
    pub fn cookie(&mut self, name: &str, value: &dyn Display) -> &mut Self {
        let mut text = String::new();
        if let Some(known) = self.0.headers.get(COOKIE).and_then(|known| known.to_str().ok()) {
            text = format!("{known}; ");
        }
        // A `str` always prints itself.
        let _ = url::push_encoded(&mut text, &name);
        text.push('=');
        if url::push_encoded(&mut text, value).is_err() {
            self.fail(RequestError::unprintable(name));
        }
        self.header(COOKIE.as_str(), &text)
    }

    /// The longest that one attempt of this call may take, instead of the client's setting.
    pub fn attempt_timeout(&mut self, timeout: Duration) -> &mut Self {
        self.0.options.attempt_timeout = Some(timeout);
        self
    }

    /// The longest that this call may take in all, instead of the client's setting.
    pub fn timeout(&mut self, timeout: Duration) -> &mut Self {
        self.0.options.total_timeout = Some(timeout);
        self
    }

    /// How often this call may be sent at most, instead of the client's setting. One: no retries.
    pub fn attempts(&mut self, attempts: u32) -> &mut Self {
        self.0.options.attempts = Some(attempts.max(1));
        self
    }

    /// How many bytes of an answer may be held in memory, instead of the client's setting.
    pub fn max_body(&mut self, bytes: usize) -> &mut Self {
        self.0.options.max_body = Some(bytes);
        self
    }

    /// Says whether this call may be sent again when the server may already have acted on it.
    ///
    /// Unless said otherwise: for GET, HEAD, OPTIONS, PUT and DELETE; not for POST and PATCH.
    pub fn repeatable(&mut self, repeatable: bool) -> &mut Self {
        self.0.options.repeatable = Some(repeatable);
        self
    }

    /// The operation that this calls.
    pub fn operation(&self) -> &'static Operation {
        self.0.operation
    }

    /// The client that this is sent with.
    pub fn client(&self) -> &Client {
        &self.0.client
    }

    /// Sends the call. Generated code uses this.
    pub fn send<D: ResponseBody, E>(self) -> Sending<D, E> {
        Sending::new(self)
    }

    /// All items of all pages. Generated code uses this.
    pub fn items<T, E>(self) -> Items<T, E> {
        Items::new(self)
    }

    /// All pages. Generated code uses this.
    pub fn pages<T, E>(self) -> Pages<T, E> {
        Pages::new(self)
    }

    /// Keeps the first failure, which sending returns.
    pub(crate) fn fail(&mut self, error: RequestError) {
        self.0.failure.get_or_insert(error);
    }

    /// The failure of a setter, if there was one.
    pub(crate) fn check(&self) -> Result<(), RequestError> {
        match &self.0.failure {
            Some(error) => Err(error.clone()),
            None => Ok(()),
        }
    }

    /// The URL: base, path, query.
    pub(crate) fn url(&self) -> Result<Url, RequestError> {
        let base = url::base_for(self.0.client.base_url(), self.0.operation.path, self.0.options.anonymous);
        let mut text = String::with_capacity(base.len() + self.0.operation.path.len() + 64);
        text.push_str(base);
        url::push_path(&mut text, self.0.operation, &self.0.path)?;
        for (index, parameter) in self.0.query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(&parameter.text);
        }
        Url::parse(&text).map_err(|_| RequestError::url(self.0.operation))
    }

    /// The whole number that a query parameter was set to; `None` if it was not set.
    pub(crate) fn number(&self, name: &str) -> Option<Result<u64, RequestError>> {
        let parameter = self.0.query.iter().find(|known| known.name == name)?;
        let value = parameter.text.split_once('=').and_then(|(_, value)| value.parse().ok());
        Some(value.ok_or_else(|| RequestError::page(self.0.operation, name)))
    }

    /// Whether a query parameter was set to this value, which needs no encoding.
    pub(crate) fn has_query(&self, name: &str, value: &str) -> bool {
        let set = self.0.query.iter().find(|known| known.name == name);
        set.and_then(|parameter| parameter.text.split_once('=')).is_some_and(|(_, set)| set == value)
    }

    /// Whether the call may be sent again when the server may already have acted on it.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.0.options.repeatable.unwrap_or_else(|| {
            let method = &self.0.operation.method;
            matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE)
        })
    }
}

impl fmt::Debug for Request {
    /// Names of parameters and headers, but no values: each may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path: Vec<&str> = self.0.path.iter().map(|(name, _)| *name).collect();
        let query: Vec<&str> = self.0.query.iter().map(|parameter| parameter.name.as_ref()).collect();
        let headers: Vec<&str> = self.0.headers.keys().map(HeaderName::as_str).collect();
        f.debug_struct("Request")
            .field("operation", &self.0.operation.id)
            .field("path", &path)
            .field("query", &query)
            .field("headers", &headers)
            .field("payload", &self.0.payload)
            .field("options", &self.0.options)
            .field("failure", &self.0.failure)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Bytes { content_type, bytes } => {
                f.debug_struct("Bytes").field("content_type", content_type).field("len", &bytes.len()).finish()
            }
            Self::Form(form) => form.fmt(f),
        }
    }
}
