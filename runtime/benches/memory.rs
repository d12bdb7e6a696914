//! Peak memory of a large upload and of a long stream, against a server in another process.
//!
//! Run as `cargo bench --bench memory`: prints the peak before and after each (`VmHWM`, so Linux only).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a failed measurement ends by panicking"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use openapi_client_runtime::{Client, FilePart};
use support::api::Api;
use support::{Reply, Server};

const UPLOAD: u64 = 2 << 30;
const ITEMS: u64 = 100_000;

fn main() {
    if std::env::args().any(|argument| argument == "serve") {
        return serve();
    }
    let mut server = Command::new(std::env::current_exe().unwrap())
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(measure(url.trim()));
    server.kill().unwrap();
    server.wait().unwrap();
}

async fn measure(url: &str) {
    let client = Client::builder().base_url(url).bearer_token("t").no_proxy().build().unwrap();
    let api = Api::new(&client);
    api.get_thing("a").await.unwrap();
    println!("peak before: {} KiB", peak());
    let mut items = api.list_things().stream();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap();
        count += 1;
    }
    assert_eq!(count, ITEMS);
    println!("peak after a stream of {ITEMS} items: {} KiB", peak());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.zip");
    std::fs::File::create(&path).unwrap().set_len(UPLOAD).unwrap();
    let started = std::time::Instant::now();
    api.upload(FilePart::from_path(&path).unwrap()).await.unwrap();
    println!("peak after an upload of {UPLOAD} bytes: {} KiB, in {:?}", peak(), started.elapsed());
}

fn serve() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = Server::forgetful(|request| match (request.path(), request.number("offset")) {
            ("/v1/things", Some(offset)) => {
                let items: Vec<_> = (offset..ITEMS.min(offset + 250))
                    .map(|number| format!(r#"{{"id":{number},"name":"{}"}}"#, "x".repeat(200)))
                    .collect();
                Reply::json(200, format!("[{}]", items.join(",")))
            }
            ("/v1/upload", _) if request.body_len < UPLOAD => Reply::status(418),
            ("/v1/upload", _) => Reply::status(204),
            _ => Reply::json(200, "{}"),
        })
        .await;
        println!("{}", server.url());
        std::io::stdout().flush().unwrap();
        std::future::pending::<()>().await;
    });
}

/// The most memory that this process ever had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
