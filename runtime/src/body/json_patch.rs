//! The values of a JSON Patch (RFC 6902).

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::RequestError;
use crate::model::{JsonObject, from_json_slice};

/// A value as the type that an API declares for the values of its patches, and what is not declared: `null`, which no field
/// holds. For generated code.
///
/// # Errors
/// If the value cannot be written as JSON, or is not of that type.
#[doc(hidden)]
pub fn patch_value<T: DeserializeOwned>(value: &impl Serialize) -> Result<(Option<T>, JsonObject), RequestError> {
    let text = serde_json::to_vec(value).map_err(RequestError::patch_value)?;
    let value: Option<T> = from_json_slice(&text).map_err(RequestError::patch_value)?;
    let null = value.is_none().then(|| ("value".to_owned(), Value::Null));
    Ok((value, JsonObject::from_iter(null)))
}

/// A value where an API declares no type for those of its patches. For generated code.
///
/// # Errors
/// If the value cannot be written as JSON.
#[doc(hidden)]
pub fn patch_json(value: &impl Serialize) -> Result<Value, RequestError> {
    serde_json::to_value(value).map_err(RequestError::patch_value)
}
