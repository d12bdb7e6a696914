//! Each fault of network and server, and what a call makes of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    reason = "a failed test or measurement ends by panicking"
)]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use openapi_client_runtime::{
    Body, BoxFuture, Client, Error, RetryPolicy, StatusCode, Transport, TransportError, TransportErrorKind,
};
use serde_json::json;
use support::api::{self, Api};
use support::{Reply, Server, builder, client};
use time::format_description::well_known::Rfc2822;

fn transport(error: api::Error) -> (TransportErrorKind, u32, String) {
    match error {
        Error::Transport(error) => (error.kind(), error.attempts(), format!("{error:#}")),
        other => panic!("{other}"),
    }
}

fn head(status: &str, length: usize) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n").into_bytes()
}

fn partial() -> Vec<u8> {
    let mut bytes = head("200 OK", 50);
    bytes.extend(b"{\"name\":");
    bytes
}

#[tokio::test]
async fn a_refused_connection_is_retried_for_every_method() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let refused = Client::builder().base_url(&url).anonymous().no_proxy().retry(support::quick()).build().unwrap();
    let api = Api::new(&refused);
    for error in [api.get_thing("a").await.unwrap_err(), api.create_thing(&json!(1)).await.unwrap_err()] {
        let (kind, attempts, text) = transport(error);
        assert_eq!((kind, attempts), (TransportErrorKind::Connect, 4));
        assert!(text.contains("no connection") && text.contains("after 4 attempts"), "{text}");
        assert!(text.contains("refused"), "the cause is said: {text}");
    }
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_said_so() {
    let lost = Client::builder().base_url("https://no-such-host.invalid").anonymous().no_proxy();
    let lost = lost.retry(RetryPolicy::never()).build().unwrap();
    let (kind, attempts, _) = transport(Api::new(&lost).get_thing("a").await.unwrap_err());
    assert_eq!((kind, attempts), (TransportErrorKind::Connect, 1));
}

#[tokio::test]
async fn a_connection_broken_before_or_in_the_answer_is_retried_if_that_is_safe() {
    let faults = [
        Reply::Raw(Vec::new()),
        Reply::RawThenReset(Vec::new()),
        Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-".to_vec()),
        Reply::Raw(partial()),
        Reply::RawThenReset(partial()),
        Reply::Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":".to_vec()),
        Reply::Raw(b"this is not HTTP\r\n\r\n".to_vec()),
        Reply::Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n".to_vec()),
    ];
    for fault in faults {
        let server = Server::script([fault.clone(), Reply::json(200, "{}")]).await;
        let response = Api::new(&client(&server)).get_thing("a").send().await.unwrap();
        assert_eq!(response.attempts(), 2, "{fault:?}");

        let server = Server::script([fault.clone(), Reply::json(200, "{}")]).await;
        Api::new(&client(&server)).put_thing(&json!({"a": 1})).await.unwrap();
        assert_eq!(server.seen()[0].body, server.seen()[1].body, "the same body again");

        // A POST or a PATCH may have been acted on.
        let server = Server::always(fault.clone()).await;
        let api = Api::new(&client(&server));
        let (kind, attempts, text) = transport(api.create_thing(&json!(1)).await.unwrap_err());
        assert!(matches!(kind, TransportErrorKind::Broken | TransportErrorKind::Malformed), "{text}");
        assert_eq!(attempts, 1, "{text}");
        transport(api.patch_thing(&json!([])).await.unwrap_err());
        assert_eq!(server.seen().len(), 2, "{fault:?}");

        // Unless the user knows better.
        let server = Server::script([fault.clone(), Reply::json(200, "{}")]).await;
        let mut call = Api::new(&client(&server)).create_thing(&json!(1));
        call.request_mut().repeatable(true);
        call.await.unwrap();
    }
}

#[tokio::test]
async fn an_answer_broken_for_good_is_an_error_that_knows_its_status() {
    let server = Server::always(Reply::Raw(partial())).await;
    let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::OK));
    let (kind, attempts, text) = transport(error);
    assert_eq!((kind, attempts), (TransportErrorKind::Broken, 4));
    assert!(text.contains("after the status 200"), "{text}");
}

