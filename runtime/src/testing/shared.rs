//! What a mock server knows and holds, shared by its transports and stubs.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::fault::Ordered;
use super::route::Routes;
use super::schema::Schemas;
use super::seen::Seen;
use super::store::{self, Resources, Store, Stored};
use super::stubbed::Stubbed;
use super::token::{self, Tokens};
use crate::operation::catalog::Catalog;

/// How many requests the log holds; the oldest go first.
const LOG: usize = 10_000;
/// How many bytes of bodies the log holds, so that uploads do not fill the memory.
const LOG_BYTES: usize = 256 << 20;

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
    pub(super) log: VecDeque<Seen>,
    /// The bytes of the bodies in it.
    log_bytes: usize,
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

impl Shared {
    /// A server that holds nothing yet.
    pub(super) fn new(catalogs: &[&'static Catalog], options: MockOptions) -> Self {
        let routes = Routes::new(catalogs);
        Self {
            resources: Resources::new(&routes),
            routes,
            schemas: Schemas::default(),
            token_paths: token::paths(catalogs),
            options,
            seed: Mutex::default(),
            held: Mutex::default(),
        }
    }

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

    pub(super) fn forgive(&self) {
        let mut held = self.held();
        held.unexpected.clear();
        held.stubs.clear();
    }

    pub(super) fn remember(&self, held: &mut Held, seen: Seen) {
        held.log_bytes += seen.body.len();
        held.log.push_back(seen);
        while held.log.len() > LOG || (held.log_bytes > LOG_BYTES && held.log.len() > 1) {
            let gone = held.log.pop_front().map_or(0, |seen| seen.body.len());
            held.log_bytes -= gone;
        }
    }

    pub(super) fn seed(&self, seed: Value) -> Result<(), SeedError> {
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
                (_, None) if !self.resources.is_single_at(path) => {
                    return Err(SeedError(format!(
                        "nothing is kept at `{path}`: no operation both reads and changes it"
                    )));
                }
                (Value::String(text), None) => puts.push((path.clone(), Stored::Text(text.clone().into()))),
                (Value::Object(_), None) => puts.push((path.clone(), Stored::Json(value.clone()))),
                (_, Some(_)) => return Err(SeedError(format!("`{path}` is a collection: its value has to be a list"))),
                (_, None) => {
                    return Err(SeedError(format!(
                        "`{path}` is not a collection: its value has to be an object or a text"
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
