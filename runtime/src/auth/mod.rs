//! Access tokens: who provides them, the OAuth2 flow, and the cache that all calls of a client share.

pub(crate) mod cache;
pub(crate) mod credentials;
pub(crate) mod oauth;
