//! What users can see of a call, put around it, and put in its place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test or measurement ends by panicking")]

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use openapi_client_runtime::{
    Attempt, Body, BoxError, BoxFuture, Client, Error, Finished, Middleware, RateLimit, Transport, TransportError,
    TransportErrorKind,
};
use serde_json::json;
use support::api::Api;
use support::log::Log;
use support::{Reply, Server, builder, client};
use tokio::time::Instant;

#[tokio::test]
async fn a_call_is_one_span_with_the_usual_names() {
    let server = Server::script([
        Reply::status(503),
        Reply::json(404, r#"{"trackingId":"t-17"}"#),
        Reply::json(200, "{}").header("Tracking-ID", "t-18"),
    ])
    .await;
    let api = Api::new(&client(&server));
    let (log, guard) = Log::start();
    api.get_thing("secret-name").secret_filter("secret-query").await.unwrap_err();
    api.get_thing("secret-name").await.unwrap();
    drop(guard);
    let text = log.ours().join("\n");
    for part in [
        "span 1 openapi_client call; otel.kind=client; openapi.operation=getThing; url.template=/v1/things/{name}",
        "otel.name=GET /v1/things/{name}",
        "http.request.method=GET",
        "server.address=127.0.0.1",
        &format!("server.port={}", server.address().port()),
        "event WARN openapi_client ; ",
        "message=the call is retried",
        "openapi.operation=getThing; openapi.attempts=1; http.response.status_code=503; wait_ms=",
        "http.response.status_code=404",
        "http.response.body.size=21",
        "openapi.tracking_id=t-17",
        "otel.status_code=ERROR",
        "error.type=404",
        "openapi.attempts=2",
        "http.request.resend_count=1",
        "http.client.request.duration=",
        "span 2 openapi_client call",
        "openapi.tracking_id=t-18",
        "http.response.status_code=200",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!log.text().contains("secret"), "{}", log.text());
}

#[tokio::test]
async fn tokens_and_failures_are_told_too() {
    let server = Server::script([
        Reply::json(200, r#"{"access_token":"hidden-token","expires_in":700}"#),
        Reply::json(401, "{}"),
        Reply::json(400, r#"{"error":"invalid_client","error_description":"hidden-secret is wrong"}"#),
    ])
    .await;
    let client = Client::builder().base_url(server.url()).client_credentials("id", "hidden-secret").no_proxy();
    let client = client.build().unwrap();
    let (log, guard) = Log::start();
    Api::new(&client).get_thing("a").await.unwrap_err();
    drop(guard);
    let text = log.ours().join("\n");
    for part in [
        "openapi.operation=oauthToken",
        "message=an access token was fetched",
        "message=the access token was refused",
        "message=no access token",
        "[redacted] is wrong",
        "error.type=auth",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!log.text().contains("hidden"), "{}", log.text());
}

#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Middleware for Notes {
    fn before(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        self.0.lock().unwrap().push(format!("{} {}", attempt.operation().id, attempt.number()));
        assert!(attempt.headers().get("authorization").is_none_or(|value| value.is_sensitive()));
        let shown = format!("{attempt:?}");
        assert!(shown.contains("user-agent") && !shown.contains("openapi-client-runtime/"), "{shown}");
        attempt.headers_mut().insert("x-trace", "abc".parse().unwrap());
        match attempt.operation().id {
            "deleteThing" => Err("not on a Sunday".into()),
            _ => Ok(()),
        }
    }

    fn after(&self, attempt: &Finished<'_>) {
        let result = match attempt.result() {
            Ok((status, headers)) => format!("{status} {}", headers.len()),
            Err(error) => format!("{:?}", error.kind()),
        };
        assert!(attempt.duration() > Duration::ZERO);
        assert!(!format!("{attempt:?}").contains("content-type"));
        self.0.lock().unwrap().push(format!("{} {} {result}", attempt.operation().id, attempt.number()));
    }
}

#[tokio::test]
async fn middleware_sees_and_changes_every_attempt() {
    let server = Server::script([Reply::status(503), Reply::Raw(Vec::new()), Reply::json(200, "{}")]).await;
    let notes = Notes::default();
    let client = builder(&server).middleware(notes.clone()).build().unwrap();
    let api = Api::new(&client);
    api.get_thing("a").await.unwrap();
    let seen = notes.0.lock().unwrap().clone();
    assert_eq!(
        seen,
        [
            "getThing 1",
            "getThing 1 503 Service Unavailable 1",
            "getThing 2",
            "getThing 2 Broken",
            "getThing 3",
            "getThing 3 200 OK 2"
        ]
    );
    assert!(server.seen().iter().all(|request| request.header("x-trace") == Some("abc")));
    let error = api.delete_thing().await.unwrap_err();
    assert!(matches!(error, Error::Request(_)));
    assert!(format!("{error:#}").contains("not on a Sunday"), "{error:#}");
    assert_eq!(server.seen().len(), 3);
}

/// A server in memory.
struct Memory;

impl Transport for Memory {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.bytes().await.unwrap();
            if head.uri.path().ends_with("/fail") {
                return Err(TransportError::new(TransportErrorKind::Broken, "pulled the plug"));
            }
            let answer = json!({
                "method": head.method.as_str(),
                "uri": head.uri.to_string(),
                "accept": head.headers["accept"].to_str().unwrap(),
                "authorized": head.headers.contains_key("authorization"),
                "body": String::from_utf8_lossy(&body),
            });
            Ok(http::Response::builder().status(201).body(answer.to_string().into()).unwrap())
        })
    }
}

