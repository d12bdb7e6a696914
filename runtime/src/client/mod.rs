//! The client, its builder, and calls without `async`. The one room that knows all others.

#[cfg(feature = "blocking")]
pub mod blocking;
pub(crate) mod builder;
mod check;
pub(crate) mod handle;
