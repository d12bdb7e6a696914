//! Every operation of the three APIs, called once by `sailc` against a server that keeps what arrives; and once more as
//! JSON, which must be JSON.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::fmt::Write as _;

use serde_json::{Value, json};
use support::{CONNECTORS, Reply, Seen, Server, TOKEN};

/// What people type, and what must arrive: method, target, content type (its beginning), body.
type Row = (&'static [&'static str], &'static str, &'static str, &'static str, Expected);

enum Expected {
    Nothing,
    Json(fn() -> Value),
    /// Parts of the text.
    Holds(&'static [&'static str]),
}

use Expected::{Holds, Json, Nothing};

const FORM: &str = "multipart/form-data; boundary=";
const FILE: Expected = Holds(&["name=\"file\"; filename=\"upload.xml\"", "<Form name=\"ü\"/>"]);

/// The path of the file that is uploaded, relative to where `sailc` runs.
const UPLOAD: &str = "upload.xml";

#[rustfmt::skip]
const V2025: [Row; 19] = [
    (&["connector-customizers", "create-connector-customizer", "--name", "My customizer"], "POST", "/v2025/connector-customizers", "application/json", Json(|| json!({"name": "My customizer"}))),
    (&["connector-customizers", "create-connector-customizer-version", "b07d", "--body", UPLOAD], "POST", "/v2025/connector-customizers/b07d/versions", "application/zip", Holds(&["<Form name=\"ü\"/>"])),
    (&["connector-customizers", "delete-connector-customizer", "b07d"], "DELETE", "/v2025/connector-customizers/b07d", "", Nothing),
    (&["connector-customizers", "get-connector-customizer", "a/b c"], "GET", "/v2025/connector-customizers/a%2Fb%20c", "", Nothing),
    (&["connector-customizers", "list-connector-customizers", "--limit", "5", "--offset=0"], "GET", "/v2025/connector-customizers?offset=0&limit=5", "", Nothing),
    (&["connector-customizers", "put-connector-customizer", "b07d", "--name", "New"], "PUT", "/v2025/connector-customizers/b07d", "application/json", Json(|| json!({"name": "New"}))),
    (&["connectors", "create-custom-connector", "--name", "x", "--class-name", "y"], "POST", "/v2025/connectors", "application/json", Json(|| json!({"name": "x", "className": "y"}))),
    (&["connectors", "delete-custom-connector", "x"], "DELETE", "/v2025/connectors/x", "", Nothing),
    (&["connectors", "get-connector", "x", "--locale", "zh-CN"], "GET", "/v2025/connectors/x?locale=zh-CN", "", Nothing),
    (&["connectors", "get-connector-correlation-config", "x"], "GET", "/v2025/connectors/x/correlation-config", "", Nothing),
    (&["connectors", "get-connector-list", "--filters", "name sw \"A\"", "--count", "--locale", "de"], "GET", "/v2025/connectors?filters=name%20sw%20%22A%22&count=true&locale=de", "", Nothing),
    (&["connectors", "get-connector-source-config", "x"], "GET", "/v2025/connectors/x/source-config", "", Nothing),
    (&["connectors", "get-connector-source-template", "x"], "GET", "/v2025/connectors/x/source-template", "", Nothing),
    (&["connectors", "get-connector-translations", "x", "de"], "GET", "/v2025/connectors/x/translations/de", "", Nothing),
    (&["connectors", "put-connector-correlation-config", "x", "--file", UPLOAD], "PUT", "/v2025/connectors/x/correlation-config", FORM, FILE),
    (&["connectors", "put-connector-source-config", "x", "--file", UPLOAD], "PUT", "/v2025/connectors/x/source-config", FORM, FILE),
    (&["connectors", "put-connector-source-template", "x", "--file", UPLOAD], "PUT", "/v2025/connectors/x/source-template", FORM, FILE),
    (&["connectors", "put-connector-translations", "x", "de", "--file", UPLOAD, "--part", "note=hi"], "PUT", "/v2025/connectors/x/translations/de", FORM, Holds(&["filename=\"upload.xml\"", "name=\"note\"\r\n\r\nhi\r\n"])),
    (&["connectors", "update-connector", "x", "--replace", "/status=DEMO"], "PATCH", "/v2025/connectors/x", "application/json-patch+json", Json(|| json!([{"op": "replace", "path": "/status", "value": "DEMO"}]))),
];

