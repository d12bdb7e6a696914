//! The mock server: what a test may ask and tell it.

use std::sync::Arc;

use serde_json::Value;

use super::fault::{Fault, Ordered};
use super::reply::Reply;
use super::seen::Seen;
use super::shared::{MockOptions, SeedError, Shared};
use super::stubbed::Stubbed;
use super::transport::MockTransport;
use crate::client::builder::ClientBuilder;
use crate::client::handle::Client;
use crate::operation::catalog::Catalog;
use crate::policy::retry::RetryPolicy;

/// A mock server: serves the operations of catalogs, and what stubs say.
///
/// [`Mock::new`] serves catalogs; [`Mock::stubs`] serves nothing but stubs, and a request that no stub is for fails the
/// test. When it is dropped, a `Mock` panics if there was such a request, or if a stub was not called as often as
/// [`Stub::expect`](super::Stub::expect) says; [`Mock::verify`] looks at it earlier.
///
/// State is kept in memory and is the same for every transport of the mock.
pub struct Mock {
    pub(super) shared: Arc<Shared>,
}

impl Mock {
    /// A server of these catalogs.
    pub fn new(catalogs: &[&'static Catalog]) -> Self {
        Self::with_options(catalogs, MockOptions::default())
    }

    /// A server of these catalogs that behaves as `options` say.
    pub fn with_options(catalogs: &[&'static Catalog], options: MockOptions) -> Self {
        Self { shared: Arc::new(Shared::new(catalogs, options)) }
    }

    /// A server that knows stubs only: any other request is unexpected.
    pub fn stubs() -> Self {
        Self::new(&[])
    }

    /// The same server as a [`Transport`](crate::Transport).
    pub fn transport(&self) -> MockTransport {
        MockTransport::new(self.shared.clone())
    }

    /// The response to a request, without I/O.
    pub fn respond(&self, request: &http::Request<bytes::Bytes>) -> Reply {
        self.shared.respond(request)
    }

    /// A client of this server, ready to be built: with a token, and without retries.
    pub fn client_builder(&self) -> ClientBuilder {
        let builder = Client::builder().base_url("https://mock.invalid").bearer_token("mock-token");
        builder.retry(RetryPolicy::never()).transport(self.transport())
    }

    /// Lets a fault meet the next `times` requests, whatever their operation.
    pub fn inject(&self, fault: Fault, times: u32) {
        self.shared.order(Ordered { fault, left: times, operation: None });
    }

    /// Lets a fault meet the next `times` requests to the operation with this id.
    pub fn inject_into(&self, operation: &str, fault: Fault, times: u32) {
        self.shared.order(Ordered { fault, left: times, operation: Some(operation.to_owned()) });
    }

    /// Ends the life of every token that was issued.
    pub fn expire_tokens(&self) {
        self.shared.held().tokens.expire();
    }

    /// Puts resources into the store: an object of lists by the paths of collections, and of other values by the paths
    /// of resources. A text is the content of a file.
    ///
    /// # Errors
    ///
    /// If a path leads to nothing that is kept, or an item has no id. Nothing is changed then.
    pub fn seed(&self, seed: Value) -> Result<(), SeedError> {
        self.shared.seed(seed)
    }

    /// Forgets everything but the seed: resources, tokens, faults that were ordered, and the log. Stubs stay.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// The requests so far; at most the last 10 000, and fewer if their bodies are large.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.held().log.iter().cloned().collect()
    }

    /// What went otherwise than the test said: unexpected requests, and stubs that were not called as often as expected.
    pub fn failures(&self) -> Vec<String> {
        let held = self.shared.held();
        let missed = held.stubs.iter().filter_map(Stubbed::missed);
        held.unexpected.iter().cloned().chain(missed).collect()
    }

    /// Fails the test if something went otherwise than it said.
    ///
    /// # Panics
    ///
    /// If [`failures`](Self::failures) has any.
    #[track_caller]
    #[allow(clippy::panic, reason = "this is how a test fails")]
    pub fn verify(&self) {
        let failures = self.failures();
        if !failures.is_empty() {
            self.shared.forgive();
            panic!("the mock server was not called as expected:\n- {}", failures.join("\n- "));
        }
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.verify();
        }
    }
}

impl std::fmt::Debug for Mock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mock").field("options", &self.shared.options).finish_non_exhaustive()
    }
}
