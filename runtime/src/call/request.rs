//! A call before it is sent: generated code fills it in, users may adjust it, paging and retries send it again.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::sync::Arc;
use std::time::Duration;

use http::header::{COOKIE, HeaderName, HeaderValue};
use secrecy::ExposeSecret as _;
use serde::Serialize;

use super::core::Core;
use crate::auth::scheme::{Proof, with_cookie};
use crate::error::RequestError;
use crate::exchange::message::Message;
use crate::operation::descriptor::{ListStyle, ObjectStyle, Operation};
use crate::operation::url::{UrlError, push_encoded};
use crate::policy::speed::MinSpeed;

/// A call before it is sent.
///
/// Generated code makes one per call. Users reach it through an operation's `request_mut()`, to set what the API's
/// description does not know: time limits, further headers and parameters. [`Client::request`](crate::Client::request)
/// makes one for an operation that the description lacks.
#[derive(Clone)]
pub struct Request(Box<Parts>);

/// What a call consists of. In a box, because builders hand it on by value, from setter to setter.
#[derive(Clone)]
struct Parts {
    core: Arc<Core>,
    message: Message,
    /// The first failure of a setter.
    failure: Option<RequestError>,
}

impl Request {
    pub(crate) fn new(core: Arc<Core>, operation: &'static Operation) -> Self {
        Self(Box::new(Parts { core, message: Message::new(operation), failure: None }))
    }

    /// Sets a parameter of the path. It is encoded as one segment; empty, `.` and `..` are refused when the call is sent.
    pub fn path(&mut self, name: &'static str, value: &dyn Display) -> &mut Self {
        let set = self.0.message.target.set_path(name, value);
        self.kept(set)
    }

    /// Sets a query parameter, in place of its former value.
    pub fn query(&mut self, name: impl Into<Cow<'static, str>>, value: &dyn Display) -> &mut Self {
        self.set_query(name.into(), ListStyle::Csv, &mut std::iter::once(value))
    }

