//! A server to test against, in process: it serves the operations of a [`Catalog`](crate::catalog::Catalog), or what a
//! test tells it to.
//!
//! [`Mock`] is the engine. [`Mock::respond`] takes a request and returns a response, without I/O; [`Mock::transport`]
//! puts it behind a [`Client`](crate::Client), and `sailc mock` behind a port. A request goes through these steps:
//!
//! 1. a stub that a test has set ([`Mock::on`]) responds, whatever the catalog says;
//! 2. a fault that was ordered ([`Mock::inject`], `Prefer: fault=…`) takes the place of the response, or damages it;
//! 3. the token endpoint issues a token;
//! 4. the operation is looked up, and the request is checked against it;
//! 5. what was stored by earlier requests is read or changed; where nothing was, the documented example responds.
//!
//! Imports every other room.

mod admin;
mod call;
mod check;
mod damage;
mod documented;
mod fault;
mod form;
mod known;
mod mock;
mod patch;
mod prefer;
mod reply;
mod request;
mod respond;
mod route;
mod sample;
mod schema;
mod seen;
mod shared;
mod state;
mod store;
mod stub;
mod stubbed;
mod token;
mod transport;
mod typed;
mod unexpected;

pub use fault::Fault;
pub use mock::Mock;
pub use reply::{Delivery, Reply};
pub use seen::Seen;
pub use shared::{MockOptions, SeedError};
pub use stub::Stub;
pub use transport::MockTransport;
pub use typed::ReplyBody;
