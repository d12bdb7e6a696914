//! Access tokens: fetched once, shared, renewed, and never sent where they do not belong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::unreachable,
    reason = "a failed test or measurement ends by panicking"
)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use openapi_client_runtime::{
    AuthError, Body, BoxFuture, Client, ClientBuilder, Error, StatusCode, Token, TokenProvider, Transport,
    TransportError,
};
use support::api::Api;
use support::{Recorded, Reply, Server, quick};

const ID: &str = "client id";
const SECRET: &str = "s&cret=+/ä";

fn oauth(server: &Server) -> ClientBuilder {
    Client::builder().base_url(server.url()).client_credentials(ID, SECRET).no_proxy().retry(quick())
}

fn granted(number: usize, seconds: &str) -> Reply {
    let body = format!(r#"{{"access_token":"token-{number}","token_type":"bearer","expires_in":{seconds}}}"#);
    Reply::json(200, body)
}

/// A server that numbers its tokens and answers calls by `calls`.
async fn numbering(seconds: &'static str, calls: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Server {
    let issued = AtomicUsize::new(0);
    Server::new(move |request| match request.path() {
        "/oauth/token" => granted(issued.fetch_add(1, Ordering::SeqCst) + 1, seconds),
        _ => calls(request),
    })
    .await
}

fn bearer(request: &Recorded) -> &str {
    request.header("authorization").unwrap().strip_prefix("Bearer ").unwrap()
}

#[tokio::test]
async fn client_credentials_are_exchanged_for_a_token() {
    let server = numbering("749", |_| Reply::json(200, "{}")).await;
    let client = oauth(&server).build().unwrap();
    Api::new(&client).get_thing("a").await.unwrap();
    Api::new(&client.clone()).get_thing("b").await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 3, "{seen:?}");
    let token = &seen[0];
    assert_eq!((token.method.as_str(), token.target.as_str()), ("POST", "/oauth/token"));
    assert_eq!(token.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(token.header("authorization"), None);
    assert_eq!(
        token.text(),
        "grant_type=client_credentials&client_id=client%20id&client_secret=s%26cret%3D%2B%2F%C3%A4"
    );
    assert!(seen[1..].iter().all(|request| bearer(request) == "token-1"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_of_two_hundred_tasks_need_one_token() {
    let server = numbering("749", |_| Reply::json(200, "{}")).await;
    let client = oauth(&server).build().unwrap();
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let api = Api::new(&client);
            tokio::spawn(async move {
                for _ in 0..50 {
                    api.get_thing("a").await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(server.count("/oauth/token"), 1);
    assert_eq!(server.count("/v1/things/a"), 10_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_the_server_ends_in_mid_run_is_renewed_once() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    // The first token is refused from the hundredth call on, whatever was said of its life.
    let server = numbering("749", move |request| {
        let number = counted.fetch_add(1, Ordering::SeqCst);
        match bearer(request) {
            "token-1" if number >= 100 => Reply::json(401, r#"{"error":"JWT is expired"}"#),
            _ => Reply::json(200, "{}"),
        }
    })
    .await;
    let client = oauth(&server).build().unwrap();
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let api = Api::new(&client);
            tokio::spawn(async move {
                for _ in 0..20 {
                    api.get_thing("a").await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(server.count("/oauth/token"), 2);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    // A minute before it expires, that is after 689 seconds.
    let server = numbering("749", |_| Reply::json(200, "{}")).await;
    let client = oauth(&server).build().unwrap();
    let api = Api::new(&client);
    api.get_thing("a").await.unwrap();
    support::later(Duration::from_secs(680)).await;
    api.get_thing("a").await.unwrap();
    assert_eq!(server.count("/oauth/token"), 1);
    support::later(Duration::from_secs(10)).await;
    api.get_thing("a").await.unwrap();
    assert_eq!(server.count("/oauth/token"), 2);
    let seen = server.seen();
    assert_eq!(bearer(&seen[1]), "token-1");
    assert_eq!(bearer(seen.last().unwrap()), "token-2");
}

#[tokio::test]
async fn an_early_renewal_that_fails_does_not_fail_the_call() {
    let issued = AtomicUsize::new(0);
    let server = Server::new(move |request| match request.path() {
        "/oauth/token" if issued.fetch_add(1, Ordering::SeqCst) == 0 => granted(1, "749"),
        "/oauth/token" => Reply::json(400, "{}"),
        _ => Reply::json(200, "{}"),
    })
    .await;
    let client = oauth(&server).build().unwrap();
    let api = Api::new(&client);
    api.get_thing("a").await.unwrap();
    support::later(Duration::from_secs(700)).await;
    api.get_thing("a").await.unwrap();
    api.get_thing("a").await.unwrap();
    assert_eq!(server.count("/oauth/token"), 2, "a failed early renewal is not tried again at once");
    assert_eq!(bearer(server.seen().last().unwrap()), "token-1");
    support::later(Duration::from_secs(11)).await;
    api.get_thing("a").await.unwrap();
    assert_eq!(server.count("/oauth/token"), 3, "but a little later");
    support::later(Duration::from_secs(60)).await;
    let error = api.get_thing("a").await.unwrap_err();
    assert!(matches!(error, Error::Auth(_)), "what has expired is not sent");
}

/// A provider whose second token never comes, and a server that answers everything.
struct Stuck(AtomicUsize);

impl TokenProvider for Stuck {
    fn token(&self) -> BoxFuture<'_, Result<Token, AuthError>> {
        match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => Box::pin(async { Ok(Token::new("first").expires_in(Duration::from_secs(100))) }),
            _ => Box::pin(std::future::pending()),
        }
    }
}

impl Transport for Stuck {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async { Ok(http::Response::new(Body::from("{}"))) })
    }
}

#[tokio::test(start_paused = true)]
async fn an_early_renewal_that_hangs_holds_up_one_call_for_a_little_while() {
    let client = Client::builder().base_url("https://api.example.com").token_provider(Stuck(AtomicUsize::new(0)));
    let client = client.transport(Stuck(AtomicUsize::new(0))).build().unwrap();
    let api = Api::new(&client);
    let timed = async || {
        let started = tokio::time::Instant::now();
        api.get_thing("a").await.map(|_| started.elapsed())
    };
    assert_eq!(timed().await.unwrap(), Duration::ZERO);
    tokio::time::advance(Duration::from_secs(85)).await;
    let (renewing, other) = tokio::join!(timed(), timed());
    assert!((Duration::from_secs(5)..Duration::from_secs(6)).contains(&renewing.unwrap()));
    assert_eq!(other.unwrap(), Duration::ZERO);
    assert_eq!(timed().await.unwrap(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn an_early_renewal_that_hangs_leaves_a_call_the_time_to_be_sent() {
    let client = Client::builder().base_url("https://api.example.com").token_provider(Stuck(AtomicUsize::new(0)));
    let client = client.transport(Stuck(AtomicUsize::new(0))).timeout(Duration::from_secs(1)).build().unwrap();
    let api = Api::new(&client);
    for _ in 0..2 {
        api.get_thing("a").await.unwrap();
        tokio::time::advance(Duration::from_secs(85)).await;
    }
    // Expired by now: without a token in time, the call ends in time.
    let error = api.get_thing("a").await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if error.is_timeout()), "{error}");
}

#[tokio::test]
async fn a_401_is_replayed_once_and_then_stands() {
    let server = numbering("749", |_| Reply::json(401, r#"{"error":"JWT validation failed"}"#)).await;
    let client = oauth(&server).build().unwrap();
    let error = Api::new(&client).create_thing(&serde_json::json!({"a": 1})).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(error.attempts(), 2);
    let seen = server.seen();
    assert_eq!(
        seen.iter().map(Recorded::path).collect::<Vec<_>>(),
        ["/oauth/token", "/v1/things", "/oauth/token", "/v1/things"]
    );
    assert_eq!((bearer(&seen[1]), bearer(&seen[3])), ("token-1", "token-2"));
    assert_eq!(seen[1].body, seen[3].body);
}

#[tokio::test]
async fn a_static_token_is_not_replayed() {
    let server = Server::always(Reply::json(401, "{}")).await;
    let error = Api::new(&support::client(&server)).get_thing("a").await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::UNAUTHORIZED), 1));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_refused_token_call_says_so() {
    let echo = r#"{"error":"invalid_client","error_description":"no client with s&cret=+/ä","trackingId":"t-1"}"#;
    let server = Server::always(Reply::json(401, echo)).await;
    let client = oauth(&server).build().unwrap();
    let error = Api::new(&client).get_thing("a").await.unwrap_err();
    let text = format!("{error} {error:?} {client:?}");
    assert!(text.contains("no access token: the token endpoint returned 401 Unauthorized: invalid_client"), "{text}");
    assert!(text.contains("check the client id") && !text.contains(SECRET), "{text}");
    let Error::Auth(error) = error else { panic!("{error}") };
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(error.text(), echo);
    assert_eq!(server.seen().len(), 1, "the call was not sent");
}

#[tokio::test]
async fn an_answer_without_a_token_is_an_error() {
    for body in ["", "{}", "[]", "null", r#"{"access_token":""}"#, r#"{"access_token":7}"#, "<html>", "{\"access_token"]
    {
        let server = Server::always(Reply::json(200, body)).await;
        let error = Api::new(&oauth(&server).build().unwrap()).get_thing("a").await.unwrap_err();
        assert!(matches!(&error, Error::Auth(error) if error.status() == Some(StatusCode::OK)), "{error}");
    }
    // A life that is missing, odd or over is not a reason to refuse the token.
    for seconds in ["null", "\"300\"", "0", "-5", "1e300", "\"soon\"", "1.5"] {
        let server = numbering(seconds, |_| Reply::json(200, "{}")).await;
        Api::new(&oauth(&server).build().unwrap()).get_thing("a").await.unwrap();
    }
    let server = numbering("\"a\\nb\"", |_| Reply::json(200, "{}")).await;
    Api::new(&oauth(&server).build().unwrap()).get_thing("a").await.unwrap();
    // Nor is a byte order mark.
    let marked = Reply::json(200, "\u{feff}{\"access_token\":\"token-1\"}");
    let server = Server::script([marked, Reply::json(200, "{}")]).await;
    Api::new(&oauth(&server).build().unwrap()).get_thing("a").await.unwrap();
    assert_eq!(bearer(&server.seen()[1]), "token-1");
}

#[tokio::test]
async fn a_token_call_is_retried_like_any_other() {
    let replies =
        [Reply::status(503), Reply::Raw(Vec::new()), Reply::json(429, "{}"), granted(1, "749"), Reply::json(200, "{}")];
    let server = Server::script(replies).await;
    Api::new(&oauth(&server).build().unwrap()).get_thing("a").await.unwrap();
    assert_eq!(server.count("/oauth/token"), 4);

    let server = Server::always(Reply::status(503)).await;
    let error = Api::new(&oauth(&server).build().unwrap()).get_thing("a").await.unwrap_err();
    assert!(matches!(error, Error::Auth(_)));
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::SERVICE_UNAVAILABLE), 4));
}

#[tokio::test]
async fn waiters_share_the_failure_of_the_one_who_asked() {
    let refused = Reply::json(400, "{}").after(Duration::from_millis(100));
    let server = Server::always(refused).await;
    let client = oauth(&server).build().unwrap();
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let api = Api::new(&client);
            tokio::spawn(async move { api.get_thing("a").await.unwrap_err().status() })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), Some(StatusCode::BAD_REQUEST));
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_block_the_others() {
    let server = numbering("749", |_| Reply::json(200, "{}")).await;
    let first = AtomicUsize::new(0);
    let slow = Server::new(move |request| match request.path() {
        "/oauth/token" if first.fetch_add(1, Ordering::SeqCst) == 0 => Reply::Hang(Vec::new()),
        "/oauth/token" => granted(1, "749"),
        _ => Reply::json(200, "{}"),
    })
    .await;
    drop(server);
    let client = oauth(&slow).attempt_timeout(Duration::from_millis(300)).build().unwrap();
    let mut call = Api::new(&client).get_thing("a");
    call.request_mut().timeout(Duration::from_millis(100));
    let waiting = tokio::spawn({
        let api = Api::new(&client);
        async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            api.get_thing("b").await
        }
    });
    let error = call.await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if error.is_timeout()), "{error}");
    waiting.await.unwrap().unwrap();
}

struct Vault(AtomicUsize);

impl TokenProvider for Vault {
    fn token(&self) -> BoxFuture<'_, Result<Token, AuthError>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            match number {
                0 | 1 => Ok(Token::new(format!("vault-{number}"))),
                _ => Err(AuthError::with_source("the vault is sealed", std::io::Error::other("no key"))),
            }
        })
    }
}

