//! A program outside the workspace (`downstream/`) builds with the crate and calls every operation: with each feature
//! alone, then with all.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "all of it is part of a test")]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use support::{Recorded, Reply, Server, VERSIONS, data, spec};

/// The folder of the program.
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/downstream");

#[tokio::test(flavor = "multi_thread")]
async fn a_program_outside_the_workspace_calls_every_operation() {
    pin_versions();
    for features in VERSIONS.chunks(1).chain([VERSIONS.as_slice()]) {
        calls_every_operation_of(features).await;
    }
}

/// Builds the program with these features, which must not cause a warning, and runs it.
async fn calls_every_operation_of(features: &[&str]) {
    let server = Server::new(answer).await;
    let (list, url) = (features.join(","), server.url());
    let run = move || cargo(&["run", "--quiet", "--no-default-features", "--features", &list], &["--", &url]);
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    println!("{features:?}\n{printed}");
    let lines: Vec<&str> = printed.lines().collect();
    let mut calls = 0;
    for operation in features.iter().flat_map(|version| spec::operations(version)) {
        let start = format!("ok {} {} {}: 20", operation.id, operation.method, operation.path);
        assert_eq!(lines.iter().filter(|line| line.starts_with(&start)).count(), 1, "{start}");
        calls += 1;
    }
    let summary = lines.last().unwrap();
    assert!(summary.starts_with(&format!("{calls} operations called")) && summary.ends_with("0 failed"), "{summary}");
    assert_eq!(lines.len(), calls + 1);
    assert!(!printed.contains("a secret") && !printed.contains("an-access-token"));
    let (tokens, others): (Vec<_>, Vec<_>) = server.seen().into_iter().partition(is_token);
    assert_eq!((tokens.len(), others.len()), (1, calls), "one token serves all calls");
    let authorized = |request: &Recorded| request.header("authorization") == Some("Bearer an-access-token");
    assert!(others.iter().all(authorized));
}

/// Gives the program the versions of the workspace, so that it resolves without a network, to what is tested here.
fn pin_versions() {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    std::fs::copy(ours, Path::new(PROGRAM).join("Cargo.lock")).unwrap();
}

fn cargo(command: &[&str], arguments: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(command).args(["--offline", "--target-dir"]).arg(target()).args(arguments).current_dir(PROGRAM);
    // What holds for the workspace's build does not hold for this program's, but for the warnings.
    cargo.env_remove("CARGO_ENCODED_RUSTFLAGS").env("RUSTFLAGS", "-Dwarnings");
    // The server is on this machine, and nothing else is asked for.
    for proxy in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        cargo.env_remove(proxy);
    }
    let output = cargo.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{command:?}: {}\n{printed}{errors}", output.status);
    output
}

/// A folder of its own inside the workspace's target folder, which the running test itself lies in.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("downstream")
}

fn is_token(request: &Recorded) -> bool {
    request.path() == "/oauth/token"
}

/// What a tenant answers.
fn answer(request: &Recorded) -> Reply {
    let place = request.path().split('/').skip(2).collect::<Vec<_>>();
    match (request.method.as_str(), place.as_slice()) {
        ("POST", ["token"]) => token(request),
        ("GET", ["connectors"]) => {
            Reply::json(200, &json!([data::connector(), { "status": "NEW" }])).header("X-Total-Count", "2")
        }
        ("POST", ["connectors"]) => Reply::json(200, &data::connector()),
        ("GET" | "PATCH", ["connectors", _]) => Reply::json(200, &data::connector_detail()),
        ("GET", ["connectors", _, "translations", _]) => Reply::text(200, "text/plain", "name=Größe\n"),
        ("GET", ["connectors", _, _]) => Reply::text(200, "application/xml", "<Config/>"),
        ("PUT", ["connectors", ..]) => Reply::json(200, &data::update_detail()),
        ("GET", ["connector-customizers"]) => Reply::json(200, &json!([data::customizer()])),
        ("POST", ["connector-customizers"]) => Reply::json(201, &data::created_customizer()),
        ("POST", ["connector-customizers", _, "versions"]) => Reply::json(200, &data::customizer_version()),
        ("GET" | "PUT", ["connector-customizers", _]) => Reply::json(200, &data::customizer()),
        ("DELETE", ["connectors" | "connector-customizers", _]) => Reply::status(204),
        _ => Reply::json(404, &data::error(404)),
    }
}

/// An access token in exchange for the program's credentials.
fn token(request: &Recorded) -> Reply {
    let sent = String::from_utf8_lossy(&request.body);
    let known = sent.split('&').any(|pair| pair == "client_id=an%20id") && sent.contains("client_secret=a%20secret");
    let body: Value = json!({ "access_token": "an-access-token", "token_type": "bearer", "expires_in": 749 });
    if known { Reply::json(200, &body) } else { Reply::json(401, &json!({ "error": "invalid_client" })) }
}