#[tokio::test]
async fn silence_and_slowness_end_in_time() {
    let slow = (0..50).map(|_| (Duration::from_millis(50), b" ".to_vec()));
    let slow = [(Duration::ZERO, head("200 OK", 50))].into_iter().chain(slow).collect();
    for fault in [Reply::Hang(Vec::new()), Reply::Hang(partial()), Reply::Hang(head("200 OK", 5)), Reply::Slowly(slow)]
    {
        let server = Server::always(fault.clone()).await;
        let impatient = builder(&server).attempt_timeout(Duration::from_millis(100)).build().unwrap();
        let (kind, attempts, text) = transport(Api::new(&impatient).get_thing("a").await.unwrap_err());
        assert_eq!((kind, attempts), (TransportErrorKind::Timeout, 4), "{fault:?}");
        assert!(text.contains("in time"), "{text}");
        let (_, attempts, _) = transport(Api::new(&impatient).create_thing(&json!(1)).await.unwrap_err());
        assert_eq!(attempts, 1, "a POST may have been acted on");
    }
}

#[tokio::test]
async fn the_time_for_the_whole_call_ends_it_wherever_it_is() {
    // In an attempt.
    let server = Server::always(Reply::Hang(Vec::new())).await;
    let limited = builder(&server).timeout(Duration::from_millis(150)).build().unwrap();
    let (kind, attempts, _) = transport(Api::new(&limited).get_thing("a").await.unwrap_err());
    assert_eq!((kind, attempts), (TransportErrorKind::Timeout, 1));
    // In a wait that would go beyond it: the error that was there is returned at once.
    let server = Server::always(Reply::json(429, "{}").header("Retry-After", "30")).await;
    let limited = builder(&server).retry(RetryPolicy::new()).timeout(Duration::from_secs(5)).build().unwrap();
    let error = Api::new(&limited).get_thing("a").await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::TOO_MANY_REQUESTS), 1));
    // Set for one call.
    let server = Server::always(Reply::Hang(Vec::new())).await;
    let mut call = Api::new(&client(&server)).get_thing("a");
    call.request_mut().attempt_timeout(Duration::from_millis(50)).attempts(1);
    let (kind, attempts, _) = transport(call.await.unwrap_err());
    assert_eq!((kind, attempts), (TransportErrorKind::Timeout, 1));
}

#[tokio::test]
async fn statuses_that_pass_are_retried_where_that_is_safe() {
    for status in [502, 503, 504] {
        let page = Reply::status(status).header("Content-Type", "text/html").body("<html>oops</html>");
        let server = Server::script([page.clone(), page.clone(), Reply::json(200, "{}")]).await;
        let response = Api::new(&client(&server)).get_thing("a").send().await.unwrap();
        assert_eq!(response.attempts(), 3);
        let server = Server::always(page).await;
        let error = Api::new(&client(&server)).create_thing(&json!(1)).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (status, 1));
    }
    let server = Server::always(Reply::status(503)).await;
    let error = Api::new(&client(&server)).delete_thing().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::SERVICE_UNAVAILABLE), 4));
    assert!(error.to_string().contains("after 4 attempts"), "{error}");
}

#[tokio::test]
async fn a_500_stands_unless_the_policy_says_otherwise() {
    let replies = || [Reply::json(500, "{}"), Reply::json(500, "{}"), Reply::json(500, "{}"), Reply::json(200, "{}")];
    let server = Server::script(replies()).await;
    let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::INTERNAL_SERVER_ERROR), 1));

    let server = Server::script(replies()).await;
    let policy = support::quick().status(StatusCode::INTERNAL_SERVER_ERROR);
    let patient = builder(&server).retry(policy).build().unwrap();
    let response = Api::new(&patient).get_thing("a").send().await.unwrap();
    assert_eq!(response.attempts(), 4);
}

