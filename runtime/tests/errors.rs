//! What users learn when the API answers with an error, or with something that is not what it promises.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    reason = "a failed test or measurement ends by panicking"
)]

mod support;

use std::error::Error as _;

use openapi_client_runtime::{DecodeReason, Error, StatusCode};
use serde_json::json;
use support::api::{Api, ErrorBody};
use support::{Reply, Server, TOKEN, client};

const NOT_FOUND: &str =
    r#"{"detailCode":"404 Not found","trackingId":"b21b1f7c","messages":[{"locale":"en-US","text":"no such thing"}]}"#;

#[tokio::test]
async fn an_error_has_status_headers_bytes_type_and_tracking_id() {
    let reply = Reply::json(404, NOT_FOUND).header("X-Other", "y").header("SLPT-Request-ID", "other");
    let server = Server::always(reply).await;
    let error = Api::new(&client(&server)).get_thing("nope").await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.tracking_id(), Some("b21b1f7c"));
    assert_eq!(error.attempts(), 1);
    assert_eq!(
        error.to_string(),
        "getThing (GET /v1/things/{name}) answered 404 Not Found: 404 Not found: no such thing; \
         tracking id b21b1f7c"
    );
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(error.headers()["x-other"], "y");
    assert_eq!(error.bytes(), NOT_FOUND);
    assert_eq!(error.operation().id, "getThing");
    assert_eq!(error.message(), Some("404 Not found: no such thing"));
    assert!(matches!(error.body(), Some(ErrorBody::NotFound(body)) if body["trackingId"] == "b21b1f7c"));
    assert!(matches!(error.into_body(), Some(ErrorBody::NotFound(_))));
}

#[tokio::test]
async fn advice_fits_the_status() {
    for (status, body, advice) in [
        (401, r#"{"error":"JWT validation failed"}"#, "check the credentials"),
        (403, "{}", "scope"),
        (429, r#"{"message":"Rate Limit Exceeded"}"#, "rate limit"),
    ] {
        let server = Server::always(Reply::json(status, body)).await;
        let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err().to_string();
        assert!(error.contains(advice), "{error}");
        if body.len() > 2 {
            assert!(error.contains("JWT validation failed") || error.contains("Exceeded"), "{error}");
        }
    }
}

#[tokio::test]
async fn an_undocumented_error_still_has_everything_but_the_type() {
    let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    let reply = Reply::status(502).header("Content-Type", "text/html").body(page);
    let server = Server::always(reply).await;
    let error = Api::new(&client(&server)).create_thing(&json!(1)).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("502 Bad Gateway: a page called “502 Bad Gateway”"), "{text}");
    let Error::Api(error) = error else { panic!("{error}") };
    assert!(error.body().is_none());
    assert_eq!(error.text(), page);
    assert_eq!(server.seen().len(), 1, "a POST is not repeated after a 502");
}

#[tokio::test]
async fn what_does_not_decode_is_there_as_bytes() {
    let html = Reply::status(200).header("Content-Type", "text/html").body("<html>login</html>");
    let cases = [
        (Reply::json(200, r#"{"a":1"#), "not what it promises"),
        (Reply::json(200, ""), "without the body"),
        (html, "`text/html`"),
        (Reply::status(200).header("Content-Type", "application/json").body(b"\"\xff\"".to_vec()), "not what"),
    ];
    for (reply, says) in cases {
        let Reply::Full { body, .. } = &reply else { unreachable!() };
        let server = Server::always(reply.clone().header("SLPT-Request-ID", "id-1")).await;
        let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.tracking_id(), Some("id-1"));
        let text = error.to_string();
        assert!(text.contains(says) && text.starts_with("getThing (GET /v1/things/{name}) answered 200"), "{text}");
        let Error::Decode(error) = error else { panic!("{error}") };
        assert_eq!(error.bytes(), body);
        assert_eq!(error.headers()["slpt-request-id"], "id-1");
        assert_eq!(server.seen().len(), 1, "an answer that came is not asked for again");
    }
    let server = Server::always(Reply::status(200).body(b"<\xff>".to_vec())).await;
    let error = Api::new(&client(&server)).config().await.unwrap_err();
    let Error::Decode(error) = error else { panic!("{error}") };
    assert!(matches!(error.reason(), DecodeReason::NotText(_)));
    assert_eq!(error.bytes().as_ref(), b"<\xff>");
    assert_eq!(error.text(), "<\u{fffd}>");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_body_above_the_limit_is_an_error_and_an_error_body_is_cut() {
    let server = Server::always(Reply::json(200, format!("\"{}\"", "x".repeat(5_000)))).await;
    let limited = support::builder(&server).max_body(1_000).build().unwrap();
    let error = Api::new(&limited).get_thing("a").await.unwrap_err();
    let Error::Decode(error) = &error else { panic!("{error}") };
    assert!(matches!(error.reason(), DecodeReason::TooLarge { limit: 1_000 }));
    assert_eq!(error.bytes().len(), 1_000);
    let mut call = Api::new(&limited).get_thing("a");
    call.request_mut().max_body(5_002);
    call.await.unwrap();

    let server = Server::always(Reply::Zeros {
        head: b"HTTP/1.1 500 Oops\r\nContent-Length: 104857600\r\n\r\n".to_vec(),
        count: 104_857_600,
    })
    .await;
    let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(error.bytes().len(), 256 * 1024);
}

#[tokio::test]
async fn an_answer_that_echoes_the_token_does_not_get_it_printed() {
    let body = format!(r#"{{"message":"bad token {TOKEN}!"}}"#);
    let server = Server::always(Reply::json(400, body)).await;
    let call = Api::new(&client(&server)).get_thing("a").secret_filter("query-secret");
    let shown = format!("{call:?}");
    let error = call.await.unwrap_err();
    let shown = format!("{shown} {error} {error:?} {:?}", error.source());
    assert!(shown.contains("bad token [redacted]!"), "{shown}");
    assert!(!shown.contains(TOKEN) && !shown.contains("query-secret"), "{shown}");
}
