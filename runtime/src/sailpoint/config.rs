//! A configuration as it was found: base URL and credentials.

use std::fmt;

use reqwest::Url;
use secrecy::SecretString;

use super::TOKEN_URL;
use crate::client::builder::ClientBuilder;
use crate::client::handle::Client;
use crate::error::ConfigError;

/// A tenant's base URL and credentials, as they were found.
///
/// The first source that is there is used, and it must be complete: settings of several sources are never mixed.
///
/// 1. The environment: `SAIL_BASE_URL`, `SAIL_CLIENT_ID`, `SAIL_CLIENT_SECRET`. It is there if one of them is set.
/// 2. `./config.json`, with `BaseURL`, `ClientId` and `ClientSecret`.
/// 3. `~/.sailpoint/config.yaml` of SailPoint's command line, its active environment; with the feature `cli-config`.
///    With `keyring` also the id and the secret that it keeps in the system's keyring.
pub struct Config {
    base_url: String,
    login: Login,
    source: String,
}

/// What a source holds to log in with.
pub(super) enum Login {
    Client {
        id: String,
        secret: SecretString,
    },
    #[cfg_attr(not(feature = "cli-config"), expect(dead_code, reason = "only the command line stores tokens"))]
    Token(SecretString),
}

impl Config {
    /// Starts building a client with these settings.
    pub fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().base_url(self.base_url.as_str()).token_url(TOKEN_URL);
        match &self.login {
            Login::Client { id, secret } => builder.client_credentials(id.as_str(), secret.clone()),
            Login::Token(token) => builder.bearer_token(token.clone()),
        }
    }

    /// The base URL.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Where the settings were found, in words.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What kind of credentials there are, in words and without a secret: `client credentials (id abc)`.
    pub fn login(&self) -> String {
        match &self.login {
            Login::Client { id, .. } => format!("client credentials (id {id})"),
            Login::Token(_) => "an access token that was stored".to_owned(),
        }
    }

    pub(super) fn new(base_url: String, login: Login, source: String) -> Self {
        Self { base_url, login, source }
    }
}

impl fmt::Debug for Config {
    /// The base URL without a user name and password, which a client refuses but a file may hold.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = Url::parse(&self.base_url).ok();
        let url = url.and_then(|mut url| url.set_username("").and(url.set_password(None)).ok().map(|()| url));
        let shown = url.as_ref().map_or("(not a URL)", Url::as_str);
        f.debug_struct("Config").field("base_url", &shown).field("source", &self.source).finish_non_exhaustive()
    }
}

/// A configuration of base URL, client id and client secret, or an error that names what is missing of them.
pub(super) fn complete(place: &str, settings: [(&str, Option<String>); 3]) -> Result<Config, ConfigError> {
    let [url, id, secret] = settings;
    let missing: Vec<&str> =
        [&url, &id, &secret].into_iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
    match (url.1, id.1, secret.1) {
        (Some(url), Some(id), Some(secret)) => {
            Ok(Config::new(url, Login::Client { id, secret: secret.into() }, place.to_owned()))
        }
        _ => Err(ConfigError::new(format!(
            "the configuration in {place} is incomplete: {} missing (settings of several places are not mixed)",
            match missing.as_slice() {
                [one] => format!("{one} is"),
                several => format!("{} are", several.join(" and ")),
            }
        ))),
    }
}
