//! Gives everything its Rust identifier: case, keywords, collisions. The only stage that makes identifiers.
//!
//! A name depends on the document's own words and, where two want the same, on their rank; never on the order in which
//! things were met.

mod ident;
mod operations;
mod reach;
mod scope;
mod types;

pub(crate) use ident::token;

use crate::rust::plan::{Api, Switches};

/// Names everything in `api`.
pub(crate) fn name(mut api: Api) -> Api {
    types::name_types(&mut api.types);
    operations::name_groups(&mut api.groups);
    if matches!(api.switches, Switches::Groups(_)) {
        api.switches = reach::reach(&api);
    }
    api
}
