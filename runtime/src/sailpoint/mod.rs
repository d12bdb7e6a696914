//! What is particular to SailPoint: where its configuration is found.

#[cfg(feature = "cli-config")]
mod cli;
pub(crate) mod source;