#[tokio::test]
async fn a_program_is_tested_without_a_server() {
    let client = Client::builder()
        .base_url("https://api.example.com")
        .bearer_token("t")
        .transport(Memory)
        .retry(support::quick());
    let client = client.build().unwrap();
    let api = Api::new(&client);
    let answer = api.get_thing("ä").locale("de").await.unwrap();
    assert_eq!(
        answer,
        json!({
            "method": "GET", "accept": "application/json", "authorized": true, "body": "",
            "uri": "https://api.example.com/v1/things/%C3%A4?locale=de",
        })
    );
    assert_eq!(api.create_thing(&json!([1])).await.unwrap()["body"], "[1]");
    let file = openapi_client_runtime::FilePart::from_text("a.xml", "<a/>");
    api.upload(file).send().await.unwrap();
    let error = api.get_thing("fail").await.unwrap_err();
    assert_eq!(error.attempts(), 4);
    assert!(format!("{error:#}").contains("pulled the plug"), "{error:#}");
}

#[tokio::test]
async fn an_own_http_client_and_own_headers_are_used() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let http = reqwest::Client::builder().tls_backend_preconfigured(no_tls()).no_proxy().user_agent("own").build();
    let client = builder(&server)
        .http_client(http.unwrap())
        .default_header("X-Team", "identity")
        .user_agent("acme-audit/1.4")
        .build()
        .unwrap();
    let api = Api::new(&client);
    api.get_thing("a").await.unwrap();
    let mut call = api.get_thing("a");
    call.request_mut().header("X-Team", &"other");
    call.await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].header("x-team"), Some("identity"));
    assert_eq!(seen[1].header("x-team"), Some("other"));
    assert!(seen[0].header("user-agent").unwrap().starts_with("acme-audit/1.4 openapi-client-runtime/"));
    assert!(builder(&server).default_header("x", "a\nb").build().is_err());
}

#[tokio::test]
async fn an_own_http_client_that_leaves_the_host_is_found_out() {
    let other = Server::new(|request| match request.path() {
        "/first" => Reply::status(302).header("Location", "/second"),
        _ => Reply::json(200, "{}"),
    })
    .await;
    for (target, requests) in [("second", 1), ("first", 2)] {
        let target = format!("{}/{target}", other.url());
        let server = Server::always(Reply::status(302).header("Location", &target)).await;
        let http = reqwest::Client::builder().tls_backend_preconfigured(no_tls()).no_proxy().build().unwrap();
        let client = builder(&server).http_client(http).build().unwrap();
        let before = other.seen().len();
        let error = Api::new(&client).get_thing("a").await.unwrap_err();
        let Error::Transport(error) = error else { panic!("{error}") };
        assert_eq!((error.kind(), error.attempts()), (TransportErrorKind::Redirected, 1), "{error}");
        assert!(error.to_string().contains("Policy::none()"), "{error}");
        let seen = other.seen().split_off(before);
        assert_eq!(seen.len(), requests, "it is not repeated");
        assert_eq!(seen[0].header("authorization"), None, "reqwest takes it off for the first request there");
        // What `http_client` warns of; once this fails, reqwest has mended it, and the warning can say less.
        assert!(seen[1..].iter().all(|request| request.header("authorization").is_some()));
    }
    // Within the host all is well, whoever follows.
    let server = Server::new(|request| match request.path() {
        "/v1/things/a" => Reply::status(302).header("Location", "/v1/things/b"),
        _ => Reply::json(200, "{}"),
    })
    .await;
    for policy in [reqwest::redirect::Policy::none(), reqwest::redirect::Policy::default()] {
        let http = reqwest::Client::builder().tls_backend_preconfigured(no_tls()).no_proxy().redirect(policy);
        let client = builder(&server).http_client(http.build().unwrap()).build().unwrap();
        Api::new(&client).get_thing("a").await.unwrap();
        assert!(server.seen().last().unwrap().header("authorization").is_some());
    }
}

