//! Stubs: what a test says about one operation, as types.

use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::damage;
use super::fault::Fault;
use super::mock::Mock;
use super::reply::Reply;
use super::request::Incoming;
use super::seen::Seen;
use super::shared::{Held, Shared};
use super::stubbed::{Condition, Stubbed};
use super::typed::ReplyBody;
use crate::operation::typed::TypedOperation;

/// A stub: which requests it is for, what it replies, and what it has met.
///
/// ```text
/// let mock = Mock::stubs();
/// let stub = mock.on(GetConnector::OPERATION).path("scriptName", "servicenow").reply(&detail).expect(1);
/// let client = mock.client_builder().build()?;
/// ```
///
/// The first stub whose conditions a request fulfils responds. Several replies are given in their order, and the last one
/// again and again.
pub struct Stub<D> {
    shared: Arc<Shared>,
    index: usize,
    response: PhantomData<fn() -> D>,
}

impl Mock {
    /// A stub for an operation: `mock.on(GetConnector::OPERATION)`. Without a reply it responds with 200 and no body.
    pub fn on<D>(&self, operation: TypedOperation<D>) -> Stub<D> {
        let mut held = self.shared.held();
        held.stubs.push(Stubbed {
            operation: operation.operation(),
            conditions: Vec::new(),
            replies: Vec::new(),
            seen: Vec::new(),
            expected: None,
        });
        Stub { shared: self.shared.clone(), index: held.stubs.len() - 1, response: PhantomData }
    }
}

impl<D> Stub<D> {
    fn change(self, change: impl FnOnce(&mut Stubbed)) -> Self {
        if let Some(stub) = self.shared.held().stubs.get_mut(self.index) {
            change(stub);
        }
        self
    }

    /// Only for requests with this value of a parameter in the path.
    pub fn path(self, name: &'static str, value: impl Into<String>) -> Self {
        self.change(|stub| stub.conditions.push(Condition::Path(name, value.into())))
    }

    /// Only for requests with this query parameter.
    pub fn query(self, name: impl Into<String>, value: impl ToString) -> Self {
        self.change(|stub| stub.conditions.push(Condition::Query(name.into(), value.to_string())))
    }

    /// Only for requests with this header.
    pub fn header(self, name: HeaderName, value: impl Into<String>) -> Self {
        self.change(|stub| stub.conditions.push(Condition::Header(name, value.into())))
    }

    /// Only for requests with this body.
    ///
    /// # Panics
    ///
    /// If the value cannot be written as JSON.
    #[track_caller]
    pub fn body(self, body: &(impl Serialize + ?Sized)) -> Self {
        let body = encoded(serde_json::to_value(body));
        self.change(|stub| stub.conditions.push(Condition::Json(body)))
    }

    /// Replies with this value, as a success.
    ///
    /// # Panics
    ///
    /// If the value cannot be written as JSON.
    #[track_caller]
    pub fn reply<V>(self, value: V) -> Self
    where
        D: ReplyBody<V>,
    {
        let (status, content_type) = D::SUCCESS;
        let mut reply = Reply::empty(StatusCode::from_u16(status).unwrap_or_default());
        reply.body = encoded(D::encode(value));
        if let Some(content_type) = content_type {
            reply.set(CONTENT_TYPE, content_type);
        }
        self.change(|stub| stub.replies.push(reply))
    }

    /// Replies with any status and JSON, for instance with an error.
    pub fn reply_json(self, status: StatusCode, body: &Value) -> Self {
        self.change(|stub| stub.replies.push(Reply::json(status, body)))
    }

    /// Replies with any status, content type and bytes.
    pub fn reply_bytes(self, status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Self {
        let reply = Reply::of(status, content_type, body);
        self.change(|stub| stub.replies.push(reply))
    }

    /// Adds a header to the last reply.
    pub fn reply_header(self, name: HeaderName, value: &str) -> Self {
        self.change(|stub| {
            if let Some(reply) = stub.replies.last_mut() {
                reply.set(name, value);
            }
        })
    }

    /// Lets a fault take the place of a reply, or damage the delivery of the last one.
    pub fn fault(self, fault: Fault) -> Self {
        self.change(|stub| match damage::instead(&[fault]) {
            Some(reply) => stub.replies.push(reply),
            None => stub.replies.last_mut().into_iter().for_each(|reply| damage::delivery(reply, &[fault])),
        })
    }

    /// Fails the test if it is not called exactly this often.
    pub fn expect(self, calls: usize) -> Self {
        self.change(|stub| stub.expected = Some(calls))
    }

    /// How often it was called.
    pub fn calls(&self) -> usize {
        self.seen().len()
    }

    /// The requests that it responded to.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.held().stubs.get(self.index).map(|stub| stub.seen.clone()).unwrap_or_default()
    }

    /// The bodies that it got, as values of a type.
    ///
    /// # Errors
    ///
    /// If one of them is not such a value.
    pub fn bodies<T: DeserializeOwned>(&self) -> serde_json::Result<Vec<T>> {
        self.seen().iter().map(|seen| serde_json::from_slice(&seen.body)).collect()
    }
}

impl<D> std::fmt::Debug for Stub<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stub").field("calls", &self.calls()).finish_non_exhaustive()
    }
}

#[track_caller]
#[allow(clippy::panic, reason = "a test that stubs such a value is wrong")]
fn encoded<T>(result: serde_json::Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("the value cannot be written as JSON: {error}"),
    }
}

impl Held {
    /// The reply of the first stub that is meant, and its operation.
    pub(super) fn stubbed(&mut self, incoming: &Incoming<'_>) -> Option<(&'static str, Reply)> {
        let stub = self.stubs.iter_mut().find(|stub| stub.differences(incoming).is_empty())?;
        let reply = stub.replies.get(stub.seen.len()).or_else(|| stub.replies.last()).cloned();
        let reply = reply.unwrap_or_else(|| Reply::empty(StatusCode::OK));
        stub.seen.push(Seen {
            method: incoming.method.clone(),
            target: incoming.path.to_owned(),
            headers: incoming.headers.clone(),
            body: incoming.body.clone(),
            operation: Some(stub.operation.id),
            status: reply.status,
            faults: Vec::new(),
        });
        Some((stub.operation.id, reply))
    }
}
