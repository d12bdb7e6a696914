//! The body of a request or of a response, as transports see it: bytes, or chunks that arrive one by one.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use super::multipart::Upload;
use crate::error::BoxError;

/// The body of a request or of a response.
///
/// Transports that users write make one of a string, of bytes, or with [`Body::stream`], and read one with
/// [`Body::chunk`] or [`Body::bytes`].
#[derive(Default)]
pub struct Body(Inner);

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send + Sync>>;

#[derive(Default)]
enum Inner {
    #[default]
    Empty,
    Bytes(Bytes),
    Upload(Box<Upload>),
    /// A response that is read as it comes.
    Network(reqwest::Body),
    Chunks(Chunks),
}

impl Body {
    /// No body.
    pub fn empty() -> Self {
        Self(Inner::Empty)
    }

    /// A body that arrives in chunks.
    pub fn stream<S>(chunks: S) -> Self
    where
        S: Stream<Item = Result<Bytes, BoxError>> + Send + Sync + 'static,
    {
        Self(Inner::Chunks(Box::pin(chunks)))
    }

    pub(crate) fn upload(upload: Upload) -> Self {
        Self(Inner::Upload(Box::new(upload)))
    }

    pub(crate) fn network(body: reqwest::Body) -> Self {
        Self(Inner::Network(body))
    }

    /// The body as the HTTP library takes it: bytes as they are, so that it knows their length.
    pub(crate) fn into_network(self) -> Option<reqwest::Body> {
        match self.0 {
            Inner::Empty => None,
            Inner::Bytes(bytes) => Some(bytes.into()),
            Inner::Network(body) => Some(body),
            Inner::Upload(_) | Inner::Chunks(_) => Some(reqwest::Body::wrap(self)),
        }
    }

    /// The next chunk; `None` after the last.
    ///
    /// # Errors
    ///
    /// Whatever broke off the body.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        std::future::poll_fn(|context| self.poll_chunk(context)).await
    }

    /// All of the body.
    ///
    /// # Errors
    ///
    /// Whatever broke off the body.
    pub async fn bytes(mut self) -> Result<Bytes, BoxError> {
        let mut all = Vec::new();
        while let Some(chunk) = self.chunk().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.into())
    }

    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        match &mut self.0 {
            Inner::Empty => Poll::Ready(None),
            Inner::Bytes(_) => match std::mem::take(&mut self.0) {
                Inner::Bytes(bytes) if !bytes.is_empty() => Poll::Ready(Some(Ok(bytes))),
                _ => Poll::Ready(None),
            },
            Inner::Upload(upload) => upload.poll_chunk(context),
            Inner::Chunks(chunks) => chunks.as_mut().poll_next(context),
            Inner::Network(body) => poll_network(body, context),
        }
    }

    /// The length in bytes, if it is known.
    pub fn len(&self) -> Option<u64> {
        match &self.0 {
            Inner::Empty => Some(0),
            Inner::Bytes(bytes) => Some(bytes.len() as u64),
            Inner::Upload(upload) => Some(upload.remaining()),
            Inner::Network(body) => http_body::Body::size_hint(body).exact(),
            Inner::Chunks(_) => None,
        }
    }

    /// Whether it is known that there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }
}

/// The next frame that holds data; trailers are passed over.
fn poll_network(body: &mut reqwest::Body, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
    loop {
        return match http_body::Body::poll_frame(Pin::new(&mut *body), context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(error.without_url().into()))),
            Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) => Poll::Ready(Some(Ok(data))),
                Err(_) => continue,
            },
        };
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.get_mut().poll_chunk(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.len().map(SizeHint::with_exact).unwrap_or_default()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for Body {
    /// Only how it is held and how long it is: what is in it may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.0 {
            Inner::Empty => "empty",
            Inner::Bytes(_) => "bytes",
            Inner::Upload(_) => "upload",
            Inner::Network(_) => "network",
            Inner::Chunks(_) => "chunks",
        };
        f.debug_struct("Body").field("kind", &kind).field("len", &self.len()).finish()
    }
}
