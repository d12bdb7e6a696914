//! What all exchanges of a client share.

use std::sync::Arc;

use http::{HeaderMap, HeaderName};

use super::middleware::Middleware;
use crate::policy::brake::Brake;
use crate::policy::bucket::Bucket;
use crate::policy::limits::Limits;
use crate::policy::rate::Limiter;
use crate::policy::retry::RetryPolicy;
use crate::transport::wire::Wire;

/// What all exchanges of a client share.
pub(crate) struct Channel {
    /// The base URL, without a slash at the end.
    pub(crate) base: String,
    pub(crate) wire: Wire,
    /// `User-Agent` and the headers that users set for all calls.
    pub(crate) headers: HeaderMap,
    /// What holds for each call unless it says otherwise.
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    /// What may be spent on retries, and whether calls are held back; both for all clones together.
    pub(crate) bucket: Bucket,
    pub(crate) brake: Brake,
    pub(crate) limiter: Option<Limiter>,
    /// The header that carries the client's own id of each call.
    pub(crate) request_id: Option<HeaderName>,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    /// Host and port of the base URL, for traces.
    pub(crate) host: String,
    pub(crate) port: u16,
}
