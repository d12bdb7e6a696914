//! Sessions: what people type, what is printed, and the exit code, as snapshots. Lines of standard error begin with `!`.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests assert by panicking")]

mod support;

use support::{CONNECTORS, Reply, Server, sailc, session};

fn connectors() -> Server {
    Server::start(|request| match request.target.as_str() {
        "/v2025/connectors" => Reply::json(200, CONNECTORS),
        "/v2025/connectors/servicenow" => Reply::json(
            200,
            r#"{"name":"ServiceNow","status":"RELEASED","directConnect":true,"connectorMetadata":{"supportedUI":"EXTJS"}}"#,
        ),
        "/v2025/connectors/servicenow/source-config" => {
            Reply::new(200, "application/xml", "<Form>\n  <Field/>\n</Form>")
        }
        target if target.starts_with("/v2025/connectors?") => Reply::json(200, CONNECTORS),
        _ => Reply::json(
            404,
            r#"{"detailCode":"404 Not found","trackingId":"t-1","messages":[{"locale":"en-US","text":"There is no such connector"}]}"#,
        ),
    })
}

#[test]
fn help() {
    insta::assert_snapshot!("help", session(&["--help"]));
    insta::assert_snapshot!("help_of_a_group", session(&["connectors", "--help"]));
    insta::assert_snapshot!("help_of_an_operation", session(&["connectors", "get-connector-list", "--help"]));
    insta::assert_snapshot!("help_of_a_body", session(&["help", "connectors", "create-custom-connector"]));
    insta::assert_snapshot!("help_of_a_patch", session(&["connectors", "update-connector", "-h"]));
}

#[test]
fn formats() {
    let server = connectors();
    let list = |more: &[&str]| {
        let words = [&["connectors", "get-connector-list"], more].concat();
        server.session(&words)
    };
    let sessions = [
        list(&["-o", "table"]),
        list(&["-o", "table", "--columns", "scriptName,features.1"]),
        list(&[]),
        list(&["-o", "jsonl"]),
        list(&["-o", "yaml"]),
        list(&["-o", "csv"]),
        list(&["-o", "csv", "--columns", "name, status"]),
        list(&["-o", "raw"]),
        list(&["--jq", ".[] | select(.directConnect) | .scriptName"]),
        list(&["--jq", "map(.features // [] | length)", "-o", "json"]),
        server.session(&["connectors", "get-connector", "servicenow", "-o", "table"]),
        server.session(&["connectors", "get-connector-source-config", "servicenow"]),
        server.session(&["connectors", "get-connector-source-config", "servicenow", "-o", "json"]),
    ];
    insta::assert_snapshot!(sessions.join("\n"));
}

#[test]
fn requests_are_printed_instead_of_sent() {
    std::fs::write(format!("{}/no.properties", env!("CARGO_TARGET_TMPDIR")), "a=1").unwrap();
    let server = connectors();
    let sessions = [
        server.session(&[
            "connectors",
            "get-connector-list",
            "--filters",
            r#"name sw "A""#,
            "--count",
            "--limit=5",
            "--dry-run",
        ]),
        server.session(&[
            "connectors",
            "create-custom-connector",
            "--name",
            "it's",
            "--class-name",
            "x",
            "--direct-connect=false",
            "--dry-run",
        ]),
        server.session(&["connectors", "create-custom-connector", "--name", "it's", "--class-name", "x", "--curl"]),
        server.session(&[
            "connectors",
            "put-connector-translations",
            "servicenow",
            "de",
            "--file",
            "no.properties",
            "--curl",
        ]),
        server.session(&[
            "connectors",
            "delete-custom-connector",
            "servicenow",
            "--header",
            "X-Api-Key: v3ry-secret",
            "--curl",
        ]),
        server.session(&["api", "GET", "/v2025/sources?limit=3", "--query", "q=a b", "--dry-run"]),
    ];
    insta::assert_snapshot!(sessions.join("\n"));
    assert!(server.seen().is_empty(), "nothing was sent");
}

