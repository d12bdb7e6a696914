//! What is particular to SailPoint Identity Security Cloud: where a configuration is found, tenants, the token endpoint, the
//! tracking id, the rate limit, and the bodies of errors.
//!
//! It comes with the feature `sailpoint`, and stands on `client/`; no other room imports it.

#[cfg(feature = "cli-config")]
mod cli;
mod config;
mod habits;
#[cfg(feature = "keyring")]
mod keyring;
mod source;
mod tenant;

pub use config::Config;
pub use habits::API;

/// Where SailPoint exchanges client credentials for a token, relative to the base URL.
const TOKEN_URL: &str = "oauth/token";
