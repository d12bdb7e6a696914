//! The mock server: what it knows, what it holds, and what a test may ask and tell it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::fault::{Fault, Ordered};
use super::route::Routes;
use super::schema::Schemas;
use super::seen::Seen;
use super::store::{self, Resources, Store, Stored};
use super::stub::Stubbed;
use super::token::{self, Tokens};
use super::transport::MockTransport;
use crate::catalog::Catalog;
use crate::client::builder::ClientBuilder;
use crate::client::handle::Client;
use crate::policy::retry::RetryPolicy;

/// How many requests the log holds; the oldest go first.
const LOG: usize = 10_000;

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

/// What a mock and its transports share.
pub(super) struct Shared {
    pub(super) routes: Routes,
    pub(super) resources: Resources,
    pub(super) schemas: Schemas,
    pub(super) token_paths: Vec<String>,
    pub(super) options: MockOptions,
    /// What was put into the store at the start, and is again after a reset.
    seed: Mutex<Option<Value>>,
    held: Mutex<Held>,
}

/// What changes from request to request.
#[derive(Default)]
pub(super) struct Held {
    pub(super) store: Store,
    pub(super) tokens: Tokens,
    pub(super) ordered: Vec<Ordered>,
    pub(super) stubs: Vec<Stubbed>,
    pub(super) log: Vec<Seen>,
    /// Requests that nobody expected, each with what comes nearest.
    pub(super) unexpected: Vec<String>,
}

/// How a mock server behaves.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MockOptions {
    /// Whether query parameters and headers that the document does not have are refused.
    pub strict: bool,
    /// How long tokens live that it issues. An hour, unless said otherwise.
    pub token_life: Duration,
}

impl Default for MockOptions {
    fn default() -> Self {
        Self { strict: false, token_life: Duration::from_secs(3600) }
    }
}

/// A seed that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError(String);

impl std::fmt::Display for SeedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

impl Mock {
    /// A server of these catalogs.
    pub fn new(catalogs: &[&'static Catalog]) -> Self {
        Self::with_options(catalogs, MockOptions::default())
    }

    /// A server of these catalogs that behaves as `options` say.
    pub fn with_options(catalogs: &[&'static Catalog], options: MockOptions) -> Self {
        let routes = Routes::new(catalogs);
        let shared = Shared {
            resources: Resources::new(&routes),
            routes,
            schemas: Schemas::default(),
            token_paths: token::paths(catalogs),
            options,
            seed: Mutex::default(),
            held: Mutex::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// A server that knows stubs only: any other request is unexpected.
    pub fn stubs() -> Self {
        Self::new(&[])
    }

    /// The same server as a [`Transport`](crate::Transport).
    pub fn transport(&self) -> MockTransport {
        MockTransport::new(self.shared.clone())
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

    /// The requests so far; at most the last 10 000.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.held().log.clone()
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

impl Shared {
    pub(super) fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn order(&self, order: Ordered) {
        if order.left > 0 {
            self.held().ordered.push(order);
        }
    }

    pub(super) fn reset(&self) {
        let seed = self.seed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        {
            let mut held = self.held();
            let stubs = std::mem::take(&mut held.stubs);
            *held = Held { stubs, ..Held::default() };
        }
        // It was taken once, so it is taken again.
        let _ = seed.map(|seed| self.seed(seed));
    }

    fn forgive(&self) {
        let mut held = self.held();
        held.unexpected.clear();
        held.stubs.clear();
    }

    pub(super) fn remember(&self, held: &mut Held, seen: Seen) {
        if held.log.len() >= LOG {
            held.log.remove(0);
        }
        held.log.push(seen);
    }

    fn seed(&self, seed: Value) -> Result<(), SeedError> {
        let Value::Object(paths) = &seed else { return Err(SeedError("the seed is not a JSON object".to_owned())) };
        let (mut puts, mut collections) = (Vec::new(), Vec::new());
        for (path, value) in paths {
            match (value, self.resources.id_at(path)) {
                (Value::Array(items), Some(id)) => {
                    collections.push(path);
                    for (index, item) in items.iter().enumerate() {
                        let name = id_in(item, id).ok_or_else(|| {
                            SeedError(format!("item {index} of `{path}` has neither `{id}` nor `id`"))
                        })?;
                        puts.push((format!("{path}/{}", store::escaped(&name)), Stored::Json(item.clone())));
                    }
                }
                (Value::String(text), None) => puts.push((path.clone(), Stored::Text(text.clone().into()))),
                (Value::Object(_), None) => puts.push((path.clone(), Stored::Json(value.clone()))),
                (_, Some(_)) => return Err(SeedError(format!("`{path}` is a collection: its value has to be a list"))),
                (_, None) => {
                    return Err(SeedError(format!(
                        "`{path}` is no collection: its value has to be an object or a text"
                    )));
                }
            }
        }
        let mut held = self.held();
        collections.into_iter().for_each(|path| held.store.keep(path));
        puts.into_iter().for_each(|(path, stored)| held.store.put(&path, stored));
        drop(held);
        *self.seed.lock().unwrap_or_else(PoisonError::into_inner) = Some(seed);
        Ok(())
    }
}

/// The id of a resource: the property that is called like the parameter, else `id`.
pub(super) fn id_in(item: &Value, name: &str) -> Option<String> {
    match item.get(name).or_else(|| item.get("id"))? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
