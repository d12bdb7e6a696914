//! How an HTTP request reaches the server: the trait, and reqwest behind it.
//!
//! Imports `error/` and `body/`.

pub(crate) mod network;
pub(crate) mod wire;
