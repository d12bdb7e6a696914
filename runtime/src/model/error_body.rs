//! The typed body of an error response.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::from_json_slice;
use super::probe::{LOOSE, Probe, Tally};
use super::trials::Memo;

/// Decodes the body of an error response. `None` if it is not of this type, or is an object that has none of the type's
/// properties: gateways and proxies answer with errors of their own, and a type whose properties are all optional decodes
/// from any of them. For generated code.
#[doc(hidden)]
pub fn error_body<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let value: Value = from_json_slice(body).ok()?;
    let (tally, memo) = (Tally::default(), Memo::default());
    let made = T::deserialize(Probe::new(&value, &tally, &memo)).ok()?;
    let explained = !value.is_object() || tally.is_undeclared() || tally.points() > LOOSE;
    explained.then_some(made)
}
