//! Faults to order, as a client meets them.

use openapi_client_runtime::testing::{Fault, Mock};
use openapi_client_runtime::{Error, Json, TransportErrorKind, Value};
use serde_json::json;

use crate::AnyBody;
use crate::catalog::{CATALOG, GET, LIST};
use crate::{get, json, read, send};

type Called = Result<Value, Error<AnyBody>>;

async fn call(mock: &Mock) -> Called {
    let mut request = mock.client_builder().build().unwrap().request(&GET);
    request.path("lampId", &"a");
    request.send::<Json<Value>, AnyBody>().await.map(|response| response.into_body())
}

#[tokio::test]
async fn what_servers_and_gateways_do() {
    let mock = Mock::new(&[&CATALOG]);
    mock.inject(Fault::TooManyRequests, 1);
    let Err(Error::Api(error)) = call(&mock).await else { panic!("429 is an error") };
    assert_eq!((error.status().as_u16(), &error.headers()["retry-after"]), (429, &"1".parse().unwrap()));
    mock.inject(Fault::BadGateway, 1);
    let Err(Error::Api(error)) = call(&mock).await else { panic!("502 is an error") };
    assert_eq!((error.status().as_u16(), &error.headers()["content-type"]), (502, &"text/html".parse().unwrap()));
    assert!(call(&mock).await.is_ok(), "an ordered fault is used up");
}

#[tokio::test(start_paused = true)]
async fn what_happens_on_the_way() {
    let mock = Mock::new(&[&CATALOG]);
    for fault in [Fault::Cut, Fault::CutBody] {
        mock.inject(fault, 1);
        let Err(Error::Transport(error)) = call(&mock).await else { panic!("{fault:?} is an error") };
        assert_eq!(error.kind(), TransportErrorKind::Broken);
    }
    mock.inject(Fault::SlowBody, 1);
    assert_eq!(call(&mock).await.unwrap()["lampId"], "a");
}

#[test]
fn what_servers_put_into_bodies() {
    let mock = Mock::new(&[&CATALOG]);
    let meet = |fault: Fault| {
        let reply = send(&mock, "GET", "/v1/lamps/a", &[("prefer", &format!("fault={}", fault.name()))], "");
        read(&reply).1
    };
    assert_eq!(meet(Fault::UnknownEnumValue)["kind"], "A_VALUE_THAT_NOBODY_KNOWS");
    assert_eq!(meet(Fault::UnknownProperty)["aPropertyThatNobodyKnows"], json!({ "since": "today" }));
    assert_eq!(meet(Fault::OddDates)["made"], "2024-05-17 09:30:00 +0000 UTC");
}

#[test]
fn a_full_page_is_followed_by_an_empty_one() {
    let mock = Mock::new(&[&CATALOG]);
    mock.inject_into(LIST.id, Fault::FullPage, 2);
    assert_eq!(get(&mock, "/v1/lamps/a").0, 200, "the fault waits for its operation");
    assert_eq!(get(&mock, "/v1/lamps").1.as_array().unwrap().len(), 250);
    assert_eq!(get(&mock, "/v1/lamps?offset=250").1, json!([]));
}

#[test]
fn faults_are_ordered_over_http() {
    let mock = Mock::new(&[&CATALOG]);
    let order = r#"{"fault":"expired-token","times":1,"operation":"getLamp"}"#;
    assert_eq!(json(&mock, "POST", "/__mock/faults", order).0, 204);
    assert_eq!(get(&mock, "/__mock").1["faults"][0]["fault"], "expired-token");
    assert_eq!(get(&mock, "/v1/lamps/a").0, 401);
    assert_eq!(json(&mock, "POST", "/__mock/faults", r#"{"fault":"earthquake"}"#).0, 400);
}
