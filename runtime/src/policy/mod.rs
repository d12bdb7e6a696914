//! When to retry, and how fast to send: decisions without I/O.
//!
//! Imports `error/`.

pub(crate) mod rate;
pub(crate) mod retry;
