//! What users learn when the API answers with an error, or with something that is not what it promises.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    reason = "a failed test or measurement ends by panicking"
)]

mod support;

use std::error::Error as _;

use openapi_client_runtime::{Client, DecodeReason, Error, FilePart, RetryPolicy, StatusCode};
use serde_json::json;
use support::api::{Api, ErrorBody};
use support::{Reply, Server, TOKEN, client};

const NOT_FOUND: &str =
    r#"{"detailCode":"404 Not found","trackingId":"b21b1f7c","messages":[{"locale":"en-US","text":"no such thing"}]}"#;

#[tokio::test]
async fn an_error_has_status_headers_bytes_type_and_tracking_id() {
    let reply = Reply::json(404, NOT_FOUND).header("X-Other", "y").header("Tracking-ID", "other");
    let server = Server::always(reply).await;
    let error = Api::new(&client(&server)).get_thing("nope").await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.tracking_id(), Some("b21b1f7c"));
    assert_eq!(error.attempts(), 1);
    assert_eq!(
        error.to_string(),
        "getThing (GET /v1/things/{name}) returned 404 Not Found: 404 Not found: no such thing; \
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
    assert!(text.contains("502 Bad Gateway: a page titled “502 Bad Gateway”"), "{text}");
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
        let server = Server::always(reply.clone().header("Tracking-ID", "id-1")).await;
        let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.tracking_id(), Some("id-1"));
        let text = error.to_string();
        assert!(text.contains(says) && text.starts_with("getThing (GET /v1/things/{name}) returned 200"), "{text}");
        let Error::Decode(error) = error else { panic!("{error}") };
        assert_eq!(error.bytes(), body);
        assert_eq!(error.headers()["tracking-id"], "id-1");
        assert_eq!(server.seen().len(), 1, "an answer that came is not asked for again");
    }
    let server = Server::always(Reply::status(200).body(b"<\xff>".to_vec())).await;
    let error = Api::new(&client(&server)).config().await.unwrap_err();
    let Error::Decode(error) = error else { panic!("{error}") };
    assert!(matches!(error.reason(), DecodeReason::NotText(_)));
    assert_eq!(error.bytes().as_ref(), b"<\xff>");
    assert_eq!(error.text(), "<\u{fffd}>");
    assert!(error.source().is_none(), "the reason is part of the error's own text");
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

/// Fault: the text of an error repeated its causes, so that whoever prints the chain printed them twice.
#[tokio::test]
async fn no_error_repeats_its_causes() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let lost = Client::builder().base_url(format!("http://{closed}")).anonymous().retry(RetryPolicy::never());
    let no_token = Client::builder().base_url(format!("http://{closed}")).client_credentials("i", "s");
    let server = Server::always(Reply::json(200, "{\"a\":")).await;
    let gone = FilePart::from_path(tempfile::NamedTempFile::new().unwrap().path()).unwrap();
    let api = Api::new(&client(&server));
    let errors = [
        Api::new(&lost.build().unwrap()).get_thing("a").await.unwrap_err(),
        Api::new(&no_token.retry(RetryPolicy::never()).build().unwrap()).get_thing("a").await.unwrap_err(),
        api.get_thing("a").await.unwrap_err(),
        api.upload(gone).await.unwrap_err(),
    ];
    for error in &errors {
        let (mut chain, mut next) = (vec![error.to_string()], error.source());
        while let Some(cause) = next {
            chain.push(cause.to_string());
            next = cause.source();
        }
        for (place, text) in chain.iter().enumerate() {
            assert!(chain[place + 1..].iter().all(|cause| !text.contains(cause.as_str())), "{chain:#?}");
        }
        assert_eq!(format!("{error:#}"), chain.join(": "), "the alternate form is the chain in one line");
    }
    assert!(format!("{:#}", errors[0]).contains("refused"), "{:#}", errors[0]);
    assert!(format!("{:?}", errors[0]).contains("refused"), "{:?}", errors[0]);
}

/// Fault: an id from a body put line breaks, escape sequences and any length into errors and spans.
#[tokio::test]
async fn a_tracking_id_that_is_none_is_not_shown() {
    for id in ["a\\nb", "a\\u001b[31m", "", &"x".repeat(200_000)] {
        let reply = Reply::json(500, format!(r#"{{"trackingId":"{id}"}}"#)).header("Tracking-ID", "from-header");
        let server = Server::always(reply).await;
        let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
        assert_eq!(error.tracking_id(), Some("from-header"));
        assert!(error.to_string().len() < 300 && !error.to_string().contains(['\n', '\x1b']), "{error}");
    }
    let server = Server::always(Reply::json(500, "{\"message\":\"a\\u001b[31m\\u202e b\"}")).await;
    let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(error.message(), Some("a [31m b"), "nor do messages hold them");
}

/// Fault: text in another charset was said not to be UTF-8, but not what it is.
#[tokio::test]
async fn a_charset_other_than_utf_8_is_named() {
    let reply = Reply::status(200).header("Content-Type", "application/xml; Charset=\"ISO-8859-1\"");
    let server = Server::always(reply.body(b"<gr\xfc\xdfe/>".to_vec())).await;
    let error = Api::new(&client(&server)).config().await.unwrap_err().to_string();
    assert!(error.contains("charset is `ISO-8859-1`"), "{error}");
}

/// Fault: a lone surrogate, a number too large and a byte that is no UTF-8 failed a response without saying where.
#[tokio::test]
async fn what_is_no_json_is_said_with_its_place_and_kept() {
    let cases: [(&[u8], &str); 3] = [
        (br#"{"a":[1,{"b":"x\ud800y"}]}"#, "at a[1].b: "),
        (br#"{"a":[1,{"b":1e400}]}"#, "at a[1].b: number out of range"),
        (b"{\"a\":[1,{\"b\":\"\xff\"}]}", "at a[1].b: invalid unicode code point"),
    ];
    for (body, says) in cases {
        // With this feature no number is out of range.
        if cfg!(feature = "exact-numbers") && says.contains("out of range") {
            continue;
        }
        let server = Server::always(Reply::json(200, "").body(body)).await;
        let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        let Error::Decode(error) = error else { panic!("{error}") };
        assert_eq!(error.bytes(), body);
    }
}

/// Fault: problem documents (RFC 9457) said nothing.
#[tokio::test]
async fn a_problem_document_is_read() {
    let body = r#"{"type":"about:blank","title":"Out of credit","status":403,"detail":"Your balance is 30."}"#;
    let server = Server::always(Reply::json(403, body).header("Content-Type", "application/problem+json")).await;
    let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
    assert!(error.is_forbidden() && !error.is_not_found());
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(error.message(), Some("Out of credit: Your balance is 30."));
}
