//! What goes wrong: each status and each fault of the network has its exit code and its message, and no output at any
//! verbosity holds a secret.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests assert by panicking")]

mod support;

use std::io::Read as _;
use std::net::TcpListener;
use std::process::Stdio;

use serde_json::Value;
use support::{Reply, SECRET, Server, TOKEN, sailc};

const GET: [&str; 3] = ["connectors", "get-connector", "x"];

fn answering(reply: Reply) -> Server {
    Server::start(move |_| reply.clone())
}

#[test]
fn each_status_has_its_exit_code() {
    let body = r#"{"detailCode":"D","trackingId":"track-7","messages":[{"locale":"en-US","text":"Because."}]}"#;
    let statuses = [(400, 8), (401, 3), (403, 3), (404, 4), (409, 8), (410, 4), (429, 5), (500, 6), (502, 6), (503, 6)];
    for (status, code) in statuses {
        let server = answering(Reply::json(status, body));
        let output = server.sailc(&[&GET[..], &["--retries", "0"]].concat()).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{status}: {message}");
        assert!(
            message.contains(&status.to_string()) && message.contains("Because.") && message.contains("track-7"),
            "{message}"
        );
        assert!(output.stdout.is_empty(), "data only");
        // The same for programs.
        let output = server.sailc(&[&GET[..], &["--retries", "0", "-o", "json"]].concat()).output().unwrap();
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert_eq!(error["error"]["status"], status);
        assert_eq!(error["error"]["exitCode"], code);
        assert_eq!(error["error"]["trackingId"], "track-7");
        assert_eq!(error["error"]["body"]["detailCode"], "D");
    }
}

#[test]
fn each_fault_of_the_network_has_its_exit_code() {
    let refused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{refused}");
    let call = |server: &Server, more: &[&str]| {
        let output = server.sailc(&[&GET[..], &["--retries", "0"], more].concat()).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, message) = call(&answering(Reply::empty(204)), &["--base-url", &url]);
    assert_eq!(code, 3, "no token without a connection: {message}");
    let (code, message) = call(&answering(Reply::json(200, "{\"a\":").cut()), &[]);
    assert_eq!(code, 7, "{message}");
    let (code, message) = call(&answering(Reply::json(200, "{\"a\":")), &[]);
    assert_eq!(code, 9, "{message}");
    let (code, message) = call(&answering(Reply::new(502, "text/html", "<html><title>Bad Gateway</title>")), &[]);
    assert_eq!(code, 6, "{message}");
    assert!(message.contains("Bad Gateway"), "{message}");
    let silent = Server::start(|_| {
        std::thread::sleep(std::time::Duration::from_secs(30));
        Reply::empty(204)
    });
    let (code, message) = call(&silent, &["--timeout", "0.2"]);
    assert_eq!(code, 7, "{message}");
    let (code, message) = call(&answering(Reply::new(200, "text/html", "<html>login</html>")), &["--jq", "."]);
    assert_eq!(code, 9, "{message}");
}

#[test]
fn retries_are_as_many_as_were_asked_for() {
    let server = answering(Reply::json(503, "{}").header("retry-after", "0"));
    server.sailc(&[&GET[..], &["--retries", "2"]].concat()).output().unwrap();
    assert_eq!(server.seen().len(), 3);
}

#[test]
fn no_output_holds_a_secret() {
    let echo = format!(r#"{{"error":"bad token {TOKEN}"}}"#);
    let servers = [
        answering(Reply::json(200, "{}").header("set-cookie", TOKEN)),
        answering(Reply::json(401, echo)),
        answering(Reply::json(500, "{}")),
    ];
    let ways: [&[&str]; 8] =
        [&[], &["-v"], &["-vv"], &["-vvv"], &["--dry-run"], &["--curl"], &["-o", "json", "-vv"], &["--jq", ".["]];
    for server in &servers {
        for way in ways {
            let words = [&GET[..], way, &["--retries", "1", "--header", "X-Auth-Token: header-s3cr3t"]].concat();
            let output = server.sailc(&words).output().unwrap();
            let text =
                format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            for secret in [SECRET, "header-s3cr3t"] {
                assert!(!text.contains(secret), "{words:?}: {text}");
            }
            // The server's own words may hold its token, but only as the data that was asked for.
            let shown = if way.contains(&"json") { String::from_utf8_lossy(&output.stdout).into_owned() } else { text };
            assert!(!shown.contains(TOKEN), "{words:?}: {shown}");
        }
    }
    let verbose = servers[0].sailc(&[&GET[..], &["-vv"]].concat()).output().unwrap();
    let text = String::from_utf8(verbose.stderr).unwrap();
    assert!(text.contains("> GET /v2025/connectors/{scriptName}") && text.contains("authorization: …"), "{text}");
    assert!(text.contains("< 200 OK after "), "{text}");
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let items: Vec<String> = (0..250).map(|n| format!(r#"{{"scriptName":"{n}{}"}}"#, "x".repeat(2_000))).collect();
    let page = format!("[{}]", items.join(","));
    let server = answering(Reply::json(200, page));
    let words = ["connectors", "get-connector-list", "--max-items", "2000", "-o", "jsonl"];
    let mut child = server.sailc(&words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_file_is_written_only_by_a_call_that_succeeds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.json");
    let words = [&GET[..], &["--output-file", path.to_str().unwrap()]].concat();
    answering(Reply::json(404, "{}")).sailc(&words).output().unwrap();
    assert!(!path.exists());
    let output = answering(Reply::json(200, r#"{"a":1}"#)).sailc(&words).output().unwrap();
    assert!(output.stdout.is_empty());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "{\n  \"a\": 1\n}\n");
}

#[test]
fn scripts_are_not_asked_before_something_is_deleted() {
    let server = answering(Reply::empty(204));
    let output = server.sailc(&["connectors", "delete-custom-connector", "x"]).output().unwrap();
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty());
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn colours_are_for_terminals() {
    let output = sailc(&["connectors", "--help"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "").output().unwrap();
    assert!(output.status.success());
    let plain = sailc(&["connectors", "--help"]).env("NO_COLOR", "1").output().unwrap();
    assert!(!plain.stdout.contains(&0x1b));
}
