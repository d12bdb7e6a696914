//! Objects: absent, null, unknown and repeated properties, and those of one type beside the declared ones.

use openapi_client_runtime::model::Object;
use serde_json::{Value, json};

use crate::types::{Connector, Counters, Empty, Status};
use crate::{decode, encode, round_trip};

#[test]
fn declared_properties_go_to_their_fields() {
    let connector: Connector = round_trip(json!({
        "name": "AD", "type": "direct", "features": ["SEARCH"], "created": "2020-01-02T03:04:05Z",
        "status": "RELEASED", "rank": 3,
    }));
    assert_eq!(connector.name.as_deref(), Some("AD"));
    assert_eq!(connector.r#type.as_deref(), Some("direct"));
    assert_eq!(connector.features.as_deref(), Some(["SEARCH".to_owned()].as_slice()));
    assert_eq!(connector.status, Some(Status::Released));
    assert_eq!(connector.rank, Some(3));
    assert!(connector.extra.is_empty());
}

#[test]
fn what_is_missing_is_none_and_is_not_written() {
    let connector: Connector = round_trip(json!({}));
    assert_eq!(connector, Connector::default());
}

#[test]
fn null_is_none_and_is_given_back() {
    let mut connector: Connector = round_trip(json!({ "name": "AD", "features": null, "created": null }));
    assert_eq!(connector.features, None);
    // What is set later takes the place of the null, and is written once.
    connector.features = Some(vec!["SEARCH".to_owned()]);
    let text = serde_json::to_string(&connector).unwrap();
    assert_eq!(text.matches("features").count(), 1, "{text}");
    assert_eq!(encode(&connector), json!({ "name": "AD", "features": ["SEARCH"], "created": null }));
}

#[test]
fn unknown_properties_of_any_kind_are_given_back() {
    let connector: Connector = round_trip(json!({
        "name": "AD", "new": { "deep": [1, 1.5, null, "x", true, { "y": [] }] }, "list": [[]], "none": null,
        "": "no name", "Name": "another case",
    }));
    assert_eq!(connector.extra.len(), 5);
    assert_eq!(connector.extra["new"]["deep"][1], 1.5);
}

#[test]
fn an_object_that_declares_nothing_keeps_everything() {
    let empty: Empty = round_trip(json!({ "a": 1, "b": null }));
    assert_eq!(Value::Object(empty.extra), json!({ "a": 1, "b": null }));
}

#[test]
fn what_the_description_lacks_can_be_added() {
    let mut connector = Connector::default().with_extra("from", "/a").with_extra("rank", 1);
    assert_eq!(encode(&connector), json!({ "from": "/a", "rank": 1 }));
    connector.rank = Some(2);
    let text = serde_json::to_string(&connector).unwrap();
    assert_eq!(text, r#"{"rank":2,"from":"/a"}"#, "a declared property with a value is written once");
    let counters: Counters = decode(&json!({}));
    assert_eq!(encode(&counters.with_extra("c", json!([]))), json!({ "c": [] }));
}

#[test]
fn of_a_repeated_property_the_last_one_wins() {
    let read = |text: &str| serde_json::from_str::<Connector>(text).unwrap();
    assert_eq!(read(r#"{"rank":1,"rank":2}"#).rank, Some(2));
    let last_is_null = read(r#"{"rank":1,"rank":null}"#);
    assert_eq!(last_is_null.rank, None);
    assert_eq!(encode(&last_is_null), json!({ "rank": null }));
    let last_is_value = read(r#"{"rank":null,"rank":2}"#);
    assert_eq!(last_is_value.rank, Some(2));
    assert!(last_is_value.extra.is_empty());
    assert_eq!(encode(&read(r#"{"new":1,"new":[2]}"#)), json!({ "new": [2] }));
}

#[test]
fn typed_properties_stand_beside_declared_ones() {
    let mut counters: Counters = round_trip(json!({ "name": "n", "extra": true, "a": 1, "b": -2 }));
    assert_eq!(
        counters.additional.iter().map(|(key, count)| (key.as_str(), *count)).collect::<Vec<_>>(),
        [("a", 1), ("b", -2)]
    );
    assert_eq!(counters.extra, Some(true));
    // Neither a declared key nor one that is kept beside the fields is written twice.
    counters.additional.insert("name".to_owned(), 7);
    counters.extra_.insert("a".to_owned(), json!("hidden"));
    counters.extra_.insert("c".to_owned(), json!("kept"));
    let text = serde_json::to_string(&counters).unwrap();
    assert_eq!(text.matches("\"name\"").count(), 1, "{text}");
    assert_eq!(text.matches("\"a\"").count(), 1, "{text}");
    assert_eq!(encode(&counters), json!({ "name": "n", "extra": true, "a": 1, "b": -2, "c": "kept" }));
}

#[test]
fn a_typed_property_of_another_type_is_an_error() {
    let error = serde_json::from_str::<Counters>(r#"{"name":null,"a":1.5}"#).unwrap_err();
    assert!(error.to_string().starts_with("invalid type: floating point `1.5`, expected i64"), "{error}");
}

#[test]
fn fields_are_written_in_the_order_of_the_table() {
    let connector: Connector = decode(&json!({ "rank": 1, "zzz": 0, "name": "AD", "aaa": 0 }));
    let text = serde_json::to_string(&connector).unwrap();
    assert!(text.starts_with(r#"{"name":"AD","rank":1,"#), "{text}");
}

#[test]
fn what_the_serialiser_refuses_is_reported() {
    /// Takes so many bytes and no more.
    struct Full(usize);

    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| std::io::Error::other("full"))?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let connector: Connector = decode(&json!({ "name": "AD", "type": "direct", "added": true }));
    let whole = serde_json::to_vec(&connector).unwrap().len();
    assert!(serde_json::to_writer(Full(whole), &connector).is_ok());
    for room in 0..whole {
        assert!(serde_json::to_writer(Full(room), &connector).is_err(), "{room} of {whole} bytes");
    }
}
