//! No credential, query or body shows up in anything that is printed, whatever goes wrong.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test or measurement ends by panicking")]

mod support;

use std::error::Error as StdError;
use std::time::Duration;

use openapi_client_runtime::{Client, FilePart, Form};
use serde_json::json;
use support::api::Api;
use support::log::Log;
use support::{Reply, Server, quick};

/// Every secret holds this word.
const WORD: &str = "hidden";

fn faults(other: &str) -> Vec<Reply> {
    let partial = b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"a\":".to_vec();
    vec![
        Reply::Raw(Vec::new()),
        Reply::RawThenReset(partial.clone()),
        Reply::Raw(partial.clone()),
        Reply::Hang(Vec::new()),
        Reply::Hang(partial),
        Reply::Raw(b"nonsense\r\n\r\n".to_vec()),
        Reply::json(200, "{\"a\":"),
        Reply::json(200, ""),
        Reply::status(200).header("Content-Type", "text/html").body("<html>"),
        Reply::status(502).header("Content-Type", "text/html").body("<html>"),
        Reply::json(500, "{}"),
        Reply::json(429, "{}").header("Retry-After", "86400"),
        Reply::json(401, r#"{"error":"the token hidden-token is over"}"#),
        Reply::json(400, r#"{"error":"hidden-token"}"#).header("Set-Cookie", "session=hidden-cookie"),
        Reply::json(403, "{}").header("WWW-Authenticate", "Bearer realm=hidden-realm"),
        Reply::status(302).header("Location", &format!("{other}/?token=hidden-token")),
        Reply::status(200).header("Content-Encoding", "br").body("x"),
        Reply::json(200, "\"\u{fffd}").body(b"\"\xff\"".to_vec()),
    ]
}

fn echoing(mut fault: Reply, secret: &str) -> Reply {
    if let Reply::Full { body, .. } = &mut fault {
        *body = String::from_utf8_lossy(body).replace("hidden-token", secret).into_bytes();
    }
    fault
}

fn show(shown: &mut String, error: &(dyn StdError + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        shown.push_str(&format!("{error}\n{error:?}\n{error:#?}\n"));
        next = error.source();
    }
}

#[tokio::test]
async fn nothing_that_is_printed_holds_a_secret() {
    let other = Server::always(Reply::status(200)).await;
    let (log, guard) = Log::start();
    let mut shown = String::new();
    let mut failed = 0;
    for fault in faults(&other.url()) {
        for token_too in [false, true] {
            let fault = fault.clone();
            let server = Server::new(move |request| match request.path() {
                "/oauth/token" if !token_too => Reply::json(200, r#"{"access_token":"hidden-token","expires_in":9}"#),
                // What the client knows to be secret may come back in an answer: its secret, or its token.
                "/oauth/token" => echoing(fault.clone(), "hidden-secret%2B"),
                _ => fault.clone(),
            })
            .await;
            let builder = Client::builder()
                .base_url(server.url())
                .client_credentials("the-id", "hidden-secret+")
                .default_header("X-Key", "hidden-header")
                .attempt_timeout(Duration::from_millis(60))
                .no_proxy()
                .retry(quick().attempts(2));
            shown.push_str(&format!("{builder:?}\n"));
            let client = builder.build().unwrap();
            let api = Api::new(&client);
            let mut call = api.get_thing("a").secret_filter("hidden-query");
            call.request_mut().header("X-Other", &"hidden-value");
            let form = Form::new().text("t", "hidden-text").file("f", FilePart::from_text("f", "hidden-file"));
            let (create, upload) = (api.create_thing(&json!({"p": "hidden-body"})), api.upload(form));
            let list = api.list_things().filters("hidden-query").stream();
            shown.push_str(&format!("{client:#?}\n{call:#?}\n{create:?}\n{upload:?}\n{list:?}\n"));
            let results = [call.await.err(), create.await.err(), list.try_collect().await.err(), upload.await.err()];
            for error in results.into_iter().flatten() {
                failed += 1;
                show(&mut shown, &error);
            }
        }
    }
    drop(guard);
    // An upload needs no body in its answer, so a few of them succeed.
    assert!(failed > 120, "{failed}");
    assert!(log.ours().len() > 500, "{}", log.ours().len());
    for text in [shown, log.text()] {
        if let Some(at) = text.find(WORD) {
            panic!("…{}…", &text[at.saturating_sub(300)..(at + 100).min(text.len())]);
        }
    }
}

#[tokio::test]
async fn nor_does_an_address_that_cannot_be_reached() {
    for url in ["http://127.0.0.1:1", "https://no-such-host.invalid"] {
        let client = Client::builder().base_url(url).client_credentials("i", "hidden-secret").no_proxy().retry(quick());
        let client = client.build().unwrap();
        let anonymous = Client::builder().base_url(url).anonymous().no_proxy().retry(quick()).build().unwrap();
        let mut shown = String::new();
        for client in [client, anonymous] {
            show(&mut shown, &Api::new(&client).get_thing("a").secret_filter("hidden-query").await.unwrap_err());
        }
        assert!(!shown.contains(WORD), "{shown}");
    }
    for url in ["https://me:hidden@acme.test", "https://acme.test/?hidden", "hidden"] {
        let error = Client::builder().base_url(url).anonymous().build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains(WORD), "{error}");
    }
}

/// Fault: a response of the token endpoint that is not what it should be was shown with the access token in it.
#[tokio::test]
async fn a_token_endpoint_that_misbehaves_gets_no_token_printed() {
    const TOKEN: &str = "hidden-eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
    let bodies = [
        (200, format!(r#"{{"access_token":"{TOKEN}","expires_"#)),
        (200, format!(r#"{{"access_token":"{TOKEN}"}} and more"#)),
        (200, TOKEN.to_owned()),
        (200, format!("access_token={TOKEN}&token_type=bearer")),
        (200, format!(r#"{{"message":"your token is {TOKEN}"}}"#)),
        (200, format!(r#"{{"access_token":["{TOKEN}"]}}"#)),
        (200, format!("<html><title>{TOKEN}</title>")),
        (400, format!(r#"{{"error":"invalid_grant","error_description":"{TOKEN} is over"}}"#)),
        (400, r#"{"error":"hidden-short","access_token":"hidden-short"}"#.to_owned()),
        (401, format!(r#"{{"detailCode":"{TOKEN}","messages":[{{"text":"{TOKEN}"}}]}}"#)),
    ];
    for (status, body) in bodies {
        let length = body.len();
        let server = Server::always(Reply::json(status, body)).await;
        let client = Client::builder().base_url(server.url()).client_credentials("i", "hidden-secret").no_proxy();
        let client = client.retry(quick()).build().unwrap();
        let (log, guard) = Log::start();
        let error = Api::new(&client).get_thing("a").await.unwrap_err();
        drop(guard);
        let mut shown = format!("{error:#}\n");
        show(&mut shown, &error);
        assert!(!shown.contains(WORD) && !log.text().contains(WORD), "{shown}\n{}", log.text());
        let says = format!("with {length} bytes of application/json");
        assert!(shown.contains(&says) || shown.contains("[redacted]"), "{shown}");
    }
}

/// Fault: an echo of the token that the cut at 300 characters went through was shown up to the cut.
#[tokio::test]
async fn a_token_that_is_echoed_is_left_out_before_the_message_is_cut() {
    for pad in [280, 290, 299] {
        let body = format!(r#"{{"message":"{}hidden-long-token-of-some-length"}}"#, "x".repeat(pad));
        let server = Server::always(Reply::json(400, body)).await;
        let client =
            Client::builder().base_url(server.url()).bearer_token("hidden-long-token-of-some-length").no_proxy();
        let error = Api::new(&client.build().unwrap()).get_thing("a").await.unwrap_err();
        let mut shown = String::new();
        show(&mut shown, &error);
        assert!(!shown.contains("xh"), "{shown}");
    }
}
