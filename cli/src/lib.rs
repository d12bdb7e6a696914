//! A command line for any generated client crate.
//!
//! [`run`] makes one of the catalogs of a [`Program`]: a command per operation, its parameters as arguments, its body
//! member by member or as a whole, its response as a table, JSON, YAML or CSV. Requests go through the client core, so
//! tokens, retries, pages and redaction are the same as in the typed client. The crate's `README.md` describes what people
//! type, and the exit codes.
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! use sailc::{Environment, Program};
//! # use runtime::catalog::Catalog;
//! # const CATALOGS: &[&Catalog] = &[];
//!
//! static PROGRAM: Program = Program {
//!     name: "petstore",
//!     version: env!("CARGO_PKG_VERSION"),
//!     about: "The pet store from a shell",
//!     catalogs: CATALOGS,
//!     identity: &Environment { prefix: "PETSTORE", catalogs: CATALOGS },
//! };
//!
//! fn main() -> ExitCode {
//!     sailc::run(&PROGRAM)
//! }
//! ```

mod builtin;
mod call;
mod failure;
mod identity;
mod index;
mod line;
mod markdown;
mod mock;
mod output;
mod program;
mod run;
mod schema;
mod send;
mod shell;
mod style;

pub use identity::{Environment, Found, Identity, Wanted};
pub use program::Program;
pub use run::run;
