//! What generated code says about an operation: constants, URLs and queries, and the types of a catalog.
//!
//! Imports `error/`.

pub mod catalog;
pub(crate) mod descriptor;
pub(crate) mod query_object;
pub(crate) mod typed;
pub(crate) mod url;

pub use descriptor::{ListStyle, ObjectStyle, Operation, PageParameters};
