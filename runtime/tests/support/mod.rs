//! An HTTP/1.1 server on loopback that records what it gets and answers as it is told, also badly.
//!
//! Written by hand, byte by byte: a real HTTP library would not let it misbehave.

#![allow(dead_code, unreachable_pub, reason = "each test binary is a crate of its own and uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a failed test ends by panicking")]

pub mod api;
pub mod log;
pub mod paced;
pub mod wire;

use std::collections::VecDeque;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

pub use wire::Recorded;

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A whole answer.
    Full { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
    /// These bytes as they are, then the connection is closed.
    Raw(Vec<u8>),
    /// These bytes as they are, then the connection is reset.
    RawThenReset(Vec<u8>),
    /// These pieces, each after its pause, then the connection is closed.
    Slowly(Vec<(Duration, Vec<u8>)>),
    /// These bytes as they are, and then nothing for ever.
    Hang(Vec<u8>),
    /// A head, then as many zero bytes as said.
    Zeros { head: Vec<u8>, count: u64 },
    /// Another reply after a pause.
    After(Duration, Box<Reply>),
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self::Full { status, headers: Vec::new(), body: Vec::new() }
    }

    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self::status(status).header("Content-Type", "application/json").body(body.into())
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Full { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    pub fn body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        if let Self::Full { body, .. } = &mut self {
            *body = bytes.into();
        }
        self
    }

    pub fn after(self, pause: Duration) -> Self {
        Self::After(pause, Box::new(self))
    }
}

type Handler = Arc<dyn Fn(&Recorded) -> Reply + Send + Sync>;

/// A running server. It ends with the test's runtime.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Recorded>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// A server that answers each request by a function.
    pub async fn new(handler: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(handler, true).await
    }

    /// A server that records nothing, for measurements.
    pub async fn forgetful(handler: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(handler, false).await
    }

    async fn start(handler: impl Fn(&Recorded) -> Reply + Send + Sync + 'static, record: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server =
            Self { address: listener.local_addr().unwrap(), seen: Arc::default(), connections: Arc::default() };
        let handler: Handler = Arc::new(handler);
        let (seen, connections) = (server.seen.clone(), server.connections.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, handler.clone(), record.then(|| seen.clone())));
            }
        });
        server
    }

    /// A server that gives these answers in this order, and 599 to any request after them.
    pub async fn script(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Mutex::new(replies.into_iter().collect::<VecDeque<_>>());
        Self::new(move |_| replies.lock().unwrap().pop_front().unwrap_or(Reply::status(599))).await
    }

    /// A server that always gives the same answer.
    pub async fn always(reply: Reply) -> Self {
        Self::new(move |_| reply.clone()).await
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Recorded> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request so far.
    pub fn only(&self) -> Recorded {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:#?}");
        seen.into_iter().next().unwrap()
    }

    /// How many requests had this path.
    pub fn count(&self, path: &str) -> usize {
        self.seen.lock().unwrap().iter().filter(|request| request.path() == path).count()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, handler: Handler, seen: Option<Arc<Mutex<Vec<Recorded>>>>) {
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::new();
    while let Some(request) = wire::read_request(&mut stream, &mut buffer).await {
        let reply = handler(&request);
        if let Some(seen) = &seen {
            seen.lock().unwrap().push(request);
        }
        if !answer(&mut stream, reply).await {
            return;
        }
    }
}

/// Plays a reply; whether the connection goes on.
fn answer(stream: &mut TcpStream, reply: Reply) -> Pin<Box<dyn Future<Output = bool> + Send + '_>> {
    Box::pin(async move {
        match reply {
            Reply::Full { status, headers, body } => {
                stream.write_all(&wire::answer(status, &headers, &body)).await.is_ok()
            }
            Reply::Raw(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                false
            }
            Reply::RawThenReset(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.flush().await;
                // Lets the bytes be read before the reset throws them away.
                tokio::time::sleep(Duration::from_millis(50)).await;
                let _ = stream.set_zero_linger();
                false
            }
            Reply::Slowly(pieces) => {
                for (pause, bytes) in pieces {
                    tokio::time::sleep(pause).await;
                    if stream.write_all(&bytes).await.is_err() {
                        break;
                    }
                }
                let _ = stream.shutdown().await;
                false
            }
            Reply::Hang(bytes) => {
                let _ = stream.write_all(&bytes).await;
                std::future::pending::<()>().await;
                false
            }
            Reply::Zeros { head, count } => {
                let _ = stream.write_all(&head).await;
                let chunk = vec![0; 1 << 20];
                let mut left = count;
                while left > 0 {
                    let size = left.min(chunk.len() as u64) as usize;
                    if stream.write_all(&chunk[..size]).await.is_err() {
                        return false;
                    }
                    left -= size as u64;
                }
                true
            }
            Reply::After(pause, reply) => {
                tokio::time::sleep(pause).await;
                answer(stream, *reply).await
            }
        }
    })
}

/// A client of the server with a fixed token and no waits worth speaking of.
pub fn client(server: &Server) -> openapi_client_runtime::Client {
    builder(server).build().unwrap()
}

/// What [`client`] is built from.
pub fn builder(server: &Server) -> openapi_client_runtime::ClientBuilder {
    openapi_client_runtime::Client::builder().base_url(server.url()).bearer_token(TOKEN).no_proxy().retry(quick())
}

/// Four attempts with short waits.
pub fn quick() -> openapi_client_runtime::RetryPolicy {
    openapi_client_runtime::RetryPolicy::new()
        .attempts(4)
        .wait(Duration::from_millis(2), Duration::from_millis(10))
        .longest_retry_after(Duration::from_millis(50))
}

/// Lets time go by for whoever waits by tokio's clock, tokens included, without waiting for it.
///
/// Afterwards time is real again: while it stands still, tokio leaps to the next timer whenever nothing else is to be done,
/// and a server on a socket looks like nothing.
pub async fn later(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

/// The fixed token.
pub const TOKEN: &str = "t0ken-that-nobody-may-see";
