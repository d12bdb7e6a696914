//! A call: the request, its futures, and typed responses, downloads and pages.
//!
//! Imports all rooms above `client/`.

pub(crate) mod body;
pub(crate) mod core;
pub(crate) mod cursor;
pub(crate) mod download;
pub(crate) mod future;
mod macros;
pub(crate) mod paging;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod send;
