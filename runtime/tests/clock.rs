//! What time limits count, on a clock that stands still until everybody waits.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test ends by panicking")]

mod support;

use std::time::Duration;

use openapi_client_runtime::{
    AuthError, Body, BoxFuture, Client, Error, RateLimit, Token, TokenProvider, Transport, TransportError,
};
use support::api::Api;
use support::paced;
use tokio::time::{Instant, sleep};

const MINUTE: Duration = Duration::from_secs(60);

/// Replies after a pause, with a body of chunks that arrive after pauses of their own.
#[derive(Clone, Copy)]
struct Slow {
    reply: Duration,
    chunk: Duration,
    chunks: u32,
    size: usize,
    media_type: &'static str,
}

impl Slow {
    /// Replies after a pause, and sends so many chunks of a hundred bytes, each after a pause.
    fn new(reply: Duration, chunk: Duration, chunks: u32) -> Self {
        Self { reply, chunk, chunks, size: 100, media_type: "text/csv" }
    }
}

impl Transport for Slow {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let Self { reply, chunk, chunks, size, media_type } = *self;
        Box::pin(async move {
            sleep(reply).await;
            let padded = format!("{{}}{:1$}", "", size - 2);
            let body = paced::body(chunk, chunks, padded);
            Ok(http::Response::builder().header("content-type", media_type).body(body).unwrap())
        })
    }
}

/// Gives a token after a pause.
struct SlowTokens(Duration);

impl TokenProvider for SlowTokens {
    fn token(&self) -> BoxFuture<'_, Result<Token, AuthError>> {
        Box::pin(async {
            sleep(self.0).await;
            Ok(Token::new("t"))
        })
    }
}

fn client(transport: Slow) -> openapi_client_runtime::ClientBuilder {
    Client::builder().base_url("https://api.example.com").transport(transport).attempt_timeout(MINUTE)
}

#[tokio::test(start_paused = true)]
async fn a_download_may_take_any_time_while_chunks_arrive() {
    let slow = Slow::new(MINUTE / 2, MINUTE * 2 / 3, 5);
    let client = client(slow).anonymous().build().unwrap();
    let started = Instant::now();
    let download = Api::new(&client).report().await.unwrap();
    assert_eq!(download.bytes(1_000).await.unwrap().len(), 500);
    assert!(started.elapsed() > MINUTE * 3, "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn the_time_of_the_reader_does_not_count_as_silence_of_the_server() {
    let slow = Slow::new(Duration::ZERO, MINUTE * 2 / 3, 3);
    let client = client(slow).anonymous().build().unwrap();
    let mut download = Api::new(&client).report().await.unwrap();
    for _ in 0..3 {
        assert_eq!(download.chunk().await.unwrap().unwrap().len(), 100);
        sleep(MINUTE * 2).await;
    }
    assert!(download.chunk().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_download_ends_when_the_server_is_silent_for_too_long() {
    let slow = Slow::new(Duration::ZERO, MINUTE + Duration::from_secs(1), 1);
    let client = client(slow).anonymous().build().unwrap();
    let download = Api::new(&client).report().await.unwrap();
    let started = Instant::now();
    assert!(download.bytes(100).await.unwrap_err().is_timeout());
    assert_eq!(started.elapsed().as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn the_time_for_an_attempt_begins_after_the_wait_for_a_token() {
    let slow = Slow::new(MINUTE * 2 / 3, Duration::ZERO, 1);
    let client = client(slow).token_provider(SlowTokens(MINUTE * 2 / 3)).build().unwrap();
    let started = Instant::now();
    Api::new(&client).get_thing("a").await.unwrap();
    assert_eq!(started.elapsed().as_secs(), 80);
}

#[tokio::test(start_paused = true)]
async fn the_time_for_an_attempt_begins_after_the_wait_for_the_rate_limit() {
    let slow = Slow::new(MINUTE * 2 / 3, Duration::ZERO, 1);
    let limit = RateLimit::new(1, MINUTE * 2);
    let client = client(slow).anonymous().rate_limit(limit).build().unwrap();
    let api = Api::new(&client);
    api.get_thing("a").await.unwrap();
    api.get_thing("b").await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_attempt_ends_after_a_minute_where_nothing_else_is_set() {
    let slow = Slow::new(MINUTE * 2, Duration::ZERO, 1);
    let builder = Client::builder().base_url("https://api.example.com").transport(slow).anonymous();
    let client = builder.retry(openapi_client_runtime::RetryPolicy::never()).build().unwrap();
    let started = Instant::now();
    let error = Api::new(&client).get_thing("a").await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if error.is_timeout()), "{error}");
    assert_eq!(started.elapsed().as_secs(), 60);
}