fn no_tls() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

#[tokio::test]
async fn a_proxy_is_used_for_calls_and_tokens() {
    let proxy = Server::new(|request| match request.target.as_str() {
        "http://server.test/oauth/token" => Reply::json(200, r#"{"access_token":"t","expires_in":700}"#),
        "http://server.test/v1/things/a" => Reply::json(200, "{}"),
        _ => Reply::status(418),
    })
    .await;
    let url = format!("http://me:hidden@{}", proxy.address());
    let client = Client::builder()
        .base_url("http://server.test")
        .allow_plain_http()
        .client_credentials("i", "s")
        .proxy(&url)
        .build()
        .unwrap();
    Api::new(&client).get_thing("a").await.unwrap();
    assert_eq!(proxy.seen().len(), 2);
    assert!(proxy.seen().iter().all(|request| request.header("proxy-authorization").is_some()));
    assert!(!format!("{client:?}").contains("hidden"));
    let error = Client::builder().base_url("http://a.test").anonymous().proxy("not hidden a url").build().unwrap_err();
    assert!(error.to_string().contains("proxy") && !error.to_string().contains("hidden"), "{error}");
}

/// Fault: plain HTTP to this machine went through the environment's proxy, with the client secret and the token.
#[tokio::test]
async fn the_proxy_of_the_environment_is_not_used_for_this_machine() {
    const CHILD: &str = "RUNTIME_TEST_SERVER";
    if let Ok(url) = std::env::var(CHILD) {
        let client = Client::builder().base_url(url).client_credentials("i", "s").build().unwrap();
        return drop(Api::new(&client).get_thing("a").await.unwrap());
    }
    let server = Server::new(|request| match request.path() {
        "/oauth/token" => Reply::json(200, r#"{"access_token":"t","expires_in":700}"#),
        _ => Reply::json(200, "{}"),
    })
    .await;
    let proxy = Server::always(Reply::status(418)).await;
    // The environment of a process is read by all of its threads, so another process gets this one.
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "the_proxy_of_the_environment_is_not_used_for_this_machine"]).env(CHILD, server.url());
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        child.env(name, proxy.url());
    }
    child.env_remove("no_proxy").env_remove("NO_PROXY").stdout(std::process::Stdio::null());
    let ended = tokio::task::spawn_blocking(move || child.status().unwrap()).await.unwrap();
    assert!(ended.success());
    assert_eq!((server.seen().len(), proxy.seen().len()), (2, 0));
}

/// Notes when requests come.
#[derive(Clone, Default)]
struct Clocked(Arc<Mutex<Vec<Instant>>>);

