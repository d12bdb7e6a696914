//! How a request reaches the server: through `reqwest`, or through whatever a user puts in its place.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;

use crate::body::content::Body;
use crate::body::multipart::BodyError;
use crate::error::{BoxError, TransportError, TransportErrorKind};

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and returns its response.
///
/// Supply your own ([`ClientBuilder::transport`](crate::ClientBuilder::transport)) to test a program without a
/// server. Authentication, retries, timeouts and decoding are done around it.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and returns its response, whatever its status.
    ///
    /// # Errors
    ///
    /// If there is no response. The kind of the error decides whether the call is retried.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// What becomes of a request: the start of a response, or nothing.
pub(crate) type Sent = Result<Head, TransportError>;

/// The transport of a client.
#[derive(Clone)]
pub(crate) enum Wire {
    Network {
        client: reqwest::Client,
        /// For blocking calls, which must not wait for a connection that another runtime drives.
        #[cfg(feature = "blocking")]
        blocking: reqwest::Client,
        /// Whether a user made the client, who may have let it follow redirects: responses from another host than the
        /// request's are refused.
        foreign: bool,
    },
    Custom(Arc<dyn Transport>),
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Network { .. } => "Network",
            Self::Custom(_) => "Custom",
        })
    }
}

/// The start of a response, its body still to come.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

impl Wire {
    /// Sends one request; the future is ready when the headers of the response are there.
    ///
    /// The request is made before the future is, so that the future holds what is under way and nothing else.
    pub(crate) fn send(
        &self,
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: Body,
    ) -> impl Future<Output = Sent> + Send + Unpin + '_ {
        match self {
            Self::Network { client, foreign, .. } => {
                #[cfg(feature = "blocking")]
                let client = self.blocking().unwrap_or(client);
                let home = foreign.then(|| Box::new(url.clone()));
                let mut request = reqwest::Request::new(method, url);
                *request.headers_mut() = headers;
                *request.body_mut() = body.into_network();
                Way::Network { sending: client.execute(request), home }
            }
            Self::Custom(transport) => Way::Custom(match plain(method, &url, headers, body) {
                Ok(request) => transport.send(request),
                Err(error) => Box::pin(std::future::ready(Err(error))),
            }),
        }
    }
}

#[cfg(feature = "blocking")]
impl Wire {
    /// The client for blocking calls, if this is one.
    fn blocking(&self) -> Option<&reqwest::Client> {
        match self {
            Self::Network { blocking, .. } => super::driver::is_driving().then_some(blocking),
            Self::Custom(_) => None,
        }
    }
}

/// A request under way. Written out instead of `async`, which would keep room for each way beside the others.
enum Way<'a, N> {
    Network { sending: N, home: Option<Box<Url>> },
    Custom(BoxFuture<'a, Result<http::Response<Body>, TransportError>>),
}

impl<N: Future<Output = reqwest::Result<reqwest::Response>> + Unpin> Future for Way<'_, N> {
    type Output = Sent;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match &mut *self {
            Self::Network { sending, home } => match ready!(Pin::new(sending).poll(context)) {
                Ok(response) if home.as_ref().is_some_and(|home| home.origin() != response.url().origin()) => {
                    Err(TransportError::redirected())
                }
                response => response.map(head).map_err(from_reqwest),
            },
            Self::Custom(sending) => ready!(sending.as_mut().poll(context)).map(|response| {
                let (head, body) = response.into_parts();
                Head { status: head.status, headers: head.headers, body }
            }),
        })
    }
}

fn head(response: reqwest::Response) -> Head {
    let (head, body) = http::Response::<reqwest::Body>::from(response).into_parts();
    Head { status: head.status, headers: head.headers, body: Body::network(body) }
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
    let kind = if error.is_connect() && is_tls(&error) || is_refused(&error) {
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

/// The kind of an error that came while the body of a response was being read.
pub(crate) fn body_error(error: BoxError) -> TransportError {
    let kind = match is_corrupt(error.as_ref()) {
        true => TransportErrorKind::Compression,
        false => broken(error.as_ref()),
    };
    TransportError::new(kind, error)
}

/// Whether it is the decompression that failed: its I/O errors come without one of the connection around them.
fn is_corrupt(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<reqwest::Error>()
        && causes(error).take_while(|cause| !cause.is::<hyper::Error>()).any(|cause| cause.is::<std::io::Error>())
}

/// Whether TLS is what failed.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    tls_error(error).is_some()
}

/// Whether the server refused the client, which it says only after the connection is there (TLS 1.3), and instead of reading
/// what is sent.
fn is_refused(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(tls_error(error), Some(rustls::Error::AlertReceived(_)))
}

/// The error of TLS among the causes; it may be hidden inside I/O errors.
fn tls_error<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a rustls::Error> {
    causes(error).find_map(|cause| {
        let mut inner = Some(cause);
        while let Some(error) = inner {
            if let Some(found) = error.downcast_ref::<rustls::Error>() {
                return Some(found);
            }
            let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
            inner = wrapped.map(|error| error as &(dyn std::error::Error + 'static));
        }
        None
    })
}

/// An error and all that stand behind it.
fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

/// What ended a body or a connection, looked for in the causes: a file that could not be read breaks the connection too.
fn broken(error: &(dyn std::error::Error + 'static)) -> TransportErrorKind {
    let found = causes(error).find_map(|cause| {
        if cause.is::<BodyError>() {
            return Some(TransportErrorKind::Body);
        }
        cause.downcast_ref::<hyper::Error>().filter(|error| error.is_parse()).map(|_| TransportErrorKind::Malformed)
    });
    found.unwrap_or(TransportErrorKind::Broken)
}
