//! HTTP/1.1 in front of the mock server.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::Body as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use runtime::testing::MockTransport;
use runtime::{Body, TransportError};
use tokio::net::{TcpListener, TcpStream};

use crate::failure::Failure;
use crate::style;

/// The most that a request's body may hold: what tests upload is smaller.
const LIMIT: usize = 64 << 20;

/// Serves until it is interrupted.
pub(super) async fn serve(mock: MockTransport, address: SocketAddr) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::file(&format!("the server cannot listen on {address}"), &error).advise("choose another `--port`")
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    announce(address)?;
    let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    loop {
        let accepted = std::future::poll_fn(|context| {
            if interrupted.as_mut().poll(context).is_ready() {
                return Poll::Ready(None);
            }
            listener.poll_accept(context).map(Some)
        });
        match accepted.await {
            None => return Ok(()),
            Some(Ok((stream, _))) => drop(tokio::spawn(connection(stream, mock.clone()))),
            // Too many open files, or a caller that is gone already: others are still served.
            Some(Err(error)) => style::error_line(&format!("a connection failed: {error}")),
        }
    }
}

/// The address on standard output, so that a script that asked for any port can read it.
fn announce(address: SocketAddr) -> Result<(), Failure> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    let printed = writeln!(out, "http://{address}").and_then(|()| out.flush());
    printed.map_err(|error| Failure::file("standard output", &error))
}

async fn connection(stream: TcpStream, mock: MockTransport) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| respond(&mock, request));
    // An error here is a caller that went away, or a connection that was cut to order.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// One response; an error ends the connection without one.
async fn respond(mock: &MockTransport, request: Request<Incoming>) -> Result<Response<Body>, TransportError> {
    let (head, body) = request.into_parts();
    let Ok(body) = read(body).await else {
        let mut refused = Response::new(Body::from("the body is larger than 64 MiB, or it broke off\n"));
        *refused.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return Ok(refused);
    };
    let line = format!("{} {}", head.method, head.uri);
    let reply = mock.respond(&Request::from_parts(head, body));
    style::error_line(&format!("{line} {}", reply.status.as_u16()));
    for fault in &reply.faults {
        style::error_line(&format!("  {fault}"));
    }
    reply.into_response()
}

/// All of a request's body, if it is not too large.
async fn read(mut body: Incoming) -> Result<Bytes, TooLarge> {
    let mut all = Vec::new();
    let mut next = |context: &mut Context<'_>| Pin::new(&mut body).poll_frame(context);
    while let Some(frame) = std::future::poll_fn(&mut next).await {
        let Ok(data) = frame.map_err(|_| TooLarge)?.into_data() else { continue };
        if all.len() + data.len() > LIMIT {
            return Err(TooLarge);
        }
        all.extend_from_slice(&data);
    }
    Ok(all.into())
}

/// The body is larger than the limit, or broke off.
struct TooLarge;
