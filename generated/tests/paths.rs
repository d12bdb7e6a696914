//! Odd values in paths: whatever a script name holds, it stays one segment of the path.

#![cfg(all(feature = "v3", feature = "v2025"))]

mod support;

use sailpoint_connectors::v2025::{ConnectorCustomizersApi, ConnectorsApi, Error, models};
use sailpoint_connectors::{FilePart, v3};
use serde_json::json;
use support::{Reply, Server, data};

/// Script names, and how they are sent.
const NAMES: [(&str, &str); 16] = [
    ("servicenow", "servicenow"),
    ("a/b", "a%2Fb"),
    ("/", "%2F"),
    ("100%", "100%25"),
    ("%2f", "%252f"),
    ("what?", "what%3F"),
    ("#1", "%231"),
    ("two words", "two%20words"),
    (" ", "%20"),
    ("Größe", "Gr%C3%B6%C3%9Fe"),
    ("名前", "%E5%90%8D%E5%89%8D"),
    ("..%2f", "..%252f"),
    ("../oauth", "..%2Foauth"),
    ("...", "..."),
    ("a+b&c=d;e", "a%2Bb%26c%3Dd%3Be"),
    ("back\\slash\0", "back%5Cslash%00"),
];

#[tokio::test]
async fn a_name_stays_one_segment() {
    let server = Server::always(Reply::json(200, &data::connector_detail())).await;
    let (newest, oldest) = (ConnectorsApi::new(&server.client()), v3::ConnectorsApi::new(&server.client()));
    for (name, sent) in NAMES {
        newest.get_connector(name).locale("de").await.unwrap();
        oldest.put_source_config(name, FilePart::from_text("a.xml", "<a/>")).await.unwrap();
        let targets: Vec<String> = server.seen().into_iter().rev().take(2).rev().map(|seen| seen.target).collect();
        let expected = [format!("/v2025/connectors/{sent}?locale=de"), format!("/v3/connectors/{sent}/source-config")];
        assert_eq!(targets, expected);
    }
}

#[tokio::test]
async fn two_names_stay_two_segments() {
    let server = Server::always(Reply::text(200, "text/plain", "a=b")).await;
    let api = ConnectorsApi::new(&server.client());
    api.get_connector_translations("a/{locale}", "x-ä/..").await.unwrap();
    assert_eq!(server.only().target, "/v2025/connectors/a%2F%7Blocale%7D/translations/x-%C3%A4%2F..");
}

#[tokio::test]
async fn what_would_name_another_resource_is_refused() {
    let server = Server::always(Reply::json(200, &json!({}))).await;
    let (connectors, customizers) =
        (ConnectorsApi::new(&server.client()), ConnectorCustomizersApi::new(&server.client()));
    for name in ["", ".", ".."] {
        let file = || FilePart::from_text("a.xml", "<a/>");
        let refusals: [(&str, Error); 6] = [
            ("scriptName", connectors.get_connector(name).await.unwrap_err()),
            ("scriptName", connectors.delete_custom_connector(name).await.unwrap_err()),
            ("scriptName", connectors.put_connector_source_config(name, file()).await.unwrap_err()),
            ("scriptName", connectors.update_connector(name, &[]).await.unwrap_err()),
            ("locale", connectors.get_connector_translations("a", models::Locale::from(name)).await.unwrap_err()),
            ("id", customizers.create_connector_customizer_version(name, file()).await.unwrap_err()),
        ];
        for (parameter, error) in refusals {
            assert!(matches!(error, Error::Request(_)), "{error}");
            assert!(error.to_string().contains(&format!("`{parameter}`")), "{error}");
            assert_eq!((error.attempts(), error.status()), (0, None));
        }
    }
    assert!(server.seen().is_empty(), "nothing is sent");
}

#[tokio::test]
async fn a_path_of_the_base_url_comes_first() {
    let server = Server::always(Reply::json(200, &data::connector_detail())).await;
    for base in ["/gateway", "/gateway/"] {
        let client = server.client_builder().base_url(server.url() + base).build().unwrap();
        ConnectorsApi::new(&client).get_connector("a").await.unwrap();
        assert_eq!(server.seen().pop().unwrap().target, "/gateway/v2025/connectors/a");
    }
}
