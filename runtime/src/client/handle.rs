//! The client: what all calls share, in one `Arc`.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use secrecy::SecretString;

use super::builder::ClientBuilder;
use crate::auth::cache::Auth;
use crate::call::request::Request;
use crate::error::{AuthError, ConfigError};
use crate::exchange::attempt::Limits;
use crate::exchange::middleware::Middleware;
use crate::operation::descriptor::Operation;
use crate::policy::rate::Limiter;
use crate::policy::retry::RetryPolicy;
use crate::sailpoint::source::Config;
use crate::transport::wire::Wire;

/// A client of one tenant. Cheap to clone and safe to share: all clones use the same connections, the same access token
/// and the same limits.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Shared>);

/// What all clones of a client share.
pub(crate) struct Shared {
    /// Without a slash at the end.
    pub(crate) base: String,
    pub(crate) wire: Wire,
    pub(crate) auth: Auth,
    /// `User-Agent` and the headers that users set for all calls.
    pub(crate) headers: HeaderMap,
    /// What holds for each call unless it says otherwise.
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    /// Host and port of the base URL, for traces.
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl Client {
    /// Starts building a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A client configured by the first source that is there: the environment (`SAIL_BASE_URL`, `SAIL_CLIENT_ID`,
    /// `SAIL_CLIENT_SECRET`), `./config.json`, or the file of SailPoint's command line; see [`Config`].
    ///
    /// # Errors
    ///
    /// If there is no source, or the first one is incomplete; the error says what was looked for, where, and what is
    /// missing.
    pub fn from_env() -> Result<Self, ConfigError> {
        Config::load()?.builder().build()
    }

    /// Starts a call. Generated code uses this.
    pub fn request(&self, operation: &'static Operation) -> Request {
        Request::new(self.clone(), operation)
    }

    /// The access token that calls are sent with, fetched if there is none yet; `None` if the client sends no credentials.
    ///
    /// # Errors
    ///
    /// If there is none to be had.
    pub async fn access_token(&self) -> Result<Option<SecretString>, AuthError> {
        Ok(self.0.auth.token(self, None).await?.map(|held| held.secret.clone()))
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.0.base
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.0.base)
            .field("wire", &self.0.wire)
            .field("auth", &self.0.auth)
            .field("limits", &self.0.limits)
            .finish_non_exhaustive()
    }
}
