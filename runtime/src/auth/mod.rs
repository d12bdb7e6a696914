//! Credentials: access tokens with the OAuth2 flows and the cache that all calls of a client share, and keys.
//!
//! Imports `operation/`, `error/`, `body/`, `policy/`, `transport/` and `exchange/`.

pub(crate) mod cache;
pub(crate) mod oauth;
pub(crate) mod provider;
pub(crate) mod scheme;
