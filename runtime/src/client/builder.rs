//! Building a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderValue, USER_AGENT};
use http::{HeaderMap, HeaderName};
use reqwest::Proxy;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use secrecy::SecretString;

use super::check;
use super::handle::Client;
use crate::auth::cache::Auth;
use crate::auth::provider::{ClientCredentials, Credentials, TokenProvider, is_loopback};
use crate::auth::scheme::{SchemeCredentials, Schemes};
use crate::call::core::Core;
use crate::error::ConfigError;
use crate::exchange::channel::Channel;
use crate::exchange::middleware::Middleware;
use crate::policy::brake::Brake;
use crate::policy::bucket::Bucket;
use crate::policy::limits::Limits;
use crate::policy::rate::{Limiter, RateLimit};
use crate::policy::retry::RetryPolicy;
use crate::policy::speed::MinSpeed;
use crate::transport::network::{Identity, Network, ProxyUse};
use crate::transport::wire::{Transport, Wire};

impl Client {
    /// Starts building a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
}

/// Builds a [`Client`]. What is not set has a default that is meant for production.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    base: Option<String>,
    credentials: Option<Credentials>,
    schemes: Vec<SchemeCredentials>,
    token_url: Option<String>,
    transport: Option<Arc<dyn Transport>>,
    http: Option<reqwest::Client>,
    headers: HeaderMap,
    user_agent: Option<String>,
    plain_http: bool,
    network: Network,
    limits: Limits,
    retry: RetryPolicy,
    rate_limit: Option<RateLimit>,
    request_id: Option<HeaderName>,
    middleware: Vec<Arc<dyn Middleware>>,
    /// The first setting that cannot be used.
    wrong: Option<String>,
}

impl ClientBuilder {
    fn new() -> Self {
        Self {
            base: None,
            credentials: None,
            schemes: Vec::new(),
            token_url: None,
            transport: None,
            http: None,
            headers: HeaderMap::new(),
            user_agent: None,
            plain_http: false,
            network: Network::default(),
            limits: Limits::default(),
            retry: RetryPolicy::default(),
            rate_limit: None,
            request_id: None,
            middleware: Vec::new(),
            wrong: None,
        }
    }

