//! How an API's servers behave: where tokens come from, and what clients identify themselves with.

use std::collections::BTreeMap;

use super::Docs;

/// Where the client learns how the API's servers behave: where tokens come from, what an error says.
#[derive(Clone, Debug)]
pub(crate) enum Conventions {
    /// From a module of the runtime.
    Runtime(String),
    /// From the document.
    Document {
        /// The endpoint that exchanges client credentials for a token.
        token_url: Option<String>,
        /// What its clients can identify themselves with, in the order of the schemes' names.
        credentials: Vec<Credential>,
        /// Which operations need which of it. `None` where the document does not say.
        security: Option<Security>,
    },
}

/// What a client can identify itself with, in one way.
#[derive(Clone, Debug)]
pub(crate) struct Credential {
    /// The function that makes it.
    pub ident: String,
    /// The name of the security scheme.
    pub scheme: String,
    /// What the document says about the scheme.
    pub docs: Docs,
    /// What it is.
    pub kind: CredentialKind,
}

/// A kind of [`Credential`].
#[derive(Clone, Debug)]
pub(crate) enum CredentialKind {
    /// A key in a header of this name.
    HeaderKey(String),
    /// A key in a query parameter of this name.
    QueryKey(String),
    /// A key in a cookie of this name.
    CookieKey(String),
    /// A user's name and password.
    Basic,
    /// A token that comes from elsewhere.
    Bearer,
    /// A client's id and secret, exchanged at this URL.
    ClientCredentials(String),
    /// A user's name and password, exchanged at this URL.
    Password(String),
}

/// Lists of schemes, by name: a call needs all of one list.
pub(crate) type Alternatives = Vec<Vec<String>>;

/// Which operations need which schemes.
#[derive(Clone, Debug)]
pub(crate) struct Security {
    /// What most of them need.
    pub most: Alternatives,
    /// What the others need, by their ids.
    pub others: BTreeMap<String, Alternatives>,
}
