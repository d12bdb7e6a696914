//! What can be set about a client, and where settings come from.

mod builder;
mod check;
#[cfg(feature = "cli-config")]
mod cli;
mod rate;
mod retry;
mod source;

pub use builder::ClientBuilder;
pub(crate) use rate::Limiter;
pub use rate::RateLimit;
pub use retry::RetryPolicy;
pub(crate) use retry::{Outcome, Retries, Seen};
pub use source::Config;
