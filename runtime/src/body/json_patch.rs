//! The values of a JSON Patch (RFC 6902).

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::RequestError;
use crate::model::from_json_slice;

/// A value as the type that an API declares for the values of its patches. For generated code.
///
/// # Errors
/// If the value cannot be written as JSON, or is not of that type.
#[doc(hidden)]
pub fn patch_value<T: DeserializeOwned>(value: &impl Serialize) -> Result<T, RequestError> {
    let text = serde_json::to_vec(value).map_err(RequestError::patch_value)?;
    from_json_slice(&text).map_err(RequestError::patch_value)
}
