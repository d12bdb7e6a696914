//! One client for many tasks, and nothing of its secrets, or of what it sends, in what is printed.

#![cfg(feature = "v2025")]
#![allow(clippy::unwrap_used, reason = "all of it is part of a test")]

mod support;

use sailpoint_connectors::v2025::{ConnectorsApi, models};
use sailpoint_connectors::{FilePart, Form};
use serde_json::json;
use support::{Recorded, Reply, Server, TOKEN};

#[tokio::test(flavor = "multi_thread")]
async fn tasks_share_a_client_and_get_their_own_answers() {
    let name = |request: &Recorded| request.path().rsplit('/').next().unwrap().to_owned();
    let server = Server::new(move |request| Reply::json(200, &json!({ "scriptName": name(request) }))).await;
    let connectors = ConnectorsApi::new(&server.client());
    let tasks = (0..64).map(|number| {
        let connectors = connectors.clone();
        tokio::spawn(async move { connectors.get_connector(number.to_string()).await.unwrap().script_name })
    });
    for (number, task) in tasks.collect::<Vec<_>>().into_iter().enumerate() {
        assert_eq!(task.await.unwrap(), Some(number.to_string()));
    }
    assert_eq!(server.seen().len(), 64);
}

#[tokio::test]
async fn a_call_can_be_kept_and_sent_again() {
    let server = Server::always(Reply::json(200, &json!([{ "scriptName": "a" }]))).await;
    let call = ConnectorsApi::new(&server.client()).get_connector_list().limit(2).limit(3);
    let pages = [
        call.clone().await.unwrap(),
        call.clone().stream().max_pages(1).try_collect().await.unwrap(),
        call.await.unwrap(),
    ];
    assert!(pages.iter().all(|page| page.len() == 1));
    let targets: Vec<String> = server.seen().into_iter().map(|request| request.target).collect();
    assert_eq!(
        targets,
        ["/v2025/connectors?limit=3", "/v2025/connectors?offset=0&limit=3", "/v2025/connectors?limit=3"]
    );
}

#[tokio::test]
async fn what_the_schema_does_not_know_can_be_sent() {
    let server = Server::always(Reply::json(200, &json!({}))).await;
    let mut from = models::JsonPatchOperation::new("move", "/b");
    from.extra.insert("from".to_owned(), "/a".into());
    let mut call = ConnectorsApi::new(&server.client()).update_connector("a", &[from]);
    call.request_mut().query("dry run", &true).header("X-Own", &"yes");
    call.await.unwrap();
    let request = server.only();
    assert_eq!(request.json(), json!([{ "op": "move", "path": "/b", "from": "/a" }]));
    assert_eq!(request.target, "/v2025/connectors/a?dry%20run=true");
    assert_eq!(request.header("x-own"), Some("yes"));
}

#[tokio::test]
async fn debug_shows_no_secret_and_no_content() {
    let server = Server::always(Reply::status(500)).await;
    let client = server.client();
    let connectors = ConnectorsApi::new(&client);
    let form = Form::new().text("note", "content").file("file", FilePart::from_text("a.xml", "content"));
    let shown = [
        format!("{client:?} {connectors:?} {:?}", server.client_builder()),
        format!("{:?}", connectors.get_connector_list().filters("name eq \"content\"").stream()),
        format!("{:?}", connectors.put_connector_translations("a", "de", form)),
        format!("{:?}", connectors.create_custom_connector(&models::V3CreateConnectorDto::new("content", "b"))),
        format!("{:?}", connectors.get_connector("a").await.unwrap_err()),
    ];
    for shown in shown {
        assert!(!shown.contains(TOKEN) && !shown.contains("\"content") && !shown.contains("name eq"), "{shown}");
    }
}