#[rustfmt::skip]
const V3: [Row; 12] = [
    (&["connectors", "create-custom-connector", "--body", "{name: x, className: y}"], "POST", "/v3/connectors", "application/json", Json(|| json!({"name": "x", "className": "y"}))),
    (&["connectors", "delete-custom-connector", "x"], "DELETE", "/v3/connectors/x", "", Nothing),
    (&["connectors", "get-connector", "x"], "GET", "/v3/connectors/x", "", Nothing),
    (&["connectors", "get-connector-correlation-config", "x"], "GET", "/v3/connectors/x/correlation-config", "", Nothing),
    (&["connectors", "get-connector-source-config", "x"], "GET", "/v3/connectors/x/source-config", "", Nothing),
    (&["connectors", "get-connector-source-template", "x"], "GET", "/v3/connectors/x/source-template", "", Nothing),
    (&["connectors", "get-connector-translations", "x", "en"], "GET", "/v3/connectors/x/translations/en", "", Nothing),
    (&["connectors", "put-correlation-config", "x", "--file", UPLOAD], "PUT", "/v3/connectors/x/correlation-config", FORM, FILE),
    (&["connectors", "put-source-config", "x", "--file", UPLOAD], "PUT", "/v3/connectors/x/source-config", FORM, FILE),
    (&["connectors", "put-source-template", "x", "--file", UPLOAD], "PUT", "/v3/connectors/x/source-template", FORM, FILE),
    (&["connectors", "put-translations", "x", "fr", "--file", UPLOAD], "PUT", "/v3/connectors/x/translations/fr", FORM, FILE),
    (&["connectors", "update-connector", "x", "--add", "/a=1", "--remove", "/b"], "PATCH", "/v3/connectors/x", "application/json-patch+json", Json(|| json!([{"op": "add", "path": "/a", "value": 1}, {"op": "remove", "path": "/b"}]))),
];

#[rustfmt::skip]
const BETA: [Row; 1] = [
    (&["connectors", "get-connector-list"], "GET", "/beta/connectors", "", Nothing),
];

/// A reply of the kind that each operation documents.
fn reply(request: &Seen) -> Reply {
    let (path, _) = request.target.split_once('?').unwrap_or((&request.target, ""));
    match (request.method.as_str(), path) {
        ("DELETE", _) => Reply::empty(204),
        ("GET", path) if path.ends_with("/connectors") || path.ends_with("-customizers") => {
            Reply::json(200, CONNECTORS)
        }
        ("GET", path) if path.ends_with("-config") || path.ends_with("-template") => {
            Reply::new(200, "application/xml", "<Form name=\"ü\"/>")
        }
        ("GET", path) if path.contains("/translations/") => Reply::new(200, "text/plain", "a=1\n"),
        _ => Reply::json(200, r#"{"status":"RELEASED","name":"x"}"#),
    }
}

fn check(api: &str, row: &Row) {
    let (typed, method, target, content_type, body) = row;
    let server = Server::start(reply);
    let words = [&["--api", api], *typed].concat();
    let output = server.sailc(&words).output().unwrap();
    let shown =
        format!("{words:?}: {}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && output.stderr.is_empty(), "{shown}");
    let seen = server.seen();
    let [request] = seen.as_slice() else { panic!("{shown}: {seen:?}") };
    assert_eq!((request.method.as_str(), request.target.as_str()), (*method, *target), "{shown}");
    assert_eq!(request.header("authorization"), format!("Bearer {TOKEN}"), "{shown}");
    assert!(request.header("content-type").starts_with(content_type), "{shown}: {}", request.header("content-type"));
    match body {
        Nothing => assert_eq!(request.text(), "", "{shown}"),
        Json(wanted) => assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), wanted(), "{shown}"),
        Holds(parts) => {
            parts.iter().for_each(|part| assert!(request.text().contains(part), "{shown}: {}", request.text()))
        }
    }

    let output = server.sailc(&[&words[..], &["-o", "json"]].concat()).output().unwrap();
    if !output.stdout.is_empty() {
        serde_json::from_slice::<Value>(&output.stdout).unwrap_or_else(|error| panic!("{shown}: {error}"));
    }
    let output = server.sailc(&[&words[..], &["-o", "table"]].concat()).output().unwrap();
    assert!(output.status.success(), "{shown}");
}