#[test]
fn bodies() {
    let server = connectors();
    let create =
        |more: &[&str]| server.session(&[&["connectors", "create-custom-connector", "--dry-run"], more].concat());
    let patch = |more: &[&str]| server.session(&[&["connectors", "update-connector", "x", "--dry-run"], more].concat());
    let sessions = [
        create(&["--body", r#"{"name":"a","className":"b"}"#, "--field", "status=DEMO"]),
        create(&["--body", "name: a\nclassName: b\n", "--name", "c"]),
        create(&["--name", "true", "--class-name", "7", "--field", "extra.deep.0=x"]),
        create(&[]),
        create(&["--name", "x"]),
        create(&["--body", "missing.json"]),
        create(&["--body", r#"{"name": "#]),
        create(&["--name", "x", "--class-name", "y", "--direct-connect=maybe"]),
        create(&["--name", "x", "--class-name", "y", "--status", "NEWER"]),
        patch(&[
            "--replace",
            "/status=DEMO",
            "--add",
            "/list/-={\"a\":1}",
            "--remove",
            "/x",
            "--replace",
            "/name=true",
        ]),
        patch(&["--replace", "status=DEMO"]),
        patch(&[]),
        server.session(&["connectors", "create-custom-connector", "--body-template"]),
        server.session(&["connectors", "update-connector", "--body-template"]),
    ];
    insta::assert_snapshot!(sessions.join("\n"));
}

#[test]
fn pages() {
    let server = Server::start(|request| {
        let query = request.target.split_once('?').map_or("", |(_, query)| query);
        let number = |name: &str| -> usize {
            let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            found.map_or(0, |value| value.parse().unwrap())
        };
        let (offset, limit) = (number("offset"), number("limit"));
        let items: Vec<String> =
            (offset..(offset + limit).min(600)).map(|n| format!(r#"{{"scriptName":"c{n}"}}"#)).collect();
        Reply::json(200, format!("[{}]", items.join(",")))
    });
    let list = |more: &[&str]| server.session(&[&["connectors", "get-connector-list"], more].concat());
    let sessions = [
        list(&["--max-items", "3", "-o", "jsonl"]),
        list(&["--max-items", "2", "-o", "json"]),
        list(&["--max-items", "2", "-o", "yaml"]),
        list(&["--max-items", "2", "-o", "csv"]),
        list(&["--max-items", "0"]),
        list(&["--all", "--jq", "length"]),
        list(&["--all", "-o", "raw"]),
        server.session(&["connectors", "get-connector", "x", "--all"]),
        server.session(&["api", "get", "/v2025/connectors", "--max-items", "2", "-o", "jsonl"]),
    ];
    insta::assert_snapshot!(sessions.join("\n"));
    let all = server.sailc(&["connectors", "get-connector-list", "--all", "-o", "jsonl"]).output().unwrap();
    assert_eq!(String::from_utf8(all.stdout).unwrap().lines().count(), 600);
}

#[test]
fn names() {
    let sessions = [
        session(&["Get-Connector"]),
        session(&["getConnectorList"]),
        session(&["conectors", "get-connector"]),
        session(&["connectors", "get-conector"]),
        session(&["connectors", "zzz"]),
        session(&["--api", "v1", "connectors"]),
        session(&["--api", "beta", "connectors", "get-connector"]),
        session(&["search", "Send-V2025ConnectorCustomizer", "-o", "table"]),
        session(&["search", "correlation", "upload", "--jq", ".[].command"]),
        session(&["search", "nothing-like-it"]),
        session(&["connectors", "get-connector"]),
        session(&["connectors", "get-connector", "x", "--wrong"]),
        session(&["connectors", "get-connector-list", "--limit", "many"]),
        session(&["connectors", "get-connector-list", "-o", "xml"]),
        session(&["connectors", "get-connector-list", "--jq", ".["]),
        session(&["connectors", "get-connector-list"]),
    ];
    insta::assert_snapshot!(sessions.join("\n").replace(env!("CARGO_TARGET_TMPDIR"), "TMP"));
}

#[test]
fn descriptions() {
    insta::assert_snapshot!("schema", session(&["connectors", "update-connector", "--schema"]));
    let module = session(&["powershell"]);
    let wanted = [
        "function Invoke-Program",
        "function Get-Connector {",
        "function Update-Connector {",
        "function Send-ConnectorTranslations {",
    ];
    let shown: Vec<&str> =
        module.split("\n\n").filter(|part| wanted.iter().any(|wanted| part.contains(wanted))).collect();
    insta::assert_snapshot!("powershell", shown.join("\n\n"));
    assert_eq!(module.matches("\nfunction ").count(), 24, "a function per cmdlet, and the one that they call");
}

#[test]
fn man_pages_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let status = sailc(&["man", folder.path().to_str().unwrap()]).status().unwrap();
    assert!(status.success());
    let page = std::fs::read_to_string(folder.path().join("sailc-connectors-get-connector.1")).unwrap();
    assert!(page.contains("Script name of the connector") && page.contains("\\-\\-locale"), "{page}");
    assert!(std::fs::read_dir(folder.path()).unwrap().count() > 23, "a page per command");
}

/// What a shell's script asks for, word by word; an empty last word is one that was not begun.
fn completions(server: &Server, words: &[&str]) -> String {
    let mut command = server.sailc(&[&["--", "sailc"], words].concat());
    let index = words.len().to_string();
    let output =
        command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", index).env("_CLAP_IFS", "\n").output().unwrap();
    String::from_utf8(output.stdout).unwrap().replace('\n', " ")
}

#[test]
fn completion() {
    let server = connectors();
    let home = tempfile::tempdir().unwrap();
    let asked = [
        vec!["con"],
        vec!["connectors", "put-source"],
        vec!["connectors", "get-connector", "x", "--loc"],
        vec!["connectors", "get-connector", "x", "--locale", "z"],
        vec!["connectors", "create-custom-connector", "--status", ""],
        vec!["-o", "j"],
        vec!["--api", ""],
        vec!["connectors", "get-connector", ""],
        vec!["connectors", "get-connector", "s"],
    ];
    let text: Vec<String> = asked.iter().map(|words| format!("{words:?}: {}\n", completions(&server, words))).collect();
    insta::assert_snapshot!(text.concat());
    assert!(server.seen().len() <= 1, "the list is asked for once, then remembered");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = sailc(&["completion", shell]).env("HOME", home.path()).output().unwrap();
        assert!(String::from_utf8(output.stdout).unwrap().contains("sailc"), "{shell}");
    }
}

#[test]
fn identity() {
    let server = connectors();
    let sessions = [
        server.session(&["auth", "status"]),
        server.session(&["auth", "status", "-o", "json"]),
        server.session(&["auth", "status", "--base-url", "https://other.test"]),
        server.session(&["auth", "token"]),
        session(&["auth", "status"]),
        session(&["auth", "token", "-o", "json"]),
    ];
    insta::assert_snapshot!(sessions.join("\n").replace(env!("CARGO_TARGET_TMPDIR"), "TMP"));
}

#[test]
fn a_named_profile_is_the_only_source() {
    let server = connectors();
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".sailpoint")).unwrap();
    let text = format!(
        "activeenvironment: one\nenvironments:\n  one: {{baseurl: https://one.test, pat: {{clientid: i1, clientsecret: s1}}}}\n  \
         two: {{baseurl: {}, pat: {{clientid: i2, clientsecret: s2}}}}\n  three: {{baseurl: https://three.test}}\n",
        server.url
    );
    std::fs::write(home.path().join(".sailpoint/config.yaml"), text).unwrap();
    let run = |words: &[&str]| {
        let output =
            server.sailc(words).env("HOME", home.path()).env("SAIL_BASE_URL", "http://127.0.0.1:1").output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code().unwrap(), text)
    };
    let (code, text) = run(&["auth", "status", "--profile", "two"]);
    assert!(code == 0 && text.contains(&server.url) && text.contains("id i2") && !text.contains("s2"), "{text}");
    let (code, text) = run(&["connectors", "get-connector", "servicenow", "--profile", "two", "--jq", ".name"]);
    assert_eq!((code, text.as_str()), (0, "ServiceNow\n"), "nothing ambient beats what was typed");
    let (code, text) = run(&["auth", "status", "--profile", "four"]);
    assert!(code == 3 && text.contains("`four` is not there"), "{text}");
    let (code, text) = run(&["auth", "status", "--profile", "three"]);
    assert!(code == 3 && text.contains("keyring"), "{text}");
}
