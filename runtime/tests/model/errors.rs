//! Where an error says that it is.

use std::collections::BTreeMap;

use openapi_client_runtime::model::from_json_slice;
use openapi_client_runtime::{DateTime, JsonError};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::types::{Connector, Counters, Level, Status};

fn error<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> JsonError {
    from_json_slice::<T>(text.as_bytes()).unwrap_err()
}

#[test]
fn the_error_of_a_list_names_the_item_and_the_property() {
    let mut list = r#"{"name":"a","status":"DEMO","features":["x","y"],"new":{"a":[1,{"b":2}]}},"#.repeat(17);
    list.push_str(r#"{"name":"b","status":5}"#);
    let error = error::<Vec<Connector>>(&format!("[{list}]"));
    assert_eq!(error.path(), "[17].status");
    assert_eq!(error.message(), "invalid type: integer `5`, expected a string (Status)");
    assert_eq!(
        error.to_string(),
        format!(
            "at [17].status: invalid type: integer `5`, expected a string (Status) (line 1, column {})",
            error.column()
        )
    );
    assert!(!error.is_truncated());
}

#[test]
fn paths_of_values_of_the_wrong_type() {
    for (path, text) in [
        ("name", r#"{"name":1}"#),
        ("name", r#"{ "name" : true , "rank":1}"#),
        ("name", r#"{"rank":1,"name":[["x"]]}"#),
        ("name", "{\n  \"rank\": 1,\n  \"name\": {\"a\": \"b\"}\n}"),
        ("rank", r#"{"name":"}{][,:\"\\","rank":"1"}"#),
        ("rank", r#"{"name":"x","rank":1.5}"#),
        ("rank", r#"{"rank":{"a":1}}"#),
        ("rank", r#"{"new":[{},[],{"x":[1,2]}],"rank":[]}"#),
        ("features", r#"{"features":"x"}"#),
        ("features", r#"{"features":{"x":1}}"#),
        ("features[0]", r#"{"features":[1]}"#),
        ("features[0]", r#"{"features":[["x"]]}"#),
        ("features[2]", r#"{"features":["a","b,]",null,"c"]}"#),
        ("features[1]", "{\"features\":[\n\"a\",\n{}]}"),
        ("status", r#"{"status":false}"#),
        ("status", r#"{"status":[]}"#),
        ("created", r#"{"created":true}"#),
        ("created", r#"{"created":[1,[2]]}"#),
        // A number is an object of one member inside the JSON library then, so every object is looked into.
        (if cfg!(feature = "exact-numbers") { "created.a" } else { "created" }, r#"{"created":{"a":1}}"#),
    ] {
        assert_eq!(error::<Connector>(text).path(), path, "{text}");
    }
}

#[test]
fn paths_elsewhere() {
    assert_eq!(error::<Connector>("[]").path(), "");
    assert_eq!(error::<Connector>("5").path(), "");
    assert_eq!(error::<Vec<Connector>>("{}").path(), "");
    assert_eq!(error::<Vec<Level>>("[1,2,true]").path(), "[2]");
    assert_eq!(error::<Vec<Status>>(r#"["DEMO",null]"#).path(), "[1]");
    assert_eq!(error::<BTreeMap<String, Vec<DateTime>>>(r#"{"a":[],"b":["x",null]}"#).path(), "b[1]");
    assert_eq!(error::<Counters>(r#"{"name":"n","a":1,"b":"x"}"#).path(), "b");
    assert_eq!(error::<BTreeMap<String, i64>>(r#"{"a b":1,"a.b\u0022":"x"}"#).path(), r#"["a.b\""]"#);
    assert_eq!(error::<BTreeMap<String, i64>>(r#"{"":"x"}"#).path(), r#"[""]"#);
    let long = format!("{{\"{}\":\"x\"}}", "ä".repeat(1000));
    assert_eq!(error::<BTreeMap<String, i64>>(&long).path(), format!("[\"{}\"…]", "ä".repeat(60)));
}

#[test]
fn broken_json_is_an_error_near_the_fault() {
    let truncated = error::<Vec<Connector>>(r#"[{"name":"a"},{"name":"b","features":["x","#);
    assert!(truncated.is_truncated());
    assert_eq!(truncated.path(), "[1].features[1]");
    let syntax = error::<Vec<Connector>>(r#"[{"name":"a"},{"name":}]"#);
    assert!(!syntax.is_truncated());
    assert_eq!(syntax.path(), "[1].name");
    assert_eq!((syntax.line(), syntax.column()), (1, 23));
    assert!(error::<Connector>("").is_truncated());
    assert_eq!(error::<Connector>("").to_string(), "EOF while parsing a value (line 1, column 0)");
    assert_eq!(error::<Connector>("<html>").path(), "");
    assert_eq!(error::<Connector>("{} {}").message(), "trailing characters");
    assert_eq!(from_json_slice::<Connector>(b"{\"name\":\"\xff\"}").unwrap_err().path(), "name");
    assert!(from_json_slice::<Value>(&[b'['; 100_000]).is_err());
}

#[test]
fn strings_of_the_document_are_not_quoted() {
    let one = error::<Connector>(r#"{"rank":"s3cret, expected"}"#);
    assert_eq!(one.message(), "invalid type: string, expected i64");
    let two = error::<Connector>(r#"{"rank":"s3cret\", expected s3cret"}"#);
    assert_eq!(two.message(), "invalid type: string, expected i64");
    for error in [one, two] {
        assert!(!format!("{error} {error:?}").contains("s3cret"));
    }
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let connector: Connector = from_json_slice(b"\xEF\xBB\xBF{\"name\":\"AD\"}").unwrap();
    assert_eq!(connector.name.as_deref(), Some("AD"));
}

/// Fault: the error of a gateway was given out as the API's, with all properties `None`.
#[test]
fn an_error_body_without_any_of_its_properties_is_not_one() {
    use openapi_client_runtime::model::error_body;

    assert!(error_body::<Connector>(br#"{"name":"AD","more":1}"#).is_some());
    assert!(error_body::<Connector>(br#"{"rank":null}"#).is_some(), "a property that is null is one");
    for body in [br#"{"type":7,"title":"t"}"#.as_slice(), br#"{"title":"Out of credit"}"#, b"{}", b"[]", b"<html>", b""]
    {
        assert!(error_body::<Connector>(body).is_none(), "{}", String::from_utf8_lossy(body));
    }
}
