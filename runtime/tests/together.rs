//! Many calls of one client at once: places in the queue, tokens, and what they spend on retries together.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test or measurement ends by panicking")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use openapi_client_runtime::{
    AuthError, Body, BoxFuture, Client, ClientBuilder, Error, RateLimit, RetryPolicy, StatusCode, Token, TokenProvider,
    Transport, TransportError,
};
use support::api::Api;
use support::{Reply, Server, quick};
use tokio::time::Instant;

/// A server in memory with tokens that end: it knows when each was issued, and refuses one that is over.
#[derive(Clone)]
struct Tokens(Arc<Inner>);

struct Inner {
    life: Duration,
    issued: Mutex<Vec<Instant>>,
    calls: Mutex<Vec<Instant>>,
    refused: AtomicUsize,
    /// What a call gets, if not success.
    fault: Box<dyn Fn(usize) -> Option<http::Response<Body>> + Send + Sync>,
}

impl Tokens {
    fn new(life: u64, fault: impl Fn(usize) -> Option<http::Response<Body>> + Send + Sync + 'static) -> Self {
        let life = Duration::from_secs(life);
        let (issued, calls, refused) = Default::default();
        Self(Arc::new(Inner { life, issued, calls, refused, fault: Box::new(fault) }))
    }

    fn client(&self) -> ClientBuilder {
        Client::builder().base_url("https://acme.test").token_provider(self.clone()).transport(self.clone())
    }
}

impl TokenProvider for Tokens {
    fn token(&self) -> BoxFuture<'_, Result<Token, AuthError>> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let mut issued = self.0.issued.lock().unwrap();
            issued.push(Instant::now());
            Ok(Token::new(issued.len().to_string()).expires_in(self.0.life))
        })
    }
}

impl Transport for Tokens {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let token = request.headers()["authorization"].to_str().unwrap().strip_prefix("Bearer ").unwrap();
        let issued = self.0.issued.lock().unwrap()[token.parse::<usize>().unwrap() - 1];
        let mut calls = self.0.calls.lock().unwrap();
        calls.push(Instant::now());
        let number = calls.len();
        Box::pin(async move {
            if issued.elapsed() >= self.0.life {
                self.0.refused.fetch_add(1, Ordering::SeqCst);
                return Ok(http::Response::builder().status(401).body(Body::from("{}")).unwrap());
            }
            Ok((self.0.fault)(number).unwrap_or_else(|| http::Response::new(Body::from("{}"))))
        })
    }
}

fn status(status: u16) -> Option<http::Response<Body>> {
    Some(http::Response::builder().status(status).body(Body::from("{}")).unwrap())
}