#[test]
fn each_operation_sends_what_it_should() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    std::fs::write(format!("{folder}/{UPLOAD}"), "<Form name=\"ü\"/>").unwrap();
    let apis: [(&str, &[Row]); 3] = [("v2025", &V2025), ("v3", &V3), ("beta", &BETA)];
    for (api, rows) in apis {
        rows.iter().for_each(|row| check(api, row));
    }
}

/// No operation is left out of the tables above.
#[test]
fn the_tables_are_complete() {
    use sailpoint_connectors::{beta, v3, v2025};
    let mut missing = String::new();
    for (catalog, rows) in [(&v2025::CATALOG, &V2025[..]), (&v3::CATALOG, &V3[..]), (&beta::CATALOG, &BETA[..])] {
        for (group, entry) in catalog.operations() {
            let words = [group.name.replace('_', "-"), entry.name.replace('_', "-")];
            if !rows.iter().any(|(typed, ..)| typed[..2] == words) {
                let _ = writeln!(missing, "{} {words:?}", catalog.name);
            }
        }
    }
    assert_eq!(missing, "");
}

/// The curl command that is printed sends the same request, where there is a curl to try it with.
#[test]
fn the_printed_curl_sends_the_same() {
    let has_curl = std::process::Command::new("curl").arg("--version").output().is_ok();
    std::fs::write(format!("{}/{UPLOAD}", env!("CARGO_TARGET_TMPDIR")), "<Form name=\"ü\"/>").unwrap();
    for (typed, ..) in V2025.iter().filter(|_| has_curl) {
        let server = Server::start(reply);
        server.sailc(typed).output().unwrap();
        let printed = server.sailc(&[typed, &["--curl"][..]].concat()).output().unwrap();
        let script = String::from_utf8(printed.stdout).unwrap();
        assert!(!script.contains(TOKEN), "{script}");
        let mut shell = std::process::Command::new("sh");
        let status = shell
            .arg("-c")
            .arg(&script)
            .env("SAILC_TOKEN", TOKEN)
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            .output()
            .unwrap();
        assert!(status.status.success(), "{script}{}", String::from_utf8_lossy(&status.stderr));
        let seen = server.seen();
        let [ours, theirs] = seen.as_slice() else { panic!("{script}: {seen:?}") };
        let without_boundary = |request: &Seen| {
            let content_type = request.header("content-type").to_owned();
            match content_type.split_once("boundary=") {
                // How a file's type is guessed from its name differs, and the boundary is made up.
                Some((_, boundary)) => {
                    request.text().replace(boundary, "").replace("text/xml", "application/xml").replace("--", "")
                }
                None => format!("{content_type}{}", request.text()),
            }
        };
        assert_eq!((&ours.method, &ours.target), (&theirs.method, &theirs.target), "{script}");
        for name in ["authorization", "accept", "user-agent"] {
            assert_eq!(ours.header(name), theirs.header(name), "{script}");
        }
        assert_eq!(without_boundary(ours), without_boundary(theirs), "{script}");
    }
}
