//! How a caller proves who it is.

use serde::Serialize;

use super::Docs;

/// A way to prove who is calling (OpenAPI 3.0.3, Security Scheme Object).
#[derive(Clone, Debug, Serialize)]
pub struct Scheme {
    /// What requirements refer to.
    pub name: String,
    /// How it works.
    pub kind: SchemeKind,
    /// What the document says about it.
    pub docs: Docs,
}

/// How a security scheme works.
#[derive(Clone, Debug, Serialize)]
pub enum SchemeKind {
    /// A key of one's own.
    ApiKey {
        /// Where it goes.
        place: ApiKeyPlace,
        /// The name of the header, cookie or query parameter.
        name: String,
    },
    /// The header `Authorization`.
    Http {
        /// `basic`, `bearer` and the like (the IANA registry of HTTP authentication schemes).
        scheme: String,
        /// What a bearer token is, for people.
        bearer_format: Option<String>,
    },
    /// An access token (RFC 6749), in one of these ways.
    OAuth2(Vec<Flow>),
    /// What the discovery document at this URL says.
    OpenIdConnect {
        /// The URL of the discovery document.
        url: String,
    },
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ApiKeyPlace {
    /// The query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// A way to get an access token (OpenAPI 3.0.3, OAuth Flow Object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// What is exchanged for the token.
    pub grant: Grant,
    /// Where a person agrees.
    pub authorization_url: Option<String>,
    /// Where the token is given out.
    pub token_url: Option<String>,
    /// Where it is renewed.
    pub refresh_url: Option<String>,
    /// What can be asked for, each with what it means, in the document's order.
    pub scopes: Vec<(String, String)>,
}

/// What is exchanged for an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Grant {
    /// Nothing (RFC 6749, section 4.2).
    Implicit,
    /// The password of a person (RFC 6749, section 4.3).
    Password,
    /// The client's own secret (RFC 6749, section 4.4).
    ClientCredentials,
    /// A code that a person's browser brings (RFC 6749, section 4.1).
    AuthorizationCode,
}

/// What a caller needs: all of the schemes together. Where an operation lists several requirements, one of them is
/// enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SecurityRequirement {
    /// Empty where the call needs none.
    pub schemes: Vec<SchemeUse>,
}

/// A scheme that a call needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchemeUse {
    /// The name of the [`Scheme`].
    pub scheme: String,
    /// The scopes that the token must have.
    pub scopes: Vec<String>,
}
