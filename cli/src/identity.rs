//! Who calls, and where: base URL and credentials, from wherever a program looks for them.

use std::fmt;

use runtime::catalog::{Catalog, SecurityKind};
use runtime::{Client, ClientBuilder};

/// Where a program finds base URL and credentials.
pub trait Identity: Sync {
    /// Finds them.
    ///
    /// # Errors
    ///
    /// If there are none, or they are incomplete; the text says what was looked for, where, and what to do.
    fn find(&self, wanted: &Wanted<'_>) -> Result<Found, String>;

    /// The names that `--profile` takes; empty if the program has no profiles.
    fn profiles(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether the program has profiles at all.
    fn has_profiles(&self) -> bool {
        false
    }

    /// The sources in the order in which they are asked, a paragraph for `--help`.
    fn explain(&self) -> String;
}

/// What was said on the command line, which no source may override.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The name after `--profile`.
    pub profile: Option<&'a str>,
    /// The URL after `--base-url`.
    pub base_url: Option<&'a str>,
}

/// Base URL and credentials, as they were found.
pub struct Found {
    /// The base URL, as it was found.
    pub base_url: String,
    /// Where they were found, in words: `the environment`.
    pub source: String,
    /// What kind of credentials they are, in words: `client credentials (id abc)`. No secret.
    pub login: String,
    /// Whether there are credentials at all.
    pub anonymous: bool,
    /// The client, with base URL and credentials set.
    pub builder: ClientBuilder,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("base_url", &self.base_url)
            .field("source", &self.source)
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// Base URL and credentials from environment variables with a common prefix, for APIs of which nothing more is known.
///
/// `<PREFIX>_BASE_URL` (else the first server that the document names), then one of: `<PREFIX>_TOKEN`, sent as a bearer
/// token; `<PREFIX>_CLIENT_ID` and `<PREFIX>_CLIENT_SECRET`, exchanged for one; none, and nothing is sent. An API key in a
/// header goes by `<PREFIX>_API_KEY`.
#[derive(Debug)]
pub struct Environment {
    /// What the names of the variables begin with, for instance `PETSTORE`.
    pub prefix: &'static str,
    /// The APIs, for their servers and their API keys.
    pub catalogs: &'static [&'static Catalog],
}

impl Environment {
    fn name(&self, of: &str) -> String {
        format!("{}_{of}", self.prefix)
    }

    fn get(&self, of: &str) -> Option<String> {
        std::env::var(self.name(of)).ok().filter(|value| !value.trim().is_empty())
    }

    /// The first server of the first API that has one, with the defaults of its variables.
    fn server(&self) -> Option<String> {
        let server = self.catalogs.iter().find_map(|catalog| catalog.servers.first())?;
        let mut url = server.url.to_owned();
        for (name, default, _) in server.variables {
            url = url.replace(&format!("{{{name}}}"), default);
        }
        (url.starts_with("http://") || url.starts_with("https://")).then_some(url)
    }

    /// The header that takes an API key, if the API has one.
    fn key_header(&self) -> Option<&'static str> {
        let mut schemes = self.catalogs.iter().flat_map(|catalog| catalog.security_schemes);
        schemes.find_map(|scheme| match scheme.kind {
            SecurityKind::HeaderKey(header) => Some(header),
            _ => None,
        })
    }
}

impl Identity for Environment {
    fn find(&self, wanted: &Wanted<'_>) -> Result<Found, String> {
        let variable = self.name("BASE_URL");
        let (base_url, source) = match (wanted.base_url, self.get("BASE_URL"), self.server()) {
            (Some(url), ..) => (url.to_owned(), "the command line".to_owned()),
            (None, Some(url), _) => (url, format!("the environment ({variable})")),
            (None, None, Some(url)) => (url, "the API's description".to_owned()),
            (None, None, None) => {
                return Err(format!("no base URL is known: use --base-url, or set {variable}"));
            }
        };
        let mut builder = Client::builder().base_url(base_url.as_str());
        if let Some((header, key)) = self.key_header().zip(self.get("API_KEY")) {
            builder = builder.default_header(header, &key);
        }
        let (builder, login, anonymous) = match (self.get("TOKEN"), self.get("CLIENT_ID"), self.get("CLIENT_SECRET")) {
            (Some(token), ..) => (builder.bearer_token(token), format!("a token ({})", self.name("TOKEN")), false),
            (None, Some(id), Some(secret)) => {
                let login = format!("client credentials (id {id})");
                (builder.client_credentials(id, secret), login, false)
            }
            (None, None, None) => (builder.anonymous(), "none".to_owned(), true),
            (None, id, _) => {
                let missing = self.name(if id.is_some() { "CLIENT_SECRET" } else { "CLIENT_ID" });
                return Err(format!("the credentials in the environment are incomplete: {missing} is missing"));
            }
        };
        Ok(Found { base_url, source, login, anonymous, builder })
    }

    fn explain(&self) -> String {
        let prefix = self.prefix;
        let key = match self.key_header() {
            Some(header) => format!(" {prefix}_API_KEY is sent in the header {header}."),
            None => String::new(),
        };
        format!(
            "Base URL: --base-url, else {prefix}_BASE_URL, else the first server of the API's description. Credentials: \
             {prefix}_TOKEN, else {prefix}_CLIENT_ID and {prefix}_CLIENT_SECRET, else none.{key}"
        )
    }
}