#[tokio::test]
async fn a_429_is_waited_out_for_every_method() {
    let long_ago = "Sun, 06 Nov 1994 08:49:37 GMT";
    for value in ["0", long_ago, "nonsense", ""] {
        let limited = Reply::json(429, r#"{"message":"Rate Limit Exceeded"}"#).header("Retry-After", value);
        let server = Server::script([limited.clone(), limited, Reply::json(201, "{}")]).await;
        let response = Api::new(&client(&server)).create_thing(&json!({"a": 1})).send().await.unwrap();
        assert_eq!((response.status(), response.attempts()), (StatusCode::CREATED, 3));
        let seen = server.seen();
        assert!(seen.iter().all(|request| request.text() == r#"{"a":1}"#));
    }
}

/// Fault: what the server asked for was cut to what the policy allows, and waited in vain.
#[tokio::test]
async fn a_server_that_asks_for_more_than_is_waited_fails_the_call_at_once() {
    for (value, asked) in [("86400", Duration::from_secs(86_400)), ("99999999999999999999", Duration::MAX)] {
        let limited = Reply::json(429, r#"{"message":"Rate Limit Exceeded"}"#).header("Retry-After", value);
        let server = Server::always(limited).await;
        let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
        assert_eq!((error.attempts(), error.retry_after()), (1, Some(asked)));
        assert!(error.is_rate_limited() && error.to_string().contains("retry after "), "{error}");
    }
}

/// Answers 503 with this `Retry-After` once, and everything after it with success.
struct Later(String, AtomicUsize);

impl Transport for Later {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let answer = match self.1.fetch_add(1, Ordering::SeqCst) {
            0 => http::Response::builder().status(503).header("Retry-After", &self.0),
            _ => http::Response::builder().status(200),
        };
        Box::pin(async { Ok(answer.body(Body::from("{}")).unwrap()) })
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_waited_in_both_forms() {
    let date = time::OffsetDateTime::now_utc() + Duration::from_secs(30);
    let text = date.format(&Rfc2822).unwrap().replace("+0000", "GMT");
    // A date has no fractions of a second, and time goes by between asking and answering.
    for (value, least, most) in [("30", 30, 31), (text.as_str(), 20, 31), ("200", 200, 201)] {
        let policy = RetryPolicy::new().longest_retry_after(Duration::from_secs(300)).budget(Duration::MAX);
        let server = Later(value.to_owned(), AtomicUsize::new(0));
        let client = Client::builder()
            .base_url("https://api.example.com")
            .anonymous()
            .retry(policy)
            .transport(server)
            .build()
            .unwrap();
        let started = tokio::time::Instant::now();
        let response = Api::new(&client).get_thing("a").send().await.unwrap();
        assert_eq!(response.attempts(), 2);
        let waited = started.elapsed().as_secs();
        assert!((least..most).contains(&waited), "{value}: {waited}");
    }
}

#[tokio::test]
async fn the_budget_in_attempts_and_time_holds() {
    let server = Server::always(Reply::status(503)).await;
    let api = Api::new(&client(&server));
    let mut call = api.get_thing("a");
    call.request_mut().attempts(2);
    assert_eq!(call.await.unwrap_err().attempts(), 2);
    let policy = support::quick().budget(Duration::ZERO);
    let error = Api::new(&builder(&server).retry(policy).build().unwrap()).get_thing("a").await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    let error =
        Api::new(&builder(&server).retry(RetryPolicy::never()).build().unwrap()).get_thing("a").await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_is_still_that_error() {
    let mut broken = head("404 Not Found", 500);
    broken.extend(br#"{"detailCode":"404"#);
    for fault in [Reply::Raw(broken.clone()), Reply::RawThenReset(broken)] {
        let server = Server::always(fault).await;
        let error = Api::new(&client(&server)).get_thing("a").await.unwrap_err();
        let Error::Api(error) = error else { panic!("{error}") };
        assert_eq!((error.status(), error.attempts()), (StatusCode::NOT_FOUND, 1));
        assert!(error.body().is_none() && error.text().starts_with("{\"detail"));
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed() {
    let other = Server::always(Reply::json(200, "{}")).await;
    for status in [301, 302, 303, 307, 308] {
        let target = format!("{}/v1/things/b?token=1", other.url());
        let server = Server::always(Reply::status(status).header("Location", &target)).await;
        let api = Api::new(&client(&server));
        let error = api.get_thing("a").await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(error.to_string().contains("redirects") && !error.to_string().contains("token="), "{error}");
        assert_eq!(api.create_thing(&json!(1)).await.unwrap_err().status().unwrap().as_u16(), status);
        let credentials = Client::builder().base_url(server.url()).client_credentials("i", "s").no_proxy();
        let error = Api::new(&credentials.build().unwrap()).get_thing("a").await.unwrap_err();
        assert!(matches!(error, Error::Auth(_)));
    }
    assert!(other.seen().is_empty(), "neither token nor body went to the other host");
}

#[tokio::test]
async fn a_redirect_within_the_host_is_followed_for_reading() {
    let server = Server::new(|request| match request.target.as_str() {
        "/v1/things/a" => Reply::status(301).header("Location", "/v1/things/b?x=1"),
        "/v1/things/b?x=1" => Reply::json(200, r#"{"b":1}"#),
        "/v1/things/loop" => Reply::status(302).header("Location", "loop"),
        _ => Reply::status(307).header("Location", "/elsewhere"),
    })
    .await;
    let api = Api::new(&client(&server));
    assert_eq!(api.get_thing("a").await.unwrap(), json!({"b": 1}));
    assert!(server.seen()[1].header("authorization").is_some());
    assert_eq!(api.get_thing("loop").await.unwrap_err().status(), Some(StatusCode::FOUND));
    assert_eq!(server.count("/v1/things/loop"), 6);
    assert_eq!(api.create_thing(&json!(1)).await.unwrap_err().status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(server.count("/elsewhere"), 0, "a body is not sent to where it was not meant for");
}

#[tokio::test]
async fn a_stale_connection_is_replaced_without_a_failed_call() {
    // The server closes each connection after its answer, without saying so.
    let mut answer = head("200 OK", 2);
    answer.extend(b"{}");
    let server = Server::always(Reply::Raw(answer)).await;
    let api = Api::new(&client(&server));
    for _ in 0..20 {
        api.get_thing("a").await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Fault: a response that is not HTTP was said to be a connection that broke.
#[tokio::test]
async fn a_header_that_is_not_http_is_said() {
    for raw in ["HTTP/1.1 200 OK\r\nGr\u{f6}\u{df}e: 1\r\nContent-Length: 2\r\n\r\n{}", "no HTTP at all\r\n\r\n"] {
        let server = Server::always(Reply::Raw(raw.into())).await;
        let (kind, _, text) = transport(Api::new(&client(&server)).create_thing(&json!(1)).await.unwrap_err());
        assert_eq!(kind, TransportErrorKind::Malformed, "{text}");
        assert!(text.contains("the response is not valid HTTP") && !text.contains("broke"), "{text}");
    }
}

/// Fault: every redirect that was not followed was said to lead to another host.
#[tokio::test]
async fn a_redirect_that_is_not_followed_says_why() {
    let server = Server::new(|request| match request.path() {
        "/v1/things/same" => Reply::status(304),
        "/v1/things/nowhere" => Reply::status(302),
        "/v1/things/odd" => Reply::status(302).header("Location", "http://[::"),
        "/v1/things/elsewhere" => Reply::status(302).header("Location", "https://other.test/"),
        "/v1/things" => Reply::status(307).header("Location", "/v1/other"),
        _ => Reply::status(302).header("Location", "/v1/things/circle"),
    })
    .await;
    let api = Api::new(&client(&server));
    for (name, says) in [
        ("same", "there is no body"),
        ("nowhere", "does not say where to"),
        ("odd", "does not say where to"),
        ("elsewhere", "to another host or scheme"),
        ("circle", "do not end"),
    ] {
        let text = api.get_thing(name).await.unwrap_err().to_string();
        assert!(text.contains(says), "{text}");
        assert_eq!(text.contains("another host"), name == "elsewhere", "{text}");
    }
    let text = api.create_thing(&json!(1)).await.unwrap_err().to_string();
    assert!(text.contains("redirects of a request that writes are not followed"), "{text}");
}
