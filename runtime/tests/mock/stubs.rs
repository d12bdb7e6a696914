//! Typed stubs.

use http::StatusCode;
use openapi_client_runtime::testing::Mock;
use openapi_client_runtime::{Error, Json, NoContent, Operation, Value};
use serde_json::json;

use crate::AnyBody;
use crate::catalog::{CREATE, DELETE, GET, create_lamp, delete_lamp, get_lamp};

async fn call(
    mock: &Mock,
    operation: &'static Operation,
    id: Option<&str>,
    body: Option<&Value>,
) -> Result<Value, Error<AnyBody>> {
    let mut request = mock.client_builder().build().unwrap().request(operation);
    if let Some(id) = id {
        request.path("lampId", &id);
    }
    if let Some(body) = body {
        request.json("application/json", body);
    }
    request.send::<Json<Value>, AnyBody>().await.map(|response| response.into_body())
}

#[tokio::test]
async fn replies_come_in_their_order_and_the_last_one_again() {
    let mock = Mock::stubs();
    let lamp = json!({ "lit": true });
    let stub = mock.on(get_lamp()).path("lampId", "a b").reply(&lamp).reply_json(StatusCode::NOT_FOUND, &json!({}));
    assert_eq!(call(&mock, &GET, Some("a b"), None).await.unwrap(), lamp);
    for _ in 0..2 {
        let Err(Error::Api(error)) = call(&mock, &GET, Some("a b"), None).await else { panic!("404 is an error") };
        assert_eq!(error.status(), 404);
    }
    assert_eq!(stub.calls(), 3);
}

#[tokio::test]
async fn bodies_are_conditions_and_are_read_as_types() {
    #[derive(serde::Deserialize, Debug, PartialEq)]
    struct Lamp {
        name: String,
    }
    let mock = Mock::stubs();
    let floor = mock.on(create_lamp()).body(&json!({ "name": "floor" })).reply(&json!(1));
    let any = mock.on(create_lamp()).reply(&json!(2));
    assert_eq!(call(&mock, &CREATE, None, Some(&json!({ "name": "desk" }))).await.unwrap(), 2);
    assert_eq!(call(&mock, &CREATE, None, Some(&json!({ "name": "floor" }))).await.unwrap(), 1);
    assert_eq!((floor.calls(), any.bodies::<Lamp>().unwrap()), (1, vec![Lamp { name: "desk".to_owned() }]));
}

#[tokio::test]
async fn a_stub_without_a_body() {
    let mock = Mock::stubs();
    let stub = mock.on(delete_lamp()).reply(()).expect(1);
    let mut request = mock.client_builder().build().unwrap().request(&DELETE);
    request.path("lampId", &"a");
    assert_eq!(request.send::<NoContent, AnyBody>().await.unwrap().status(), 204);
    assert_eq!(stub.seen()[0].header("authorization"), Some("Bearer mock-token"));
}

#[tokio::test]
#[should_panic(expected = "GET /v1/lamps/b was not expected; the nearest stub is getLamp (GET /v1/lamps/{lampId}): \
                           path `lampId` is `b`, not `a`")]
async fn a_request_that_nobody_expected_fails_the_test() {
    let mock = Mock::stubs();
    mock.on(create_lamp()).reply(&json!(1));
    mock.on(get_lamp()).path("lampId", "a").reply(&json!(2));
    assert!(call(&mock, &GET, Some("b"), None).await.is_err());
}

#[test]
#[should_panic(expected = "getLamp (GET /v1/lamps/{lampId}) was called 0 times, not 2")]
fn a_stub_that_is_not_called_as_expected_fails_the_test() {
    let mock = Mock::stubs();
    mock.on(get_lamp()).reply(&json!(1)).expect(2);
}
