//! The three states of a property that is optional and nullable.

use openapi_client_runtime::Nullable;
use serde_json::json;

use crate::round_trip;
use crate::types::Account;

#[test]
fn absent_null_and_value_are_told_apart() {
    let absent: Account = round_trip(json!({ "id": "1", "owner": "o", "status": "DEMO" }));
    assert_eq!(absent.note, Nullable::Absent);
    let null: Account = round_trip(json!({ "id": "1", "owner": "o", "status": "DEMO", "note": null }));
    assert_eq!(null.note, Nullable::Null);
    assert!(null.extra.is_empty());
    let value: Account = round_trip(json!({ "id": "1", "owner": "o", "status": "DEMO", "note": "n" }));
    assert_eq!(value.note, Nullable::Value("n".to_owned()));
}

#[test]
fn every_state_can_be_asked_for() {
    let states = [Nullable::Absent, Nullable::Null, Nullable::Value(7)];
    assert_eq!(states.map(|state| state.is_absent()), [true, false, false]);
    assert_eq!(states.map(|state| state.is_null()), [false, true, false]);
    assert_eq!(states.map(|state| state.as_option().copied()), [None, None, Some(7)]);
    assert_eq!(states.map(Nullable::into_option), [None, None, Some(7)]);
    assert_eq!(states[2].as_ref(), Nullable::Value(&7));
    assert_eq!(Nullable::<i64>::default(), Nullable::Absent);
}

#[test]
fn an_option_without_a_value_is_null() {
    assert_eq!(Nullable::from(Some(1)), Nullable::Value(1));
    assert_eq!(Nullable::<i64>::from(None), Nullable::Null);
    assert_eq!(Nullable::from("a"), Nullable::Value("a"));
}

#[test]
fn on_its_own_it_is_a_value_or_null() {
    assert_eq!(
        serde_json::to_value([Nullable::Absent, Nullable::Null, Nullable::Value(1)]).unwrap(),
        json!([null, null, 1])
    );
    let read: Vec<Nullable<i64>> = serde_json::from_value(json!([null, 1])).unwrap();
    assert_eq!(read, [Nullable::Null, Nullable::Value(1)]);
}
