//! Credentials for the security schemes of an API's description: keys, passwords, and tokens from an endpoint of their own.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::cache::Auth;
use super::provider::{ClientCredentials, Credentials, Person};
use crate::error::{AuthError, ConfigError};
use crate::operation::api::{Alternatives, Api};
use crate::operation::url::push_encoded;

/// What a client identifies itself with, where the API's description declares a security scheme of that name.
///
/// Generated code has a function for each scheme of a description, in the type `Credentials` beside the API's groups.
#[derive(Clone)]
pub struct SchemeCredentials {
    scheme: &'static str,
    given: Given,
}

#[derive(Clone)]
enum Given {
    Header(&'static str, SecretString),
    Query(&'static str, SecretString),
    Cookie(&'static str, SecretString),
    Basic(String, SecretString),
    Token(Credentials),
}

impl SchemeCredentials {
    /// A key that is sent in a header.
    pub fn header_key(scheme: &'static str, header: &'static str, key: impl Into<SecretString>) -> Self {
        Self { scheme, given: Given::Header(header, key.into()) }
    }

    /// A key that is sent in the query.
    pub fn query_key(scheme: &'static str, parameter: &'static str, key: impl Into<SecretString>) -> Self {
        Self { scheme, given: Given::Query(parameter, key.into()) }
    }

    /// A key that is sent in a cookie.
    pub fn cookie_key(scheme: &'static str, cookie: &'static str, key: impl Into<SecretString>) -> Self {
        Self { scheme, given: Given::Cookie(cookie, key.into()) }
    }

    /// A user's name and password (basic authentication, RFC 7617).
    pub fn basic(scheme: &'static str, user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self { scheme, given: Given::Basic(user.into(), password.into()) }
    }

    /// A token that is sent as it is (RFC 6750) and never refreshed.
    pub fn bearer(scheme: &'static str, token: impl Into<SecretString>) -> Self {
        Self { scheme, given: Given::Token(Credentials::Bearer(token.into())) }
    }

    /// A client's id and secret, exchanged for a token at this endpoint (RFC 6749, section 4.4): an absolute URL, or one
    /// relative to the base URL.
    pub fn client_credentials(
        scheme: &'static str,
        token_url: &'static str,
        id: impl Into<String>,
        secret: impl Into<SecretString>,
    ) -> Self {
        let client = ClientCredentials::new(id.into(), secret.into()).at(token_url);
        Self { scheme, given: Given::Token(Credentials::Client(client)) }
    }

    /// A user's name and password, exchanged for a token at this endpoint (RFC 6749, section 4.3): an absolute URL, or one
    /// relative to the base URL.
    pub fn password(
        scheme: &'static str,
        token_url: &'static str,
        user: impl Into<String>,
        password: impl Into<SecretString>,
    ) -> Self {
        let mut client = ClientCredentials::new(String::new(), "".into()).at(token_url);
        client.person = Some(Person { name: user.into(), password: password.into() });
        Self { scheme, given: Given::Token(Credentials::Client(client)) }
    }

    /// The id and the secret of the client that asks with a user's password. No effect on other credentials.
    #[must_use]
    pub fn client(mut self, id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        if let Given::Token(Credentials::Client(client)) = &mut self.given
            && client.person.is_some()
        {
            (client.id, client.secret) = (id.into(), secret.into());
        }
        self
    }

    /// The scopes that the token is asked for with; those that the server grants unasked if not set. No effect on credentials
    /// that are not exchanged for a token.
    #[must_use]
    pub fn scopes<I: IntoIterator<Item: Into<String>>>(mut self, scopes: I) -> Self {
        if let Given::Token(Credentials::Client(client)) = &mut self.given {
            client.scopes = scopes.into_iter().map(Into::into).collect();
        }
        self
    }

    /// The form in which it is sent.
    pub(crate) fn ready(self, plain_http: bool) -> Result<Scheme, ConfigError> {
        let Self { scheme, given } = self;
        let wrong =
            || ConfigError::new(format!("the credentials for `{scheme}` hold characters that HTTP does not allow"));
        let proof = match given {
            Given::Header(name, key) => {
                let name = HeaderName::try_from(name).map_err(|_| {
                    ConfigError::new(format!(
                        "the scheme `{scheme}` sends a header `{name}`, which HTTP does not allow"
                    ))
                })?;
                Proof::Header(name, sensitive(key.expose_secret()).ok_or_else(wrong)?)
            }
            Given::Query(name, key) => Proof::Query(name, key),
            Given::Cookie(name, key) => {
                let mut cookie = String::new();
                // A `str` always prints itself.
                let _ = push_encoded(&mut cookie, &name);
                cookie.push('=');
                let _ = push_encoded(&mut cookie, &key.expose_secret());
                Proof::Cookie(cookie.into())
            }
            Given::Basic(user, password) => {
                if user.contains(':') {
                    return Err(ConfigError::new(format!("the user's name for `{scheme}` holds a `:`, which ends it")));
                }
                let pair = STANDARD.encode(format!("{user}:{}", password.expose_secret()));
                Proof::Header(AUTHORIZATION, sensitive(&format!("Basic {pair}")).ok_or_else(wrong)?)
            }
            Given::Token(mut credentials) => {
                if let Credentials::Client(client) = &mut credentials {
                    client.plain_http = plain_http;
                }
                Proof::Token(Arc::new(Auth::new(credentials)))
            }
        };
        Ok(Scheme { name: scheme, proof })
    }
}

impl fmt::Debug for SchemeCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SchemeCredentials").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

/// Credentials in the form in which they are sent.
pub(crate) struct Scheme {
    name: &'static str,
    pub(crate) proof: Proof,
}

/// What a request is given to prove who sends it.
pub(crate) enum Proof {
    Header(HeaderName, HeaderValue),
    Query(&'static str, SecretString),
    /// The name and the value, encoded.
    Cookie(SecretString),
    Token(Arc<Auth>),
}

/// All that a client has for the schemes of its API.
pub(crate) struct Schemes {
    known: Vec<Scheme>,
    /// What is used where none of them does: a token for whatever scheme, or nothing.
    otherwise: Arc<Auth>,
    /// Whether calls that need what is not there are sent all the same.
    lenient: bool,
}

/// What one call is sent with.
#[derive(Default)]
pub(crate) struct Means<'a> {
    pub(crate) token: Option<&'a Arc<Auth>>,
    /// What goes into the request before its attempts.
    pub(crate) proofs: Vec<&'a Proof>,
}

impl<'a> Means<'a> {
    fn add(&mut self, proof: &'a Proof) {
        match proof {
            // There is one header for it.
            Proof::Token(auth) => self.token = self.token.or(Some(auth)),
            proof => self.proofs.push(proof),
        }
    }
}

impl Schemes {
    pub(crate) fn new(known: Vec<Scheme>, otherwise: Arc<Auth>, lenient: bool) -> Self {
        Self { known, otherwise, lenient }
    }

    /// What an operation is called with: nothing where it needs nothing, else the first alternative for which all is there.
    pub(crate) fn means(&self, api: &Api, operation: &str) -> Result<Means<'_>, AuthError> {
        let whole = || Means { token: Some(&self.otherwise), proofs: Vec::new() };
        let Some(alternatives) = api.needs(operation) else { return Ok(self.everything()) };
        let chosen = alternatives.iter().filter(|schemes| !schemes.is_empty()).find_map(|schemes| self.all(schemes));
        match chosen {
            Some(means) => Ok(means),
            None if alternatives.is_empty() => Ok(Means::default()),
            None if self.lenient => Ok(whole()),
            None if alternatives.iter().any(|schemes| schemes.is_empty()) => Ok(Means::default()),
            None => Err(missing(operation, alternatives)),
        }
    }

    /// All that there is, where the description does not say what calls need.
    fn everything(&self) -> Means<'_> {
        let mut means = Means::default();
        self.known.iter().for_each(|scheme| means.add(&scheme.proof));
        means.token = means.token.or(Some(&self.otherwise));
        means
    }

    /// The credentials for all of these schemes.
    fn all(&self, schemes: &[&str]) -> Option<Means<'_>> {
        let mut means = Means::default();
        for name in schemes {
            means.add(&self.known.iter().find(|scheme| scheme.name == *name)?.proof);
        }
        Some(means)
    }
}

impl fmt::Debug for Schemes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.known.is_empty() {
            return self.otherwise.fmt(f);
        }
        f.debug_list().entries(self.known.iter().map(|scheme| scheme.name)).finish()
    }
}

fn missing(operation: &str, alternatives: Alternatives) -> AuthError {
    let together = |schemes: &&[&str]| schemes.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
    let needed: Vec<String> = alternatives.iter().map(together).collect();
    AuthError::new(format!(
        "{operation} needs credentials for {}: give them to `credentials` of the client's builder",
        needed.join(", or ")
    ))
}

/// The header that holds all cookies, the ones that are there already first.
pub(crate) fn with_cookie(known: Option<&HeaderValue>, cookie: &SecretString) -> Option<(HeaderName, HeaderValue)> {
    let cookie = cookie.expose_secret();
    let text = match known.and_then(|known| known.to_str().ok()) {
        Some(known) => format!("{known}; {cookie}"),
        None => cookie.to_owned(),
    };
    Some((COOKIE, sensitive(&text)?))
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}
