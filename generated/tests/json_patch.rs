//! Operations of a JSON Patch, made by their constructors, as RFC 6902 writes them.

#![cfg(feature = "v2025")]
#![allow(clippy::unwrap_used, reason = "all of it is part of a test")]

use std::collections::BTreeMap;

use sailpoint_connectors::serde_json::{Value, json, to_value};
use sailpoint_connectors::v2025::models::JsonPatchOperation as Op;
use sailpoint_connectors::{RequestError, v2025};

#[test]
fn each_operation_has_its_members_and_no_others() -> Result<(), RequestError> {
    let rank = BTreeMap::from([("rank", 3)]);
    let patch = [
        Op::add("/a/-", rank)?,
        Op::remove("/a/0"),
        Op::replace("/a", Some("text"))?,
        Op::replace("/a", None::<bool>)?,
        Op::r#move("/a", "/b"),
        Op::copy("/b", "/c"),
        Op::test("/c", vec!["x", "y"])?,
        Op::test("/c", 1.5)?,
    ];
    let wire = json!([
        { "op": "add", "path": "/a/-", "value": { "rank": 3 } },
        { "op": "remove", "path": "/a/0" },
        { "op": "replace", "path": "/a", "value": "text" },
        { "op": "replace", "path": "/a", "value": null },
        { "op": "move", "path": "/b", "from": "/a" },
        { "op": "copy", "path": "/c", "from": "/b" },
        { "op": "test", "path": "/c", "value": ["x", "y"] },
        { "op": "test", "path": "/c", "value": 1.5 },
    ]);
    assert_eq!(to_value(&patch).unwrap(), wire);
    assert_eq!(Op::add("/n", Value::from(7))?, Op::new("add", "/n").value(7));
    Ok(())
}

/// What JSON has no form for is an error, which composes with those of calls and shows no value.
#[test]
fn a_value_that_is_not_json_is_an_error() {
    let call = || -> Result<Op, v2025::Error> { Ok(Op::add("/a", BTreeMap::from([([1_u8, 2], "secret")]))?) };
    let error = format!("{:#}", call().unwrap_err());
    assert!(error.starts_with("the value of an operation of a JSON Patch cannot be sent: "), "{error}");
    assert!(!error.contains("secret"), "{error}");
}
