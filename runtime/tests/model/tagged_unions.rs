//! Unions with a tag.

use std::collections::BTreeMap;

use openapi_client_runtime::model::from_json_slice;
use serde_json::json;

use crate::types::{Circle, CircleType, Group, Plain, Tagged};
use crate::{encode, round_trip};

#[test]
fn the_tag_says_which_variant_it_is() {
    let circle: Tagged = round_trip(json!({ "type": "CIRCLE", "size": 1.5, "new": 1 }));
    assert!(matches!(&circle, Tagged::Circle(circle) if circle.r#type == Some(CircleType::Circle)), "{circle:?}");
    for tag in ["plain", "simple"] {
        let plain: Tagged = round_trip(json!({ "size": 3, "type": tag }));
        assert!(
            matches!(&plain, Tagged::Plain(plain) if plain.size == Some(3) && plain.extra["type"] == tag),
            "{plain:?}"
        );
    }
}

#[test]
fn an_unknown_or_missing_tag_is_kept_as_it_is() {
    for value in [
        json!({ "type": "TRIANGLE", "size": 1.5 }),
        json!({ "size": 1.5 }),
        json!({ "type": null }),
        json!({ "type": 5 }),
        json!({ "type": ["CIRCLE"] }),
        json!({}),
        json!([1, 2]),
        json!("CIRCLE"),
        json!(null),
    ] {
        assert_eq!(round_trip::<Tagged>(value.clone()), Tagged::Unknown(value));
    }
}

#[test]
fn of_a_repeated_tag_the_last_one_wins() {
    let read = serde_json::from_str::<Tagged>(r#"{"type":"TRIANGLE","type":"CIRCLE"}"#).unwrap();
    assert!(matches!(read, Tagged::Circle(_)), "{read:?}");
}

#[test]
fn a_tag_that_a_variant_lacks_is_added() {
    let plain = Plain { size: Some(1), extra: Default::default() };
    assert_eq!(encode(&Tagged::from(Box::new(plain))), json!({ "size": 1, "type": "plain" }));
    assert_eq!(encode(&Tagged::from(Circle::default())), json!({ "type": "CIRCLE" }));
    let new = Circle { r#type: Some("OVAL".into()), ..Circle::default() };
    assert_eq!(encode(&Tagged::from(new)), json!({ "type": "OVAL" }));
}

#[test]
fn they_stand_in_lists_and_maps_and_in_each_other() {
    let group: Tagged = round_trip(json!({
        "type": "group",
        "members": [{ "type": "CIRCLE" }, { "type": "group", "members": [] }, { "type": "new" }],
        "byName": { "a": { "type": "plain", "size": 1 } },
    }));
    let Tagged::Group(Group { members: Some(members), by_name: Some(by_name), .. }) = group else {
        panic!("{group:?}")
    };
    assert!(matches!(members.as_slice(), [Tagged::Circle(_), Tagged::Group(_), Tagged::Unknown(_)]), "{members:?}");
    assert!(matches!(by_name["a"], Tagged::Plain(_)));
    let map: BTreeMap<String, Tagged> = round_trip(json!({ "x": { "type": "CIRCLE" } }));
    assert!(matches!(map["x"], Tagged::Circle(_)));
}

#[test]
fn a_value_that_is_not_what_its_tag_says_is_an_error_that_says_where() {
    let text = br#"[{"type":"CIRCLE"},{"type":"group","members":[{"type":"plain","size":"big"}]}]"#;
    let error = from_json_slice::<Vec<Tagged>>(text).unwrap_err();
    assert_eq!(error.path(), "[1]");
    assert_eq!(error.message(), "in `members[0].size`: invalid type: string, expected i64");
}
