//! The client, its builder, and calls without `async`.
//!
//! Puts the rooms together, so it imports all of them but `sailpoint/` and `testing/`, which stand on it.

#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod builder;
mod check;
pub(crate) mod handle;
