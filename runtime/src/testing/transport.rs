//! The mock server as a transport: no port, no thread.

use std::sync::Arc;

use super::reply::Reply;
use super::shared::Shared;
use crate::body::content::Body;
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::wire::{BoxFuture, Transport};

/// A [`Mock`](crate::testing::Mock) in the place of a network. A handle: clones lead to the same server.
#[derive(Clone)]
pub struct MockTransport {
    shared: Arc<Shared>,
}

impl MockTransport {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// The response to a request, without I/O.
    pub fn respond(&self, request: &http::Request<bytes::Bytes>) -> Reply {
        self.shared.respond(request)
    }
}

impl Transport for MockTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let bytes = body.bytes().await.map_err(|error| TransportError::new(TransportErrorKind::Body, error))?;
            self.shared.respond(&http::Request::from_parts(head, bytes)).into_response()
        })
    }
}

impl std::fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MockTransport")
    }
}
