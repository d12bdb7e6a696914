//! Access tokens: who provides them, the OAuth2 flow, and the cache that all calls of a client share.
//!
//! Imports `operation/`, `error/`, `body/`, `policy/`, `transport/` and `exchange/`.

pub(crate) mod cache;
pub(crate) mod oauth;
pub(crate) mod provider;
