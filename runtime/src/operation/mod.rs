//! What generated code says about an API and its operations: constants, URLs and queries, and the types of a catalog.
//!
//! Imports nothing of this crate.

pub(crate) mod api;
pub mod catalog;
pub(crate) mod descriptor;
pub(crate) mod query_object;
pub(crate) mod target;
pub(crate) mod typed;
pub(crate) mod url;

pub use api::{Alternatives, Api};
pub use descriptor::{ListStyle, ObjectStyle, Operation, PageParameters};
