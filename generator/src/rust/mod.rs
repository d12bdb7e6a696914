//! The Rust client: a plan made from the model, and its text.
//!
//! [`settle`] decides what is optional, boxed, switched and in which order, [`name`] what it is called, [`check`] that
//! nothing got lost, [`emit`] makes tokens of it, and [`render`] text. [`surface`] shows the plan to reviewers.
//!
//! May import: the model. No other product, and no document.

pub(crate) mod check;
pub(crate) mod emit;
pub(crate) mod name;
pub(crate) mod plan;
pub(crate) mod settle;
pub(crate) mod summary;
pub(crate) mod surface;

pub use summary::Summary;
