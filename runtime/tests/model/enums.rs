//! Enums of strings and of integers, and the values that they do not know.

use std::collections::BTreeMap;

use serde_json::json;

use crate::types::{Connector, Level, Status};
use crate::{encode, round_trip};

#[test]
fn a_known_string_is_its_variant() {
    assert_eq!(round_trip::<Status>(json!("DEMO")), Status::Demo);
    assert_eq!(Status::VALUES, ["DEMO", "RELEASED"]);
    assert!(
        Status::VALUES.iter().all(|value| Status::from(*value).is_known() && Status::from(*value).as_str() == *value)
    );
}

#[test]
fn an_unknown_string_is_kept_and_given_back() {
    for value in ["SOMETHING_NEW", "", "demo", "DEMO ", "\u{1F600}\"\\\n"] {
        let status: Status = round_trip(json!(value));
        let Status::Unknown(unknown) = &status else { panic!("{status:?}") };
        assert_eq!(unknown.as_str(), value);
        assert!(!status.is_known());
    }
    let connector: Connector = round_trip(json!({ "status": "SOMETHING_NEW" }));
    assert_eq!(connector.status, Some(Status::from("SOMETHING_NEW")));
}

#[test]
fn an_escaped_string_is_known_too() {
    assert_eq!(serde_json::from_str::<Status>(r#""\u0044EMO""#).unwrap(), Status::Demo);
}

#[test]
fn strings_convert_in_every_way() {
    let text = "RELEASED".to_owned();
    assert_eq!(Status::from(&text), Status::Released);
    assert_eq!("RELEASED".parse(), Ok(Status::Released));
    assert_eq!(Status::Released.as_ref(), "RELEASED");
    assert_eq!(format!("{:>10}|{}", Status::Released, Status::from("new")), "  RELEASED|new");
    assert_eq!(Status::from(text), Status::Released);
    assert_eq!(format!("{:?}", Status::from("new")), r#"Unknown("new")"#);
}

#[test]
fn enums_may_be_the_keys_of_a_map() {
    let counts: BTreeMap<Status, i64> = round_trip(json!({ "DEMO": 1, "NEW": 2 }));
    assert_eq!(counts[&Status::Demo], 1);
    assert_eq!(counts[&Status::from("NEW")], 2);
}

#[test]
fn integers_are_known_or_kept() {
    assert_eq!(round_trip::<Level>(json!(-1)), Level::Low);
    assert_eq!(round_trip::<Level>(json!(10)), Level::High);
    assert_eq!(round_trip::<Level>(json!(11)), Level::Unknown(11));
    assert_eq!(Level::VALUES, [-1, 10]);
    assert_eq!(Level::from(10), Level::High);
    assert!(Level::High.is_known() && !Level::from(3).is_known());
    assert_eq!(Level::Low.to_string(), "-1");
    assert_eq!(Level::from(i64::MIN).as_i64(), i64::MIN);
    assert_eq!(encode(&vec![Level::Low, Level::from(5)]), json!([-1, 5]));
}

#[test]
fn other_kinds_of_values_are_errors_that_name_the_type() {
    let message = |value| serde_json::from_value::<Status>(value).unwrap_err().to_string();
    let number = if cfg!(feature = "exact-numbers") { "number" } else { "integer `5`" };
    assert_eq!(message(json!(5)), format!("invalid type: {number}, expected a string (Status)"));
    assert_eq!(message(json!(null)), "invalid type: null, expected a string (Status)");
    assert_eq!(message(json!({ "DEMO": null })), "invalid type: map, expected a string (Status)");
    assert!(serde_json::from_value::<Level>(json!("10")).is_err());
    assert!(serde_json::from_value::<Level>(json!(10.5)).is_err());
}