/// Fault: the token was taken before the wait for the limit, so that 5,003 of these calls were refused.
#[tokio::test(start_paused = true)]
async fn twenty_thousand_calls_at_once_are_all_sent_with_a_token_that_is_good() {
    let server = Tokens::new(749, |_| None);
    let client = server.client().rate_limit(RateLimit::new(100, Duration::from_secs(10))).build().unwrap();
    let tasks: Vec<_> = (0..20_000)
        .map(|_| {
            let api = Api::new(&client);
            tokio::spawn(async move { api.get_thing("a").await.map(drop) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let calls = server.0.calls.lock().unwrap().clone();
    assert_eq!((calls.len(), server.0.refused.load(Ordering::SeqCst)), (20_000, 0));
    for (early, late) in calls.iter().zip(&calls[100..]) {
        assert!(*late - *early >= Duration::from_secs(10), "no window holds more than the limit");
    }
    assert_eq!(server.0.issued.lock().unwrap().len(), 3, "2,000 seconds of 689 each");
}

/// Fault: the time in the client's own queue was charged to the budget for retries.
#[tokio::test(start_paused = true)]
async fn the_queue_does_not_cost_the_budget_for_retries() {
    // Every call fails once. The last of them stand in the queue for longer than the budget.
    let server = Tokens::new(100_000, |number| if number <= 60 { status(503) } else { None });
    let client = server.client().rate_limit(RateLimit::new(2, Duration::from_secs(10)));
    let client = client.retry(RetryPolicy::new().budget(Duration::from_secs(60))).build().unwrap();
    let tasks: Vec<_> = (0..60)
        .map(|_| {
            let api = Api::new(&client);
            tokio::spawn(async move { api.get_thing("a").await.map(drop) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
}

/// Fault: calls that were dropped kept their places.
#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_gives_its_place_back() {
    let server = Tokens::new(100_000, |_| None);
    let client = server.client().rate_limit(RateLimit::new(100, Duration::from_secs(1))).build().unwrap();
    let call = || {
        let api = Api::new(&client);
        tokio::spawn(async move { api.get_thing("a").await.map(drop) })
    };
    for _ in 0..100 {
        call().await.unwrap().unwrap();
    }
    let dropped: Vec<_> = (0..2_000).map(|_| call()).collect();
    tokio::task::yield_now().await;
    dropped.iter().for_each(tokio::task::JoinHandle::abort);
    let started = Instant::now();
    call().await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

/// Fault: a token fetch ended with the call that had begun it: 300 ms for a token, 250 ms for a call, and no call came through.
#[tokio::test(start_paused = true)]
async fn a_token_fetch_outlives_the_call_that_began_it() {
    let server = Tokens::new(749, |_| None);
    let client = server.client().timeout(Duration::from_millis(250)).build().unwrap();
    let mut succeeded = 0;
    for _ in 0..40 {
        succeeded += usize::from(Api::new(&client).get_thing("a").await.is_ok());
    }
    assert_eq!((succeeded, server.0.issued.lock().unwrap().len()), (39, 1));
}

/// Fault: credentials that are refused were asked for again by each call.
#[tokio::test]
async fn refused_credentials_are_not_tried_again_at_once() {
    let server = Server::always(Reply::json(401, r#"{"error":"invalid_client"}"#)).await;
    let client = Client::builder().base_url(server.url()).client_credentials("i", "s").token_url("/oauth/token");
    let client = client.retry(quick()).build().unwrap();
    for _ in 0..100 {
        let error = Api::new(&client).get_thing("a").await.unwrap_err();
        assert!(error.is_unauthorized() && error.to_string().contains("not asked for again within"), "{error}");
        assert!(error.retry_after().is_some_and(|wait| wait <= Duration::from_secs(10)));
    }
    assert_eq!(server.seen().len(), 1);
    support::later(Duration::from_secs(11)).await;
    Api::new(&client).get_thing("a").await.unwrap_err();
    assert_eq!(server.seen().len(), 2);
}

/// Fault: an API that refuses every token, or a token that is over at once, cost a token call for each call.
#[tokio::test]
async fn tokens_that_are_of_no_use_are_not_fetched_again_and_again() {
    for (answer, life) in [(401, 749), (200, 0)] {
        let server = Server::new(move |request| match request.path() {
            "/oauth/token" => Reply::json(200, format!(r#"{{"access_token":"t","expires_in":{life}}}"#)),
            _ => Reply::json(answer, "{}"),
        })
        .await;
        let client = Client::builder().base_url(server.url()).client_credentials("i", "s").token_url("/oauth/token");
        let client = client.retry(quick()).build().unwrap();
        for _ in 0..50 {
            let result = Api::new(&client).get_thing("a").await;
            assert_eq!(result.map_or_else(|error| error.status().unwrap().as_u16(), |_| 200), answer);
        }
        assert!(server.count("/oauth/token") <= 2, "{}", server.count("/oauth/token"));
    }
}

/// Fault: retries were bounded for each call only, so that many calls together kept a struggling server down.
#[tokio::test(start_paused = true)]
async fn all_calls_share_what_they_spend_on_retries() {
    let down = || Tokens::new(100_000, |_| status(503));
    for (policy, sent) in [
        (RetryPolicy::new(), 200 + 100),
        (RetryPolicy::new().shared_tokens(Some(50)), 200 + 10),
        (RetryPolicy::new().shared_tokens(None), 200 * 4),
    ] {
        let server = down();
        let client = server.client().retry(policy).build().unwrap();
        for _ in 0..200 {
            let error = Api::new(&client).get_thing("a").await.unwrap_err();
            assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
        }
        assert_eq!(server.0.calls.lock().unwrap().len(), sent);
    }
}

/// Fault: while one call waited out a 429, the others of the client were sent as if nothing had been said.
#[tokio::test(start_paused = true)]
async fn a_429_holds_the_other_calls_back_too() {
    let server = Tokens::new(100_000, |number| {
        let limited = http::Response::builder().status(429).header("Retry-After", "30").body(Body::from("{}"));
        (number == 1).then(|| limited.unwrap())
    });
    let client = server.client().build().unwrap();
    let api = Api::new(&client);
    let first = tokio::spawn({
        let api = Api::new(&client);
        async move { api.get_thing("a").await.map(drop) }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    let started = Instant::now();
    let mut hasty = api.get_thing("b");
    hasty.request_mut().timeout(Duration::from_secs(5));
    assert!(matches!(hasty.await, Err(Error::Transport(error)) if error.is_timeout()));
    assert_eq!(started.elapsed(), Duration::ZERO, "who cannot wait is told at once");
    api.get_thing("b").await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(28), "{:?}", started.elapsed());
    first.await.unwrap().unwrap();
}

/// Fault: a file that was lost between two attempts hid what the server had said.
#[tokio::test]
async fn a_file_lost_between_attempts_does_not_hide_the_failure() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let part = openapi_client_runtime::FilePart::from_path(file.path()).unwrap();
    let file = Mutex::new(Some(file));
    let server = Server::new(move |_| {
        drop(file.lock().unwrap().take());
        Reply::status(503)
    })
    .await;
    let error = Api::new(&support::client(&server)).upload(part).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::SERVICE_UNAVAILABLE), 1), "{error}");
}
