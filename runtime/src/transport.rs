//! How a request reaches the server: through `reqwest`, or through whatever a user puts in its place.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;

use crate::body::Body;
use crate::error::{BoxError, TransportError, TransportErrorKind};
use crate::multipart::BodyError;

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and returns its answer.
///
/// Put an own one in ([`ClientBuilder::transport`](crate::ClientBuilder::transport)) to test a program without a
/// server. Authentication, retries, timeouts and decoding are done around it.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and returns its answer, whatever its status.
    ///
    /// # Errors
    ///
    /// If there is no answer. The kind of the error decides whether the call is repeated.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// The transport of a client.
#[derive(Clone)]
pub(crate) enum Wire {
    Network(reqwest::Client),
    Custom(Arc<dyn Transport>),
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Network(_) => "Network",
            Self::Custom(_) => "Custom",
        })
    }
}

/// The start of an answer, its body still to come.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

impl Wire {
    /// Sends one request; the future is ready when the headers of the answer are there.
    ///
    /// The request is made before the future is, so that the future holds what is under way and nothing else.
    pub(crate) fn send(
        &self,
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: Body,
    ) -> impl Future<Output = Result<Head, TransportError>> + Send + '_ {
        let (mut network, mut custom) = (None, None);
        match self {
            Self::Network(client) => {
                let mut request = reqwest::Request::new(method, url);
                *request.headers_mut() = headers;
                *request.body_mut() = body.into_network();
                network = Some(client.execute(request));
            }
            Self::Custom(transport) => {
                let request = plain(method, &url, headers, body);
                custom = Some(request.map(|request| transport.send(request)));
            }
        }
        async move {
            if let Some(sending) = custom {
                let (head, body) = sending?.await?.into_parts();
                return Ok(Head { status: head.status, headers: head.headers, body });
            }
            match network {
                Some(sending) => Ok(head(sending.await.map_err(from_reqwest)?)),
                None => Err(TransportError::new(TransportErrorKind::Connect, "nothing was sent")),
            }
        }
    }
}

fn head(mut response: reqwest::Response) -> Head {
    Head { status: response.status(), headers: std::mem::take(response.headers_mut()), body: Body::network(response) }
}

/// A request as the transports of users take it.
fn plain(method: Method, url: &Url, headers: HeaderMap, body: Body) -> Result<http::Request<Body>, TransportError> {
    let mut request = http::Request::new(body);
    *request.method_mut() = method;
    *request.headers_mut() = headers;
    let uri: Result<_, http::uri::InvalidUri> = url.as_str().parse();
    *request.uri_mut() = uri.map_err(|error| TransportError::new(TransportErrorKind::Connect, error))?;
    Ok(request)
}

/// What an error of the HTTP library means, without the URL that it carries.
fn from_reqwest(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if error.is_connect() && is_tls(&error) {
        TransportErrorKind::Tls
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        broken(&error)
    };
    TransportError::new(kind, error)
}

/// The kind of an error that came while a body was being read or sent.
pub(crate) fn body_error(error: BoxError) -> TransportError {
    let kind = broken(error.as_ref());
    TransportError::new(kind, error)
}

/// Whether TLS is what failed: it may be hidden inside I/O errors.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    causes(error).any(|cause| {
        let mut inner = Some(cause);
        while let Some(error) = inner {
            if error.is::<rustls::Error>() {
                return true;
            }
            let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
            inner = wrapped.map(|error| error as &(dyn std::error::Error + 'static));
        }
        false
    })
}

/// An error and all that stand behind it.
fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

/// A file that could not be read breaks the connection too, so it is looked for in the causes.
fn broken(error: &(dyn std::error::Error + 'static)) -> TransportErrorKind {
    match causes(error).any(|cause| cause.is::<BodyError>()) {
        true => TransportErrorKind::Body,
        false => TransportErrorKind::Broken,
    }
}
