//! When to retry, how fast to send, and how long to wait: decisions without I/O and without a clock of their own.
//!
//! Imports `error/`.

pub(crate) mod brake;
pub(crate) mod bucket;
pub(crate) mod limits;
pub(crate) mod rate;
pub(crate) mod retry;
pub(crate) mod speed;
