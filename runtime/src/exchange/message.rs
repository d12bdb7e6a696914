//! What an exchange sends, in a form that can be sent any number of times.

use http::{HeaderMap, Method};
use reqwest::Url;

use super::channel::Channel;
use crate::body::payload::Payload;
use crate::error::RequestError;
use crate::operation::api::Api;
use crate::operation::descriptor::Operation;
use crate::operation::target::Target;
use crate::policy::limits::{Limits, Options};

/// What an exchange sends.
#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) operation: &'static Operation,
    /// The API whose habits the response follows.
    pub(crate) api: &'static Api,
    pub(crate) target: Target,
    pub(crate) headers: HeaderMap,
    pub(crate) payload: Payload,
    pub(crate) options: Options,
}

impl Message {
    /// A message without parameters and body.
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            api: operation.api,
            target: Target::default(),
            headers: HeaderMap::new(),
            payload: Payload::None,
            options: Options::default(),
        }
    }

    /// Where it goes.
    pub(crate) fn url(&self, channel: &Channel) -> Result<Url, RequestError> {
        Ok(self.target.url(&channel.base, self.operation)?)
    }

    /// Its limits: its own, else the client's.
    pub(crate) fn limits(&self, channel: &Channel) -> Limits {
        channel.limits.with(&self.options)
    }

    /// Whether it may be sent again when the server may already have acted on it.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.options.repeatable.unwrap_or_else(|| {
            let method = &self.operation.method;
            matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE)
        })
    }
}