impl Transport for Clocked {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.lock().unwrap().push(Instant::now());
        Box::pin(async { Ok(http::Response::new(Body::from("{}"))) })
    }
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_holds_over_all_clones() {
    let window = Duration::from_secs(10);
    let server = Clocked::default();
    let limited = |limit| {
        let builder = Client::builder().base_url("https://api.example.com").anonymous().transport(server.clone());
        builder.rate_limit(limit).build().unwrap()
    };
    let client = limited(RateLimit::new(5, window));
    let started = Instant::now();
    let tasks: Vec<_> = (0..12)
        .map(|_| {
            let api = Api::new(&client.clone());
            tokio::spawn(async move { api.get_thing("a").await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let arrivals = std::mem::take(&mut *server.0.lock().unwrap());
    let seconds: Vec<u64> = arrivals.iter().map(|arrival| (*arrival - started).as_secs()).collect();
    assert_eq!(seconds, [0, 0, 0, 0, 0, 10, 10, 10, 10, 10, 20, 20]);

    // A call that would have to wait longer than it may take says so at once.
    let hour = Duration::from_secs(3_600);
    let api = Api::new(&limited(RateLimit::new(1, hour)));
    let first = Instant::now();
    api.get_thing("a").await.unwrap();
    for _ in 0..10 {
        let mut call = api.get_thing("a");
        call.request_mut().timeout(Duration::from_secs(5));
        let error = call.await.unwrap_err();
        assert!(matches!(&error, Error::Transport(error) if error.is_timeout() && error.attempts() == 0), "{error}");
    }
    // And does not make it later for those who can wait.
    api.get_thing("a").await.unwrap();
    assert!((hour..hour + window).contains(&first.elapsed()), "{:?}", first.elapsed());
}

/// An id of the client's own goes with every attempt of a call, and into its span.
#[tokio::test]
async fn a_call_has_an_id_of_the_clients_own() {
    let server = Server::script([Reply::status(503), Reply::json(200, "{}"), Reply::json(200, "{}")]).await;
    let client = builder(&server).request_id_header("X-Request-Id").build().unwrap();
    let (log, guard) = Log::start();
    for _ in 0..2 {
        Api::new(&client).get_thing("a").await.unwrap();
    }
    drop(guard);
    let ids: Vec<_> = server.seen().iter().map(|request| request.header("x-request-id").unwrap().to_owned()).collect();
    assert_eq!(ids[0], ids[1]);
    assert!(ids[0] != ids[2] && ids[0].len() == 32, "{ids:?}");
    assert!(log.text().contains(&format!("openapi.request_id={}", ids[0])), "{}", log.text());
    assert!(builder(&server).request_id_header("no header").build().is_err());
}

/// Which attempts are worth a retry can be decided by a program's own rules, and by status.
#[tokio::test]
async fn retries_are_decided_by_own_rules() {
    let policy = support::quick().classify(|attempt| match attempt.status()?.as_u16() {
        409 => Some(attempt.number() < 3 && attempt.headers()?.contains_key("x-again")),
        503 => Some(false),
        _ => None,
    });
    let again = || Reply::json(409, "{}").header("X-Again", "1");
    for (replies, attempts) in [
        (vec![again(), again(), again()], 3),
        (vec![Reply::json(409, "{}")], 1),
        (vec![Reply::status(503)], 1),
        (vec![Reply::status(502), Reply::json(404, "{}")], 2),
    ] {
        let server = Server::script(replies).await;
        let client = builder(&server).retry(policy.clone()).build().unwrap();
        let error = Api::new(&client).get_thing("a").await.unwrap_err();
        assert_eq!(error.attempts(), attempts, "{error}");
    }
    let server = Server::script([Reply::status(408), Reply::status(500), Reply::json(200, "{}")]).await;
    let statuses = [http::StatusCode::REQUEST_TIMEOUT, http::StatusCode::INTERNAL_SERVER_ERROR];
    let policy = statuses.into_iter().fold(support::quick(), openapi_client_runtime::RetryPolicy::status);
    Api::new(&builder(&server).retry(policy).build().unwrap()).get_thing("a").await.unwrap();
}

/// The options of one call are chained before it is awaited, sent or streamed.
#[tokio::test]
async fn a_call_has_options_of_its_own() {
    use std::time::Duration;

    let server = Server::new(|request| match request.path() {
        "/v1/things" => Reply::json(503, "{}"),
        "/v1/things/slow" => Reply::Hang(Vec::new()),
        _ => Reply::json(200, "\"0123456789\""),
    })
    .await;
    let api = Api::new(&client(&server));
    api.get_thing("a").with_header("X-Team", "identity").await.unwrap();
    assert_eq!(server.only().header("x-team"), Some("identity"));
    let error = api.get_thing("a").with_max_body(5).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert_eq!(api.list_things().with_attempts(2).stream().try_collect().await.unwrap_err().attempts(), 2);
    assert_eq!(api.create_thing(&json!(1)).await.unwrap_err().attempts(), 1);
    assert_eq!(api.create_thing(&json!(1)).with_repeatable(true).send().await.unwrap_err().attempts(), 4);
    let brief = Duration::from_millis(30);
    let error = api.get_thing("slow").with_attempt_timeout(brief).with_attempts(2).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 2, "{error}");
    let error = api.get_thing("slow").with_timeout(brief).await.unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 1, "{error}");
}