#[tokio::test]
async fn an_own_provider_is_cached_and_asked_again_after_a_401() {
    let server = Server::script([
        Reply::json(200, "{}"),
        Reply::json(200, "{}"),
        Reply::json(401, "{}"),
        Reply::json(200, "{}"),
        Reply::json(401, "{}"),
    ])
    .await;
    let client =
        Client::builder().base_url(server.url()).token_provider(Vault(AtomicUsize::new(0))).no_proxy().build().unwrap();
    let api = Api::new(&client);
    for _ in 0..3 {
        api.get_thing("a").await.unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen.iter().map(bearer).collect::<Vec<_>>(), ["vault-0", "vault-0", "vault-0", "vault-1"]);
    let error = api.get_thing("a").await.unwrap_err();
    assert_eq!(error.to_string(), "no access token: the vault is sealed");
    assert_eq!(format!("{error:#}"), "no access token: the vault is sealed: no key");
}

#[tokio::test]
async fn clients_of_two_servers_do_not_share_tokens() {
    let one = numbering("749", |_| Reply::json(200, "{}")).await;
    let two = numbering("749", |_| Reply::json(200, "{}")).await;
    for server in [&one, &two] {
        Api::new(&oauth(server).build().unwrap()).get_thing("a").await.unwrap();
    }
    assert_eq!((one.count("/oauth/token"), two.count("/oauth/token")), (1, 1));
}

#[tokio::test]
async fn no_credentials_have_to_be_asked_for() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let error = Client::builder().base_url(server.url()).build().unwrap_err();
    assert!(error.to_string().contains("anonymous"), "{error}");
    let client = Client::builder().base_url(server.url()).anonymous().no_proxy().build().unwrap();
    Api::new(&client).get_thing("a").await.unwrap();
    assert_eq!(server.only().header("authorization"), None);

    let error = Client::builder().bearer_token("t").build().unwrap_err();
    assert!(error.to_string().contains("base_url"), "{error}");
    let odd = Client::builder().base_url(server.url()).bearer_token("a\nb").no_proxy().build().unwrap();
    let error = Api::new(&odd).get_thing("a").await.unwrap_err();
    assert!(matches!(error, Error::Auth(_)));
}
