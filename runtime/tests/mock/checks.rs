//! Routes, checks, examples and tokens.

use std::time::Duration;

use openapi_client_runtime::testing::{Mock, MockOptions};
use openapi_client_runtime::{Bytes, Value};
use serde_json::json;

use crate::catalog::CATALOG;
use crate::{get, json, read, send};

#[test]
fn an_example_is_composed_of_the_schema() {
    let mock = Mock::new(&[&CATALOG]);
    let (status, lamp) = get(&mock, "/v1/lamps/kitchen");
    assert_eq!(status, 200);
    assert_eq!(lamp["lampId"], "kitchen");
    assert_eq!((&lamp["kind"], &lamp["watts"]), (&json!("DESK"), &json!(5)));
    assert_eq!(lamp["made"], "2024-05-17T09:30:00Z");
}

#[test]
fn an_example_that_its_schema_refuses_is_left_out_unless_it_is_asked_for() {
    let mock = Mock::new(&[&CATALOG]);
    assert_eq!(get(&mock, "/v1/lamps"), (200, json!([{ "name": "cellar", "kind": "FLOOR" }])));
    let reply = send(&mock, "GET", "/v1/lamps", &[("prefer", "example=\"\"")], "");
    assert_eq!(read(&reply), (200, json!(["no lamp"])));
}

#[test]
fn every_documented_status_can_be_ordered() {
    let mock = Mock::new(&[&CATALOG]);
    for (code, body) in [(404, json!({ "code": "400.1" })), (500, Value::Null)] {
        let reply = send(&mock, "GET", "/v1/lamps/a", &[("prefer", &format!("code={code}"))], "");
        assert_eq!(read(&reply), (code, body));
    }
    let reply = send(&mock, "GET", "/v1/lamps/a", &[("prefer", "code=418")], "");
    assert!(read(&reply).1["faults"][0].as_str().unwrap().contains("getLamp documents no 418"));
}

#[test]
fn every_fault_of_a_request_is_named_in_the_response_and_in_the_log() {
    let mock = Mock::new(&[&CATALOG]);
    let (status, body) = get(&mock, "/v1/lamps?limit=900&offset=x&kinds=DESK,WALL");
    assert_eq!(status, 400);
    assert_eq!(body["code"], "400.1", "the documented error is there too");
    let faults: Vec<&str> = body["faults"].as_array().unwrap().iter().map(|fault| fault.as_str().unwrap()).collect();
    assert_eq!(faults.len(), 3, "{faults:#?}");
    assert!(faults[0].starts_with("query `limit`: 900 is greater"), "{faults:#?}");
    assert!(faults[1].starts_with("query `offset`: \"x\" is not"), "{faults:#?}");
    assert!(faults[2].starts_with("query `kinds` at `/1`: \"WALL\" is not one of"), "{faults:#?}");
    assert_eq!(mock.seen()[0].faults, faults);
    assert_eq!(mock.seen()[0].operation, Some("listLamps"));
}

#[test]
fn bodies_are_checked_against_their_schema_and_their_media_type() {
    let mock = Mock::new(&[&CATALOG]);
    let fault = |reply: (u16, Value)| {
        assert_eq!(reply.0, 400);
        reply.1["faults"][0].as_str().unwrap().to_owned()
    };
    let wrong = json(&mock, "POST", "/v1/lamps", r#"{"name":"desk","spare":{"name":"x"}}"#);
    assert!(fault(wrong).starts_with("body at `/spare"), "a schema that refers to itself is checked");
    assert!(fault(json(&mock, "POST", "/v1/lamps", "{")).starts_with("body: it is not JSON"));
    let xml = send(&mock, "POST", "/v1/lamps", &[("content-type", "text/xml")], "<lamp/>");
    assert_eq!(fault(read(&xml)), "header `Content-Type`: `text/xml` is not one of application/json");
    assert_eq!(fault(read(&send(&mock, "POST", "/v1/lamps", &[], ""))), "body: it is required");
    let form = "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n";
    let typed = [("content-type", "multipart/form-data; boundary=b")];
    let wrong = send(&mock, "PUT", "/v1/lamps/a/manual", &typed, form);
    assert_eq!(fault(read(&wrong)), "part `file`: it is required");
}

#[test]
fn strict_servers_refuse_what_is_not_documented() {
    let target = "/v1/lamps?colour=red";
    assert_eq!(get(&Mock::new(&[&CATALOG]), target).0, 200);
    let mut options = MockOptions::default();
    options.strict = true;
    let (status, body) = get(&Mock::with_options(&[&CATALOG], options), target);
    assert_eq!((status, &body["faults"][0]), (400, &json!("query `colour`: the operation has no such parameter")));
}

#[test]
fn what_does_not_exist_is_told_from_what_has_other_methods() {
    let mock = Mock::new(&[&CATALOG]);
    let reply = send(&mock, "PUT", "/v1/lamps", &[], "");
    assert_eq!((reply.status.as_u16(), &reply.headers["allow"]), (405, &"POST, GET".parse().unwrap()));
    let (status, body) = get(&mock, "/v1/lamp");
    assert_eq!(status, 404);
    assert!(body["faults"][0].as_str().unwrap().ends_with("the nearest is /v1/lamps"), "{body}");
}

#[test]
fn tokens_may_live_longer_than_a_clock_can_tell() {
    let mut options = MockOptions::default();
    options.token_life = Duration::MAX;
    let mock = Mock::with_options(&[&CATALOG], options);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let (status, token) =
        read(&send(&mock, "POST", "/oauth/token", &form, "grant_type=client_credentials&client_id=a"));
    assert_eq!((status, &token["expires_in"]), (200, &json!(u64::MAX)));
}

#[test]
fn tokens_are_issued_and_expire_to_order() {
    let mock = Mock::new(&[&CATALOG]);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let grant = "grant_type=client_credentials&client_id=a&client_secret=b";
    let (status, token) = read(&send(&mock, "POST", "/oauth/token", &form, grant));
    assert_eq!((status, &token["expires_in"]), (200, &json!(3600)));
    let request = || {
        let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
        let request = http::Request::builder().uri("/v1/lamps").header("authorization", bearer);
        mock.respond(&request.body(Bytes::new()).unwrap()).status.as_u16()
    };
    assert_eq!(request(), 200);
    mock.expire_tokens();
    assert_eq!(request(), 401);
    let anonymous = http::Request::builder().uri("/v1/lamps").body(Bytes::new()).unwrap();
    assert_eq!(mock.respond(&anonymous).status, 401);
    let (status, refused) = read(&send(&mock, "POST", "/oauth/token", &form, "grant_type=magic"));
    assert_eq!((status, refused), (400, json!({ "error": "unsupported_grant_type" })));
}
