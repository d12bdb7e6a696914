//! Bodies of requests and responses: bytes, forms and files.
//!
//! Imports `error/`.

pub(crate) mod content;
pub(crate) mod form;
pub(crate) mod json_patch;
pub(crate) mod multipart;
pub(crate) mod payload;
