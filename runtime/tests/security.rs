//! Security schemes of an API's description: what calls are sent with, and what they are not sent without.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test ends by panicking")]

mod support;

use openapi_client_runtime::{Api, Client, ClientBuilder, Json, Method, Operation, SchemeCredentials, Value};
use support::api::ErrorBody;
use support::{Reply, Server};

static API: Api = Api::new().security(
    &[&["key"], &["basic", "tenant"]],
    &[("getHealth", &[]), ("getMine", &[&["oauth"]]), ("getNews", &[&[], &["cookie"]]), ("getOld", &[&["query"]])],
);

static GET_HEALTH: Operation = Operation::new(&API, "getHealth", Method::GET, "/health");
static GET_MINE: Operation = Operation::new(&API, "getMine", Method::GET, "/mine");
static GET_NEWS: Operation = Operation::new(&API, "getNews", Method::GET, "/news");
static GET_OLD: Operation = Operation::new(&API, "getOld", Method::GET, "/old");
static GET_THING: Operation = Operation::new(&API, "getThing", Method::GET, "/thing");

/// What identifies the caller of a request.
fn proofs(server: &Server, call: usize) -> (String, String, String, Option<String>) {
    let seen = &server.seen()[call];
    let header = |name: &str| seen.header(name).unwrap_or_default().to_owned();
    (header("authorization"), header("x-key"), header("cookie"), seen.query().map(str::to_owned))
}

async fn server() -> Server {
    Server::always(Reply::json(200, "{}")).await
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(server.url()).no_proxy()
}

async fn call(client: &Client, operation: &'static Operation) -> Result<(), String> {
    let sent = client.request(operation).send::<Json<Value>, ErrorBody>().await;
    sent.map(|_| ()).map_err(|error| format!("{error:#}"))
}

fn key() -> SchemeCredentials {
    SchemeCredentials::header_key("key", "X-Key", "k-1")
}

#[tokio::test]
async fn each_call_is_sent_with_what_its_operation_needs() {
    let server = server().await;
    let client = builder(&server)
        .credentials(key())
        .credentials(SchemeCredentials::cookie_key("cookie", "session", "c 1"))
        .credentials(SchemeCredentials::query_key("query", "api_key", "q&1"))
        .build()
        .unwrap();
    for operation in [&GET_THING, &GET_HEALTH, &GET_NEWS, &GET_OLD] {
        call(&client, operation).await.unwrap();
    }
    let sent = |key: &str, cookie: &str, query: Option<&str>| {
        (String::new(), key.to_owned(), cookie.to_owned(), query.map(str::to_owned))
    };
    assert_eq!(proofs(&server, 0), sent("k-1", "", None));
    assert_eq!(proofs(&server, 1), sent("", "", None));
    assert_eq!(proofs(&server, 2), sent("", "session=c%201", None));
    assert_eq!(proofs(&server, 3), sent("", "", Some("api_key=q%261")));
}

#[tokio::test]
async fn an_alternative_counts_only_if_all_of_it_is_there() {
    let server = server().await;
    let basic = SchemeCredentials::basic("basic", "Aladdin", "open sesame");
    let alone = builder(&server).credentials(basic.clone()).build().unwrap();
    let error = call(&alone, &GET_THING).await.unwrap_err();
    assert!(error.contains("getThing needs credentials for `key`, or `basic` and `tenant`"), "{error}");
    assert!(server.seen().is_empty());

    let tenant = SchemeCredentials::header_key("tenant", "X-Key", "acme");
    let both = builder(&server).credentials(basic).credentials(tenant).build().unwrap();
    call(&both, &GET_THING).await.unwrap();
    // The example of RFC 7617, section 2.
    let (authorization, key, ..) = proofs(&server, 0);
    assert_eq!((authorization.as_str(), key.as_str()), ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "acme"));
}

#[tokio::test]
async fn what_may_be_called_without_is_called_without() {
    let server = server().await;
    let client = builder(&server).credentials(key()).build().unwrap();
    call(&client, &GET_NEWS).await.unwrap();
    assert!(call(&client, &GET_OLD).await.unwrap_err().contains("needs credentials for `query`"));
    assert_eq!(server.seen().len(), 1);
    assert_eq!(proofs(&server, 0).1, "");
}

#[tokio::test]
async fn a_token_for_all_calls_is_not_sent_where_none_is_needed() {
    let server = server().await;
    let client = builder(&server).bearer_token("t-1").credentials(key()).build().unwrap();
    for operation in [&GET_MINE, &GET_HEALTH, &GET_THING] {
        call(&client, operation).await.unwrap();
    }
    let sent: Vec<_> = (0..3).map(|call| (proofs(&server, call).0, proofs(&server, call).1)).collect();
    let text = |text: &str| text.to_owned();
    assert_eq!(sent, [(text("Bearer t-1"), text("")), (text(""), text("")), (text(""), text("k-1"))]);
}

#[tokio::test]
async fn passwords_and_secrets_are_exchanged_at_the_documented_endpoint() {
    let login = Server::always(Reply::json(200, r#"{"access_token":"t-2","expires_in":3600}"#)).await;
    let url: &'static str = Box::leak(format!("{}/token", login.url()).into_boxed_str());
    let password =
        SchemeCredentials::password("oauth", url, "me", "p w").client("app", "s-1").scopes(["read", "write"]);
    let client = SchemeCredentials::client_credentials("oauth", url, "app", "s-1").scopes(["read"]);
    let server = server().await;
    for credentials in [password, client, SchemeCredentials::password("oauth", url, "me", "p w")] {
        let client = builder(&server).credentials(credentials).build().unwrap();
        call(&client, &GET_MINE).await.unwrap();
        call(&client, &GET_MINE).await.unwrap();
    }
    let asked: Vec<String> = login.seen().iter().map(|request| request.text()).collect();
    assert_eq!(
        asked,
        [
            "grant_type=password&username=me&password=p%20w&client_id=app&client_secret=s-1&scope=read%20write",
            "grant_type=client_credentials&client_id=app&client_secret=s-1&scope=read",
            "grant_type=password&username=me&password=p%20w",
        ]
    );
    assert!(server.seen().iter().all(|request| request.header("authorization") == Some("Bearer t-2")));
    assert_eq!(server.seen().len(), 6);
}

#[tokio::test]
async fn a_description_without_a_word_on_security_gets_all() {
    static SILENT: Api = Api::new();
    static GET: Operation = Operation::new(&SILENT, "getThing", Method::GET, "/thing");
    let server = server().await;
    let client = builder(&server).credentials(key()).build().unwrap();
    call(&client, &GET).await.unwrap();
    assert_eq!(proofs(&server, 0).1, "k-1");
}

#[test]
fn secrets_are_not_shown_and_not_sent_in_the_open() {
    let hidden = SchemeCredentials::basic("basic", "me", "hidden");
    let open = Client::builder().base_url("http://a.test").credentials(hidden.clone()).build().unwrap_err();
    assert!(open.to_string().contains("allow_plain_http"), "{open}");
    let client = Client::builder().base_url("https://a.test").credentials(hidden.clone()).build().unwrap();
    assert!(!format!("{hidden:?} {client:?}").contains("hidden"));
    for wrong in [
        SchemeCredentials::header_key("key", "X-Key", "a\nb"),
        SchemeCredentials::header_key("key", "X Key", "a"),
        SchemeCredentials::basic("basic", "a:b", "c"),
    ] {
        let error = Client::builder().base_url("https://a.test").credentials(wrong).build().unwrap_err();
        assert!(error.to_string().contains("`key`") || error.to_string().contains("`basic`"), "{error}");
    }
}
