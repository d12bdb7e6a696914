//! Reading requests and writing answers, as bytes.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How much of a request's body is kept; the rest is only counted.
const KEPT: usize = 1 << 20;

/// A request as the server saw it.
#[derive(Clone)]
pub struct Recorded {
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    pub headers: Vec<(String, String)>,
    /// The first part of the body.
    pub body: Vec<u8>,
    /// How long the body was in all.
    pub body_len: u64,
}

impl Recorded {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// A number from the query.
    pub fn number(&self, name: &str) -> Option<u64> {
        let pairs = self.query()?.split('&');
        pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?.1.parse().ok()
    }
}

impl std::fmt::Debug for Recorded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({} bytes)", self.method, self.target, self.body_len)
    }
}

/// Reads the next request; `None` when the client is gone.
pub async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Recorded> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
    buffer.drain(..end + 4);
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap().split(' ');
    let mut request = Recorded {
        method: first.next().unwrap().to_owned(),
        target: first.next().unwrap().to_owned(),
        headers: lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect(),
        body: Vec::new(),
        body_len: 0,
    };
    if request.header("expect").is_some() {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.ok()?;
    }
    let length = request.header("content-length").map(|length| length.parse::<u64>().unwrap());
    match length {
        Some(length) => read_length(stream, buffer, &mut request, length).await?,
        None if request.header("transfer-encoding").is_some() => {
            read_chunked(stream, buffer, &mut request).await?;
        }
        None => {}
    }
    Some(request)
}

async fn read_length(stream: &mut TcpStream, buffer: &mut Vec<u8>, request: &mut Recorded, length: u64) -> Option<()> {
    let mut left = length;
    while left > 0 {
        if buffer.is_empty() {
            buffer.reserve(1 << 16);
            if stream.read_buf(buffer).await.ok()? == 0 {
                return None;
            }
        }
        let take = left.min(buffer.len() as u64) as usize;
        keep(request, &buffer[..take]);
        buffer.drain(..take);
        left -= take as u64;
    }
    Some(())
}

async fn read_chunked(stream: &mut TcpStream, buffer: &mut Vec<u8>, request: &mut Recorded) -> Option<()> {
    loop {
        let end = loop {
            if let Some(end) = buffer.windows(2).position(|window| window == b"\r\n") {
                break end;
            }
            if stream.read_buf(buffer).await.ok()? == 0 {
                return None;
            }
        };
        let size = std::str::from_utf8(&buffer[..end]).ok()?;
        let size = u64::from_str_radix(size.trim(), 16).ok()?;
        buffer.drain(..end + 2);
        read_length(stream, buffer, request, size).await?;
        while buffer.len() < 2 {
            if stream.read_buf(buffer).await.ok()? == 0 {
                return None;
            }
        }
        buffer.drain(..2);
        if size == 0 {
            return Some(());
        }
    }
}

fn keep(request: &mut Recorded, bytes: &[u8]) {
    request.body_len += bytes.len() as u64;
    let room = KEPT - request.body.len();
    request.body.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

/// An answer with its length.
pub fn answer(status: u16, headers: &[(String, String)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Some Reason\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if status != 204 && status != 304 {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// A server that reads a request in pieces, with a pause before each, and then answers 204.
pub async fn slow_reader(piece: usize, pause: std::time::Duration) -> std::net::SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = Vec::new();
            let mut left = None;
            loop {
                tokio::time::sleep(pause).await;
                let mut chunk = vec![0; piece];
                match stream.read(&mut chunk).await {
                    Ok(read) if read > 0 => buffer.extend_from_slice(&chunk[..read]),
                    _ => break,
                }
                if left.is_none()
                    && let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n")
                {
                    let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
                    let (_, length) = head.split_once("content-length: ").unwrap();
                    let length: usize = length.lines().next().unwrap().parse().unwrap();
                    left = Some(end + 4 + length);
                }
                if left.is_some_and(|left| buffer.len() >= left) {
                    let _ = stream.write_all(&answer(204, &[], b"")).await;
                    break;
                }
            }
        }
    });
    address
}
