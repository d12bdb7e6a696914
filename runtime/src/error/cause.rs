//! Errors of any type.

use std::error::Error;

/// An error of any type: the cause of one of this crate's errors, or what a hook of a user returns.
pub type BoxError = Box<dyn Error + Send + Sync>;
