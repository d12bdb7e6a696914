//! How a value becomes the body of a stub's response: the way back of what decodes responses.

use std::borrow::Borrow;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::response::{Binary, Json, JsonOrEmpty, NoContent, ResponseBody, Text};

/// How values become bodies that a [`ResponseBody`] decodes.
pub trait ReplyBody<V>: ResponseBody {
    /// The status and content type of a success, where nothing else is said.
    const SUCCESS: (u16, Option<&'static str>) = (200, Some("application/json"));

    /// The body.
    ///
    /// # Errors
    ///
    /// If the value cannot be written as JSON.
    fn encode(value: V) -> serde_json::Result<Bytes>;
}

impl<T: Serialize + DeserializeOwned + Send + 'static, V: Borrow<T>> ReplyBody<V> for Json<T> {
    fn encode(value: V) -> serde_json::Result<Bytes> {
        serde_json::to_vec(value.borrow()).map(Bytes::from)
    }
}

impl<T: Serialize + DeserializeOwned + Send + 'static> ReplyBody<Option<T>> for JsonOrEmpty<T> {
    fn encode(value: Option<T>) -> serde_json::Result<Bytes> {
        value.map_or(Ok(Bytes::new()), |value| serde_json::to_vec(&value).map(Bytes::from))
    }
}

impl<V: Into<String>> ReplyBody<V> for Text {
    const SUCCESS: (u16, Option<&'static str>) = (200, Some("text/plain; charset=utf-8"));

    fn encode(value: V) -> serde_json::Result<Bytes> {
        Ok(value.into().into())
    }
}

impl ReplyBody<()> for NoContent {
    const SUCCESS: (u16, Option<&'static str>) = (204, None);

    fn encode((): ()) -> serde_json::Result<Bytes> {
        Ok(Bytes::new())
    }
}

impl<V: Into<Bytes>> ReplyBody<V> for Binary {
    const SUCCESS: (u16, Option<&'static str>) = (200, Some("application/octet-stream"));

    fn encode(value: V) -> serde_json::Result<Bytes> {
        Ok(value.into())
    }
}
