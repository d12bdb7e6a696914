//! Runs the programs in `examples/` against a server on loopback, and compares what they print.

#![cfg(feature = "v2025")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "all of it is part of a test")]

mod support;

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use support::{Recorded, Reply, Server, data};

/// The program, which `cargo test` built next to this test.
fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let path =
        tests.parent().unwrap().with_file_name("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        path.exists(),
        "{} is missing: run `cargo build --package sailpoint-connectors --examples`",
        path.display()
    );
    path
}

/// Runs a program against `server` and returns what it printed.
async fn run_against(server: &Server, name: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(program(name));
    command.args(arguments).env("SAIL_BASE_URL", server.url());
    command.env("SAIL_CLIENT_ID", "an id").env("SAIL_CLIENT_SECRET", "a secret");
    for proxy in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let (printed, errors) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {printed}{errors}");
    printed
}

/// Runs a program against a tenant with five connectors.
async fn run(name: &str, arguments: &[&str]) -> String {
    run_against(&Server::new(tenant).await, name, arguments).await
}

/// Responses of a tenant.
fn tenant(request: &Recorded) -> Reply {
    let path: Vec<&str> = request.path().trim_start_matches('/').split('/').collect();
    match (request.method.as_str(), path.as_slice()) {
        ("POST", ["oauth", "token"]) => {
            Reply::json(200, &json!({ "access_token": "a-token", "token_type": "bearer", "expires_in": 749 }))
        }
        ("GET", ["v2025", "connectors"]) => page(request),
        ("POST", ["v2025", "connectors"]) => {
            let mut created = request.json();
            created["scriptName"] = "my-connector".into();
            Reply::json(200, &created)
        }
        ("GET", ["v2025", "connectors", "servicenow"]) => Reply::json(200, &data::connector_detail()),
        ("PATCH", ["v2025", "connectors", _]) => {
            let mut changed = data::connector_detail();
            changed["directConnect"] = request.json()[0]["value"].clone();
            Reply::json(200, &changed)
        }
        ("GET", ["v2025", "connectors", _, "source-config"]) => Reply::text(200, "application/xml", "<Form/>"),
        ("PUT", ["v2025", "connectors", _, "source-config"]) => Reply::json(200, &data::update_detail()),
        ("DELETE", ["v2025", "connectors", _]) => Reply::status(204),
        _ => Reply::json(404, &data::error(404)),
    }
}

/// A page of five connectors.
fn page(request: &Recorded) -> Reply {
    let (offset, limit) = (request.number("offset").unwrap_or(0), request.number("limit").unwrap_or(250));
    let connector = |number: usize| json!({ "name": format!("Connector {number}"), "scriptName": format!("c{number}"), "status": "RELEASED" });
    let items: Vec<Value> = (1..=5).map(connector).skip(offset).take(limit).collect();
    Reply::json(200, &json!(items)).header("X-Total-Count", "5")
}

#[tokio::test(flavor = "multi_thread")]
async fn list() {
    let server = Server::new(tenant).await;
    let printed = run_against(&server, "list", &["Conn"]).await;
    assert!(printed.contains("Connector 1 (c1), Some(Released)"), "{printed}");
    assert!(printed.ends_with("5 of 5 connectors\n"), "{printed}");
    assert!(server.seen().iter().any(|request| request.target.contains("filters=name%20sw%20%22Conn%22")));
}

#[tokio::test(flavor = "multi_thread")]
async fn create() {
    let printed = run("create", &["Mine"]).await;
    assert_eq!(printed, "created my-connector, status Some(Development)\ndeleted my-connector\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn patch() {
    let printed = run("patch", &["servicenow"]).await;
    assert_eq!(printed, "direct connect before: Some(false)\ndirect connect after: Some(true)\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn upload() {
    let printed = run("upload", &["servicenow"]).await;
    assert!(printed.ends_with("7 bytes of XML: <Form/>\n"), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors() {
    let printed = run("errors", &["nope"]).await;
    assert!(printed.starts_with("there is no connector nope\ndetail code: "), "{printed}");
    assert!(printed.contains("tracking id: e7eab60924f64aa284175b9fa3309599"), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn resume() {
    let failures = AtomicU32::new(0);
    let interrupted = move |request: &Recorded| {
        let third = request.path().ends_with("/connectors") && request.number("offset") == Some(2);
        // A status that is not retried, once.
        if third && failures.fetch_add(1, Ordering::Relaxed) == 0 {
            return Reply::json(500, &data::error(500));
        }
        tenant(request)
    };
    let printed = run_against(&Server::new(interrupted).await, "resume", &[]).await;
    assert!(printed.contains("interrupted at offset 2: Some(500); continuing there\n3. Connector 3\n"), "{printed}");
    assert!(printed.ends_with("5. Connector 5\n5 connectors\n"), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn middleware() {
    let server = Server::new(tenant).await;
    let printed = run_against(&server, "middleware", &[]).await;
    assert!(printed.contains("getConnectorList, attempt 1: Ok(200)\n"), "{printed}");
    // The request for the token passes through the middleware too.
    assert!(printed.ends_with("2 connectors with 2 requests\n"), "{printed}");
    assert!(server.seen().iter().all(|request| request.header("x-request-number").is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_server() {
    let server = Server::new(tenant).await;
    let printed = run_against(&server, "without_server", &[]).await;
    assert!(printed.starts_with(r#"["A", "B"] from https://acme."#), "{printed}");
    assert!(server.seen().is_empty());
}

#[cfg(feature = "blocking")]
#[tokio::test(flavor = "multi_thread")]
async fn blocking() {
    let printed = run("blocking", &[]).await;
    let expected = "Connector 1\nConnector 2\nConnector 3\nSome(\"ServiceNow\") is Some(Development)\n";
    assert_eq!(printed, expected);
}
