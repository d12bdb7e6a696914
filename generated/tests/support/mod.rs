//! What the tests share: an HTTP/1.1 server on loopback that records what it gets and answers as it is told.
//!
//! Written by hand, byte by byte, so that what the tests compare is what was on the wire.

#![allow(dead_code, unreachable_pub, reason = "each test binary is a crate of its own and uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "all of it is part of a test"
)]

pub mod case;
pub mod data;
pub mod multipart;
pub mod spec;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use sailpoint_connectors::{Client, ClientBuilder, RetryPolicy};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The token that clients of these tests send; nothing that is printed may hold it.
pub const TOKEN: &str = "t0ken-that-nobody-may-see";

/// The API versions, each with a document in `spec/` and a module in the crate.
pub const VERSIONS: [&str; 3] = ["v3", "beta", "v2025"];

/// A request as the server got it.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Recorded {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// A number from the query.
    pub fn number(&self, name: &str) -> Option<usize> {
        let (_, query) = self.target.split_once('?')?;
        let pair = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?;
        Some(pair.1.parse().unwrap())
    }
}

/// What the server answers: a head that its length is added to, and a body; or, without a head, these bytes as they are.
#[derive(Clone, Debug)]
pub struct Reply {
    head: String,
    body: Vec<u8>,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self { head: format!("HTTP/1.1 {status} Some Reason\r\n"), body: Vec::new() }
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    pub fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..Self::status(status).header("Content-Type", content_type) }
    }

    /// These bytes as they are, then the connection is closed.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { head: String::new(), body: bytes.into() }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    pub fn body(&self) -> &[u8] {
        &self.body
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.head.clone().into_bytes();
        if !bytes.is_empty() {
            if !self.head.starts_with("HTTP/1.1 204") {
                bytes.extend(format!("Content-Length: {}\r\n", self.body.len()).into_bytes());
            }
            bytes.extend(b"\r\n");
        }
        bytes.extend(&self.body);
        bytes
    }
}

/// A running server. It ends with the test.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Recorded>>>,
}

type Handler = Arc<dyn Fn(&Recorded) -> Reply + Send + Sync>;

impl Server {
    /// A server that answers each request by a function.
    pub async fn new(handler: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), seen: Arc::default() };
        let (handler, seen): (Handler, _) = (Arc::new(handler), server.seen.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, handler.clone(), seen.clone()));
            }
        });
        server
    }

    /// A server that always gives the same answer.
    pub async fn always(reply: Reply) -> Self {
        Self::new(move |_| reply.clone()).await
    }

    /// A server that gives these answers in this order, and 599 to any request after them.
    pub async fn script(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies = Mutex::new(replies.into_iter().collect::<VecDeque<_>>());
        Self::new(move |_| replies.lock().unwrap().pop_front().unwrap_or(Reply::status(599))).await
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What a client of the server is built from: a fixed token, and no repetitions.
    pub fn client_builder(&self) -> ClientBuilder {
        Client::builder().base_url(self.url()).bearer_token(TOKEN).no_proxy().retry(RetryPolicy::never())
    }

    pub fn client(&self) -> Client {
        self.client_builder().build().unwrap()
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
}

async fn serve(mut stream: TcpStream, handler: Handler, seen: Arc<Mutex<Vec<Recorded>>>) {
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut stream, &mut buffer).await {
        let reply = handler(&request);
        seen.lock().unwrap().push(request);
        if stream.write_all(&reply.bytes()).await.is_err() || reply.head.is_empty() {
            return;
        }
    }
}

/// Reads the next request; `None` when the client is gone.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Recorded> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        more(stream, buffer).await?;
    };
    let head = String::from_utf8(buffer.drain(..end + 4).collect()).unwrap();
    let mut lines = head.trim_end().split("\r\n");
    let mut first = lines.next().unwrap().split(' ').map(str::to_owned);
    let headers = lines.map(|line| line.split_once(": ").unwrap()).map(|(name, value)| (name.into(), value.into()));
    let mut request = Recorded {
        method: first.next().unwrap(),
        target: first.next().unwrap(),
        headers: headers.collect(),
        body: Vec::new(),
    };
    assert_eq!(request.header("transfer-encoding"), None, "every body of these tests has a length");
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    while buffer.len() < length {
        more(stream, buffer).await?;
    }
    request.body = buffer.drain(..length).collect();
    Some(request)
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    (stream.read_buf(buffer).await.ok()? > 0).then_some(())
}