    /// Sets a query parameter that takes several values, in place of its former values. No values: no parameter.
    pub fn query_list<I>(&mut self, name: impl Into<Cow<'static, str>>, style: ListStyle, values: I) -> &mut Self
    where
        I: IntoIterator,
        I::Item: Display,
    {
        let values: Vec<I::Item> = values.into_iter().collect();
        self.set_query(name.into(), style, &mut values.iter().map(|value| value as &dyn Display))
    }

    fn set_query(
        &mut self,
        name: Cow<'static, str>,
        style: ListStyle,
        values: &mut dyn Iterator<Item = &dyn Display>,
    ) -> &mut Self {
        let set = self.0.message.target.set_query(name, style, values);
        self.kept(set)
    }

    /// Sets a query parameter that is an object, in place of its former value. Members that are `null` are left out; no
    /// members: no parameter. What has no form in its style, an object in a list for instance, is written as JSON.
    pub fn query_object(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        style: ObjectStyle,
        value: &impl Serialize,
    ) -> &mut Self {
        let set = self.0.message.target.set_object(name.into(), style, value);
        self.kept(set)
    }

    /// Sets a header, in place of its former value.
    pub fn header(&mut self, name: &str, value: &dyn Display) -> &mut Self {
        let parsed = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value.to_string()).ok());
        match parsed {
            Some((name, value)) => {
                self.0.message.headers.insert(name, value);
            }
            None => self.fail(RequestError::header(name)),
        }
        self
    }

    /// Adds a cookie, its name and value percent-encoded. A cookie of the same name that was added before is sent too.
    pub fn cookie(&mut self, name: &str, value: &dyn Display) -> &mut Self {
        let mut text = String::new();
        if let Some(known) = self.0.message.headers.get(COOKIE).and_then(|known| known.to_str().ok()) {
            text = format!("{known}; ");
        }
        // A `str` always prints itself.
        let _ = push_encoded(&mut text, &name);
        text.push('=');
        if push_encoded(&mut text, value).is_err() {
            self.fail(RequestError::unprintable(name));
        }
        self.header(COOKIE.as_str(), &text)
    }

    /// The longest that one attempt of this call may take, instead of the client's setting.
    pub fn attempt_timeout(&mut self, timeout: Duration) -> &mut Self {
        self.0.message.options.attempt_timeout = Some(timeout);
        self
    }

    /// The longest that this call may take in all, instead of the client's setting.
    pub fn timeout(&mut self, timeout: Duration) -> &mut Self {
        self.0.message.options.total_timeout = Some(timeout);
        self
    }

    /// How many times this call may be sent at most, instead of the client's setting. One: no retries.
    pub fn attempts(&mut self, attempts: u32) -> &mut Self {
        self.0.message.options.attempts = Some(attempts.max(1));
        self
    }

    /// How many bytes of a response may be held in memory, instead of the client's setting.
    pub fn max_body(&mut self, bytes: usize) -> &mut Self {
        self.0.message.options.max_body = Some(bytes);
        self
    }

    /// The slowest that this call's upload or streamed download may be, instead of the client's setting.
    pub fn min_speed(&mut self, speed: MinSpeed) -> &mut Self {
        self.0.message.options.min_speed = Some(speed);
        self
    }

    /// Says whether this call may be sent again when the server may already have acted on it.
    ///
    /// Unless said otherwise: for GET, HEAD, OPTIONS, PUT and DELETE; not for POST and PATCH.
    pub fn repeatable(&mut self, repeatable: bool) -> &mut Self {
        self.0.message.options.repeatable = Some(repeatable);
        self
    }

    /// The operation that this calls.
    pub fn operation(&self) -> &'static Operation {
        self.0.message.operation
    }

    /// Keeps the first failure, which sending returns.
    pub(crate) fn fail(&mut self, error: RequestError) {
        self.0.failure.get_or_insert(error);
    }

    /// Keeps the failure of a setter.
    fn kept(&mut self, set: Result<(), UrlError>) -> &mut Self {
        if let Err(error) = set {
            self.fail(error.into());
        }
        self
    }

    /// The failure of a setter, if there was one.
    pub(crate) fn check(&self) -> Result<(), RequestError> {
        match &self.0.failure {
            Some(error) => Err(error.clone()),
            None => Ok(()),
        }
    }

    /// Adds what proves who sends it, unless the call says that itself.
    pub(crate) fn prove(&mut self, proof: &Proof) {
        let Message { headers, target, .. } = &mut self.0.message;
        match proof {
            Proof::Header(name, value) => {
                headers.entry(name).or_insert_with(|| value.clone());
            }
            Proof::Query(name, key) if target.query(name).is_none() => {
                self.query(*name, &key.expose_secret());
            }
            Proof::Cookie(cookie) => match with_cookie(headers.get(COOKIE), cookie) {
                Some((name, value)) => drop(headers.insert(name, value)),
                None => self.fail(RequestError::header(COOKIE.as_str())),
            },
            // Fetched when it is the call's turn.
            Proof::Query(..) | Proof::Token(_) => {}
        }
    }

    pub(crate) fn core(&self) -> Arc<Core> {
        self.0.core.clone()
    }

    pub(crate) fn message(&self) -> &Message {
        &self.0.message
    }

    pub(crate) fn message_mut(&mut self) -> &mut Message {
        &mut self.0.message
    }

    /// The whole number that a query parameter was set to; `None` if it was not set.
    pub(crate) fn number(&self, name: &str) -> Option<Result<u64, RequestError>> {
        let value = self.0.message.target.query(name)?;
        Some(value.parse().map_err(|_| RequestError::page(self.operation(), name)))
    }

    /// Whether a query parameter was set to this value, which needs no encoding.
    pub(crate) fn has_query(&self, name: &str, value: &str) -> bool {
        self.0.message.target.query(name) == Some(value)
    }
}

impl fmt::Debug for Request {
    /// Names of parameters and headers, but no values: each may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = &self.0.message;
        let headers: Vec<&str> = message.headers.keys().map(HeaderName::as_str).collect();
        f.debug_struct("Request")
            .field("operation", &message.operation.id)
            .field("target", &message.target)
            .field("headers", &headers)
            .field("payload", &message.payload)
            .field("options", &message.options)
            .field("failure", &self.0.failure)
            .finish_non_exhaustive()
    }
}
