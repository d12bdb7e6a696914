//! How an HTTP request reaches the server: the trait, and reqwest behind it.
//!
//! Imports `error/` and `body/`.

#[cfg(feature = "blocking")]
pub(crate) mod driver;
pub(crate) mod network;
pub(crate) mod wire;
