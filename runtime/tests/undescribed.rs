//! Operations that no description has: described by the caller, sent like all others.

#![allow(clippy::unwrap_used, reason = "a failed test ends by panicking")]

mod support;

use openapi_client_runtime::{Error, Json, Method, Operation, PageParameters, StatusCode, Value};
use support::api::{API, ErrorBody};
use support::{Reply, Server, client};

static GET_PLACE: Operation = Operation::new(&API, "getPlace", Method::GET, "/v1/places/{id}");
static LIST_PLACES: Operation = Operation::new(&API, "listPlaces", Method::GET, "/v1/places").paged(PageParameters {
    offset: "skip",
    limit: "top",
    size: 2,
});

#[tokio::test]
async fn they_are_sent_with_credentials_retries_and_the_callers_types() {
    let server =
        Server::script([Reply::status(503), Reply::json(200, r#"{"name":"here"}"#), Reply::json(404, "{}")]).await;
    let client = client(&server);
    let mut request = client.request(&GET_PLACE);
    request.path("id", &"a/b").query("detail", &true);
    let place = request.clone().send::<Json<Value>, ErrorBody>().await.unwrap();
    assert_eq!((place.attempts(), &place.body()["name"]), (2, &Value::from("here")));

    let error = request.send::<Json<Value>, ErrorBody>().await.unwrap_err();
    assert!(matches!(error, Error::Api(error) if error.status() == StatusCode::NOT_FOUND && error.body().is_some()));
    for request in server.seen() {
        assert_eq!(request.target, "/v1/places/a%2Fb?detail=true");
        assert!(request.header("authorization").unwrap().starts_with("Bearer "));
        assert_eq!(request.header("accept").unwrap(), "application/json, */*;q=0.5");
    }
}

#[tokio::test]
async fn their_lists_are_walked_through() {
    let server = Server::new(|request| {
        let (skip, top) = (request.number("skip").unwrap(), request.number("top").unwrap());
        let items: Vec<u64> = (skip..5.min(skip + top)).collect();
        Reply::json(200, format!("{items:?}"))
    })
    .await;
    let all = client(&server).request(&LIST_PLACES).items::<u64, ErrorBody>().try_collect().await.unwrap();
    assert_eq!(all, [0, 1, 2, 3, 4]);
    assert_eq!(server.seen().len(), 4, "three pages, and the one that shows that there are no more");
}
