//! Client credentials of an API whose description names the token endpoint: on another host, without a word from the user.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test ends by panicking")]

mod support;

use openapi_client_runtime::{Api, Client, Json, Method, Operation, StatusCode, Value};
use support::api::ErrorBody;
use support::{Reply, Server};

/// An operation of an API, as generated code has them; the documented endpoint is known only when the test runs.
fn operation(api: Api) -> &'static Operation {
    Box::leak(Box::new(Operation {
        api: Box::leak(Box::new(api)),
        id: "getNote",
        method: Method::GET,
        path: "/note",
        accept: "application/json",
        page: None,
    }))
}

async fn servers() -> (Server, Server) {
    let login = Server::always(Reply::json(200, r#"{"access_token":"t-1","expires_in":3600}"#)).await;
    let api = Server::always(Reply::json(404, r#"{"title":"No note","trackingId":"x"}"#).header("X-Request-ID", "r-1"));
    (login, api.await)
}

#[tokio::test]
async fn the_token_comes_from_the_documented_endpoint() {
    let (login, server) = servers().await;
    let url: &'static str = Box::leak(format!("{}/connect/token?v=1", login.url()).into_boxed_str());
    let operation = operation(Api::new().token_url(url));
    let client =
        Client::builder().base_url(server.url()).client_credentials("id", "hidden").no_proxy().build().unwrap();
    for _ in 0..2 {
        let error = client.request(operation).send::<Json<Value>, ErrorBody>().await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
        // What any API's errors say, as RFC 9457 has it, and no other publisher's members.
        assert!(error.to_string().contains("No note"), "{error}");
        assert_eq!(error.tracking_id(), Some("r-1"));
    }
    let token = login.only();
    assert_eq!((token.method.as_str(), token.target.as_str()), ("POST", "/connect/token?v=1"));
    assert_eq!(token.text(), "grant_type=client_credentials&client_id=id&client_secret=hidden");
    let seen = server.seen();
    assert!(seen.iter().all(|call| call.path() == "/note" && call.header("authorization") == Some("Bearer t-1")));
    assert_eq!(seen.len(), 2);
}

#[tokio::test]
async fn the_endpoint_that_was_set_wins() {
    let (login, server) = servers().await;
    let operation = operation(Api::new().token_url("https://login.example.com/never"));
    let builder = Client::builder().base_url(server.url()).client_credentials("id", "hidden").no_proxy();
    let client = builder.token_url(format!("{}/token", login.url())).build().unwrap();
    let token = client.access_token(operation).await.unwrap();
    assert!(token.is_some());
    assert_eq!(login.only().path(), "/token");
}

#[tokio::test]
async fn without_an_endpoint_the_error_says_what_to_do() {
    let (_, server) = servers().await;
    let client =
        Client::builder().base_url(server.url()).client_credentials("id", "hidden").no_proxy().build().unwrap();
    let error = client.access_token(operation(Api::new())).await.unwrap_err().to_string();
    assert!(error.contains("names no token endpoint") && error.contains("`token_url`"), "{error}");
    assert!(server.seen().is_empty());
}
