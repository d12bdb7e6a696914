//! What a client proves with who it is: a token, client credentials, or a source of tokens that the user supplies.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use secrecy::SecretString;
use tokio::time::Instant;

use crate::error::AuthError;
use crate::transport::wire::BoxFuture;

/// An access token, and how long it is good for.
#[derive(Clone)]
pub struct Token {
    pub(crate) secret: SecretString,
    pub(crate) expires: Option<Instant>,
}

impl Token {
    /// A token that does not expire, as far as is known.
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self { secret: secret.into(), expires: None }
    }

    /// Says that the token expires after this time from now on.
    pub fn expires_in(mut self, time: Duration) -> Self {
        self.expires = Instant::now().checked_add(time);
        self
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// A source of access tokens of your own, for instance a vault or an interactive login.
///
/// It is asked when there is no token yet, shortly before a token expires, and when the API refuses one; its tokens are
/// cached and shared by all clones of the client, and only one caller at a time asks.
pub trait TokenProvider: Send + Sync + 'static {
    /// Fetches a new token.
    ///
    /// # Errors
    ///
    /// If there is none to be had; every call that waits for the token gets this error.
    fn token(&self) -> BoxFuture<'_, Result<Token, AuthError>>;
}

/// How a client gets its access token.
#[derive(Clone)]
pub(crate) enum Credentials {
    /// No `Authorization` header is sent.
    Anonymous,
    /// The same token for ever.
    Bearer(SecretString),
    /// OAuth2 client credentials, exchanged for a token.
    Client(ClientCredentials),
    /// Whatever the provider gives.
    Provider(Arc<dyn TokenProvider>),
}

/// OAuth2 client credentials, or a user's password.
#[derive(Clone)]
pub(crate) struct ClientCredentials {
    /// Empty where a user's password is exchanged without a client's id.
    pub(crate) id: String,
    pub(crate) secret: SecretString,
    /// The token endpoint, in place of the one that the API's description names.
    pub(crate) token_url: Option<String>,
    /// Whether the secret may go over plain `http` to another machine.
    pub(crate) plain_http: bool,
    /// The user whose password is exchanged.
    pub(crate) person: Option<Person>,
    /// What the token is asked for with.
    pub(crate) scopes: Vec<String>,
}

/// A user (RFC 6749, section 4.3).
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) password: SecretString,
}

impl ClientCredentials {
    pub(crate) fn new(id: String, secret: SecretString) -> Self {
        Self { id, secret, token_url: None, plain_http: false, person: None, scopes: Vec::new() }
    }

    /// Exchanged at this endpoint.
    pub(crate) fn at(mut self, token_url: &str) -> Self {
        self.token_url = Some(token_url.to_owned());
        self
    }
}

/// Whether what is sent to this URL can be read only by the server: over TLS, or within the machine.
pub(crate) fn is_private(url: &Url) -> bool {
    url.scheme() == "https" || is_loopback(url)
}

/// Whether a URL leads to this machine itself.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match host.parse::<std::net::IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Anonymous => "Anonymous",
            Self::Bearer(_) => "Bearer",
            Self::Client(_) => "Client",
            Self::Provider(_) => "Provider",
        })
    }
}
