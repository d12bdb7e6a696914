//! One exchange with a server: the attempts at a message, and the response that ends them.
//!
//! Headers, redirects, reading within limits, retries and their waits, middleware and traces are here. Tokens are not: an
//! exchange is given one, or none.
//!
//! Imports `operation/`, `error/`, `body/`, `policy/` and `transport/`.

pub(crate) mod attempt;
pub(crate) mod attempts;
pub(crate) mod channel;
pub(crate) mod credential;
pub(crate) mod message;
pub(crate) mod middleware;
pub(crate) mod pending;
pub(crate) mod receive;
pub(crate) mod response;
pub(crate) mod trace;
