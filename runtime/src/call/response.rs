//! Responses as users see them, and the decoders that generated code names.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::download::Download;
use crate::error::{DecodeReason, FailedResponse, tracking_id};
use crate::exchange::response::RawResponse;
use crate::model::from_json_slice;
use crate::operation::api::Api;
use crate::operation::descriptor::Operation;

/// A successful response: its status, headers and body.
#[derive(Clone)]
pub struct Response<T> {
    api: &'static Api,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(response: RawResponse, body: T) -> Self {
        let RawResponse { api, status, headers, attempts, .. } = response;
        Self { api, status, headers, attempts, body }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Takes the body out.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Takes everything out.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }

    /// The response without its body, and the body.
    pub(crate) fn split(self) -> (Response<()>, T) {
        let Self { api, status, headers, attempts, body } = self;
        (Response { api, status, headers, attempts, body: () }, body)
    }

    /// How many items there are on all pages (`X-Total-Count`); only if the request asked for it, with `count(true)`.
    pub fn total_count(&self) -> Option<u64> {
        total_count(&self.headers)
    }

    /// The id by which the API's support finds this call, if its servers send one.
    pub fn tracking_id(&self) -> Option<&str> {
        tracking_id(self.api, &self.headers)
    }

    /// How many times the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl Response<()> {
    /// The response with a body.
    pub(crate) fn with<T>(self, body: T) -> Response<T> {
        let Self { api, status, headers, attempts, .. } = self;
        Response { api, status, headers, attempts, body }
    }

    /// The response as errors keep it.
    pub(crate) fn into_failed(self, operation: &'static Operation, bytes: Bytes) -> FailedResponse {
        FailedResponse {
            operation,
            status: self.status,
            tracking_id: self.tracking_id().map(str::to_owned),
            headers: self.headers,
            bytes,
            attempts: self.attempts,
            message: None,
            retry_after: None,
            not_followed: None,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    /// Leaves out the headers, which may hold cookies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("tracking_id", &self.tracking_id())
            .field("attempts", &self.attempts)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// How many items there are on all pages, as the response says.
pub(crate) fn total_count(headers: &HeaderMap) -> Option<u64> {
    headers.get("x-total-count")?.to_str().ok()?.trim().parse().ok()
}

/// How the body of an operation's response becomes a value. Generated code names one implementation per operation.
pub trait ResponseBody: 'static {
    /// What users get.
    type Output: Send + 'static;

    /// Whether the body is handed over while it still arrives, instead of being collected first.
    const STREAMED: bool = false;

    /// Makes the value.
    ///
    /// # Errors
    ///
    /// The reason why the body is not what it should be.
    fn decode(response: &mut RawResponse) -> Result<Self::Output, DecodeReason>;
}

/// A JSON body.
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> ResponseBody for Json<T> {
    type Output = T;

    fn decode(response: &mut RawResponse) -> Result<T, DecodeReason> {
        if response.bytes.is_empty() {
            return Err(DecodeReason::Empty);
        }
        from_json_slice(&response.bytes).map_err(DecodeReason::Json)
    }
}

/// A JSON body that may be missing: no body, and `null`, are `None`.
pub struct JsonOrEmpty<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned + Send + 'static> ResponseBody for JsonOrEmpty<T> {
    type Output = Option<T>;

    fn decode(response: &mut RawResponse) -> Result<Option<T>, DecodeReason> {
        if response.bytes.trim_ascii().is_empty() {
            return Ok(None);
        }
        from_json_slice(&response.bytes).map_err(DecodeReason::Json)
    }
}

/// A body of text or XML, in UTF-8.
pub struct Text(Infallible);

impl ResponseBody for Text {
    type Output = String;

    fn decode(response: &mut RawResponse) -> Result<String, DecodeReason> {
        std::str::from_utf8(&response.bytes).map(str::to_owned).map_err(DecodeReason::NotText)
    }
}

/// No body; what a server sends all the same is ignored.
pub struct NoContent(Infallible);

impl ResponseBody for NoContent {
    type Output = ();

    fn decode(_: &mut RawResponse) -> Result<(), DecodeReason> {
        Ok(())
    }
}

/// A body of bytes, handed over while it arrives.
pub struct Binary(Infallible);

impl ResponseBody for Binary {
    type Output = Download;

    const STREAMED: bool = true;

    fn decode(response: &mut RawResponse) -> Result<Download, DecodeReason> {
        Ok(Download::new(response))
    }
}
