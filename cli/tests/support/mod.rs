//! What the tests share: an HTTP server on loopback that keeps what arrives, and `sailc` as people start it.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

/// The secret that no output may hold.
pub(crate) const SECRET: &str = "client-s3cr3t";

/// The access token that no output but that of `auth token` may hold.
pub(crate) const TOKEN: &str = "acc3ss-t0ken";

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What the server sends back.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// Whether the connection is cut in the middle of the body.
    cut: bool,
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        Self { status, headers, body: body.into(), cut: false }
    }

    pub(crate) fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "application/json", body)
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), cut: false }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn cut(mut self) -> Self {
        self.cut = true;
        self
    }
}

/// A server on loopback. Token requests are granted by themselves; all others go to the handler.
pub(crate) struct Server {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub(crate) fn start(handler: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it has an address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (kept, handler) = (seen.clone(), Arc::new(handler));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, handler) = (kept.clone(), handler.clone());
                std::thread::spawn(move || serve(stream, &kept, handler.as_ref()));
            }
        });
        Self { url, seen }
    }

    /// What arrived so far, without the requests for tokens.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("nobody panicked").clone()
    }

    /// `sailc` with these words, for this server.
    pub(crate) fn sailc(&self, words: &[&str]) -> Command {
        let mut command = sailc(words);
        command.env("SAIL_BASE_URL", &self.url).env("SAIL_CLIENT_ID", "me").env("SAIL_CLIENT_SECRET", SECRET);
        command
    }

    /// What `sailc` does with these words, as one text.
    pub(crate) fn session(&self, words: &[&str]) -> String {
        let output = self.sailc(words).output().expect("it starts");
        let host = self.url.trim_start_matches("http://");
        shown(words, &output).replace(host, "HOST")
    }
}

fn serve(stream: TcpStream, seen: &Mutex<Vec<Seen>>, handler: &(dyn Fn(&Seen) -> Reply + Send + Sync)) {
    let mut reader = BufReader::new(stream.try_clone().expect("it can be shared"));
    while let Some(request) = read(&mut reader) {
        let reply = if request.target == "/oauth/token" {
            Reply::json(200, format!(r#"{{"access_token":"{TOKEN}","token_type":"bearer","expires_in":749}}"#))
        } else {
            seen.lock().expect("nobody panicked").push(request.clone());
            handler(&request)
        };
        if write(&stream, &request, &reply).is_err() || reply.cut {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let mut body = Vec::new();
    if let Some(length) = headers.get("content-length").and_then(|length| length.parse().ok()) {
        body.resize(length, 0);
        reader.read_exact(&mut body).ok()?;
    }
    Some(Seen { method, target, headers, body })
}

fn write(mut stream: &TcpStream, request: &Seen, reply: &Reply) -> std::io::Result<()> {
    let length = reply.body.len() + usize::from(reply.cut);
    let mut head = format!("HTTP/1.1 {} Status\r\ncontent-length: {length}\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    if request.method == "HEAD" { Ok(()) } else { stream.write_all(&reply.body) }
}

/// `sailc` with these words, in an environment in which nothing is configured.
pub(crate) fn sailc(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sailc"));
    let home = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    command
        .args(words)
        .env_clear()
        .env("HOME", home.join("home"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .current_dir(home)
        .stdin(Stdio::null());
    command
}

/// What `sailc` does with these words, as one text.
pub(crate) fn session(words: &[&str]) -> String {
    shown(words, &sailc(words).output().expect("it starts"))
}

fn shown(words: &[&str], output: &Output) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|word| {
            if word.contains(|c: char| c.is_whitespace() || "$|[]{}'\"".contains(c)) {
                format!("{word:?}")
            } else {
                (*word).to_owned()
            }
        })
        .collect();
    let mut text = format!("$ sailc {}\n{}", words.join(" "), String::from_utf8_lossy(&output.stdout));
    if !text.ends_with('\n') {
        text.push_str("⏎\n");
    }
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        text.push_str(&format!("! {line}\n"));
    }
    text.push_str(&format!("[{}]\n", output.status.code().unwrap_or(-1)));
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Three connectors, as the API lists them.
pub(crate) const CONNECTORS: &str = r#"[
  {"name":"ServiceNow","type":"ServiceNow","scriptName":"servicenow","className":"sailpoint.connector.ServiceNow","features":["PROVISIONING","SYNC"],"directConnect":true,"status":"RELEASED"},
  {"name":"Ab \"quoted\", with commas","type":"x","scriptName":"ab","className":null,"directConnect":false,"status":"RELEASED"},
  {"name":"Ümläut","type":"y","scriptName":"u","directConnect":true,"status":"SOMETHING_NEW"}
]"#;
