//! The client: a handle on what all its calls share.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;

use crate::call::core::Core;
use crate::call::request::Request;
use crate::error::AuthError;
use crate::operation::descriptor::Operation;

/// A client of one server. Cheap to clone and safe to share: all clones use the same connections, the same access token
/// and the same limits.
#[derive(Clone)]
pub struct Client(pub(super) Arc<Core>);

impl Client {
    /// Starts a call. Generated code uses this; so may you, for an operation that the API's description lacks
    /// ([`Operation::new`]). It is sent with the credentials, limits and retries of the client.
    pub fn request(&self, operation: &'static Operation) -> Request {
        Request::new(self.0.clone(), operation)
    }

    /// The access token that calls of an operation are sent with, fetched if there is none yet; `None` if they are
    /// sent without one.
    ///
    /// # Errors
    ///
    /// If no access token could be obtained.
    pub async fn access_token(&self, operation: &'static Operation) -> Result<Option<SecretString>, AuthError> {
        let Core { channel, schemes } = &*self.0;
        let Some(auth) = schemes.means(operation.api, operation.id)?.token else { return Ok(None) };
        Ok(auth.token(channel, operation.api, None).await?.map(|credential| credential.secret.clone()))
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.0.channel.base
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Core { channel, schemes } = &*self.0;
        f.debug_struct("Client")
            .field("base_url", &channel.base)
            .field("wire", &channel.wire)
            .field("auth", schemes)
            .field("limits", &channel.limits)
            .finish_non_exhaustive()
    }
}