    /// The base URL of the API, for instance `https://api.example.com`.
    ///
    /// It may have a path, which is put before the path of every operation. An API version at its end
    /// (`https://api.example.com/v2`) is left out before an operation's own.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = Some(url.into());
        self
    }

    /// A token that is sent as it is and never refreshed.
    pub fn bearer_token(mut self, token: impl Into<SecretString>) -> Self {
        self.credentials = Some(Credentials::Bearer(token.into()));
        self
    }

    /// OAuth2 client credentials (RFC 6749, section 4.4). They are exchanged for an access token at the endpoint that the API's
    /// description names, or [`token_url`](Self::token_url). All clones share the token, which is renewed before it expires.
    pub fn client_credentials(mut self, id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        self.credentials = Some(Credentials::Client(ClientCredentials::new(id.into(), secret.into())));
        self
    }

    /// The endpoint that exchanges client credentials for an access token, in place of the one that the API's description
    /// names: an absolute URL, or one relative to the base URL, for instance `oauth/token`.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Credentials for a security scheme that the API's description declares; may be called for several. Each call is sent with
    /// those that its operation needs: the first alternative of the description for which all are there, none where it needs
    /// none. A call that needs others fails, unless the client has a token for all calls
    /// ([`bearer_token`](Self::bearer_token) and the like) or is [`anonymous`](Self::anonymous).
    pub fn credentials(mut self, credentials: SchemeCredentials) -> Self {
        self.schemes.push(credentials);
        self
    }

    /// A source of access tokens of your own.
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.credentials = Some(Credentials::Provider(Arc::new(provider)));
        self
    }

    /// Sends no credentials at all.
    pub fn anonymous(mut self) -> Self {
        self.credentials = Some(Credentials::Anonymous);
        self
    }

    /// Allows credentials to be sent over plain `http` to another machine, where everyone on the way can read them.
    ///
    /// Without this, that is refused; plain `http` within the machine (loopback) is always allowed.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// The longest that it may take until there is a connection. Ten seconds if not set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.network.connect_timeout = timeout;
        self
    }

    /// The longest that one attempt of a call may take, until its response is complete. One minute if not set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt = timeout;
        self
    }

    /// The longest that a call may take in all: getting a token, all attempts, the waits between them, and a streamed
    /// download to its end. Not limited if not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.total = Some(timeout);
        self
    }

    /// The slowest that an upload of files, or a streamed download, may be. One byte a second over a minute if not set. Other
    /// calls are bounded by [`attempt_timeout`](Self::attempt_timeout), streams of events (`text/event-stream`) by nothing
    /// but its silence.
    pub fn min_speed(mut self, speed: MinSpeed) -> Self {
        self.limits.speed = speed;
        self
    }

    /// How many bytes of a response may be held in memory. 64 MiB if not set. Streamed downloads are not limited.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// When and how many times calls are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The client's own limit on how many requests it sends, over all clones and including retries. None if not set.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Adds a hook around each attempt.
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// A proxy for all connections (`http://`, `https://` or with user and password inside), in place of what the
    /// environment says (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`). The environment's proxy is never used for
    /// this machine itself (loopback); one that is set here is.
    pub fn proxy(mut self, url: &str) -> Self {
        match Proxy::all(url) {
            Ok(proxy) => self.network.proxy = ProxyUse::This(Box::new(proxy)),
            // The error would repeat the URL, and with it a password.
            Err(_) => self.refuse("the proxy's URL cannot be used (it looks like http://proxy.acme.test:3128)"),
        }
        self
    }

    /// No proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.network.proxy = ProxyUse::None;
        self
    }

    /// Root certificates that are trusted beside the platform's: one or more, in PEM.
    pub fn root_certificates(mut self, pem: &[u8]) -> Self {
        let roots: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        match roots {
            Ok(roots) if !roots.is_empty() => self.network.roots.extend(roots),
            _ => self.refuse("the root certificates are not PEM (a text with `-----BEGIN CERTIFICATE-----`)"),
        }
        self
    }

    /// The certificate that the client shows to servers that ask for one (mutual TLS): in PEM, itself first, then those that
    /// lead to its root, and its private key (PKCS #8, PKCS #1 or SEC 1, not encrypted).
    pub fn client_certificate(mut self, certificates: &[u8], key: &[u8]) -> Self {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificates).collect();
        match (chain, PrivateKeyDer::from_pem_slice(key)) {
            (Ok(chain), Ok(key)) if !chain.is_empty() => self.network.identity = Some(Identity { chain, key }.into()),
            (_, Ok(_)) => self.refuse("the client's certificate is not PEM (a text with `-----BEGIN CERTIFICATE-----`)"),
            (_, Err(_)) => self.refuse(
                "the key of the client's certificate is not PEM (a text with `-----BEGIN PRIVATE KEY-----`), or encrypted",
            ),
        }
        self
    }

    /// A header that is sent with every call, unless the call sets it itself.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        let parsed = HeaderName::try_from(name).ok().zip(HeaderValue::try_from(value).ok());
        match parsed {
            Some((name, value)) => {
                self.headers.insert(name, value);
            }
            None => self.refuse(&format!("the default header `{name}` holds characters that HTTP does not allow")),
        }
        self
    }

    /// The header in which each call carries an id of the client's own, for instance `X-Request-Id`: 32 hexadecimal digits, the
    /// same for all attempts of a call, recorded in its span as `openapi.request_id`. None is sent if not set; a call that sets
    /// the header itself keeps its own.
    pub fn request_id_header(mut self, name: &str) -> Self {
        match HeaderName::try_from(name) {
            Ok(name) => self.request_id = Some(name),
            Err(_) => self.refuse(&format!("the name of a header cannot be `{name}`")),
        }
        self
    }

    /// The name and version of the program that uses the client, for instance `acme-audit/1.4`. It is sent as
    /// `User-Agent`, before this library's own.
    pub fn user_agent(mut self, program: impl Into<String>) -> Self {
        self.user_agent = Some(program.into());
        self
    }

    /// An HTTP client of your own. Its proxy, TLS and connection settings hold; this builder's are not used.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())`: redirects within the host are followed here, and that
    /// is all that a client may follow. `reqwest` takes the token off when it goes to another host, but only for the first
    /// request there (0.13.5): a second redirect on that host carries it again; default headers are never taken off. What
    /// was sent cannot be called back, so a response that comes from another host fails the call
    /// ([`TransportErrorKind::Redirected`](crate::TransportErrorKind::Redirected)), at once and for all to see.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Something in place of HTTP, for instance to test a program without a server.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Keeps the first thing that is wrong, which `build` returns.
    pub(crate) fn refuse(&mut self, why: &str) {
        self.wrong.get_or_insert_with(|| why.to_owned());
    }

    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// If something is missing, or a setting cannot be used; the text says what to do.
    pub fn build(self) -> Result<Client, ConfigError> {
        if let Some(wrong) = &self.wrong {
            return Err(ConfigError::new(wrong.as_str()));
        }
        let base = self.base.as_deref().ok_or_else(|| ConfigError::new("no base URL is set: call `base_url`"))?;
        let url = check::base(base)?;
        let is_token_given = self.credentials.is_some();
        let given = self.credentials.or_else(|| (!self.schemes.is_empty()).then_some(Credentials::Anonymous));
        let mut credentials = check::credentials(given, !self.schemes.is_empty(), &url, self.plain_http)?;
        let schemes: Result<Vec<_>, _> =
            self.schemes.into_iter().map(|credentials| credentials.ready(self.plain_http)).collect();
        if let Credentials::Client(client) = &mut credentials {
            client.token_url = self.token_url;
            client.plain_http = self.plain_http;
        }
        let wire = match (self.transport, self.http) {
            (Some(transport), _) => Wire::Custom(transport),
            (None, Some(client)) => Wire::Network {
                #[cfg(feature = "blocking")]
                blocking: client.clone(),
                client,
                foreign: true,
            },
            (None, None) => Wire::Network {
                #[cfg(feature = "blocking")]
                blocking: self.network.clone().build(is_loopback(&url))?,
                client: self.network.build(is_loopback(&url))?,
                foreign: false,
            },
        };
        let mut headers = self.headers;
        headers.insert(USER_AGENT, check::user_agent(self.user_agent.as_deref())?);
        let channel = Channel {
            base: url.as_str().trim_end_matches('/').to_owned(),
            wire,
            headers,
            limits: self.limits,
            bucket: Bucket::new(self.retry.bucket),
            brake: Brake::default(),
            retry: self.retry,
            limiter: self.rate_limit.map(Limiter::new),
            request_id: self.request_id,
            middleware: self.middleware,
            host: url.host_str().unwrap_or_default().to_owned(),
            port: url.port_or_known_default().unwrap_or_default(),
        };
        let schemes = Schemes::new(schemes?, Arc::new(Auth::new(credentials)), is_token_given);
        Ok(Client(Arc::new(Core { channel: Arc::new(channel), schemes })))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credentials", &self.credentials)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_those_that_the_docs_state() {
        let builder = ClientBuilder::new();
        assert_eq!(builder.limits, Limits::default());
        assert!(builder.rate_limit.is_none() && builder.middleware.is_empty() && builder.headers.is_empty());
        assert!(builder.base.is_none() && builder.credentials.is_none() && builder.token_url.is_none());
        assert!(!builder.plain_http, "credentials do not go over plain http unless that is allowed");
    }
}
