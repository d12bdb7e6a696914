//! What the types of the schema fixtures do with values.

use fixture_crate::{DateTime, JsonObject, Nullable, Value, model::Object};
use serde_json::{from_value, json, to_value};

/// Decodes `value`, encodes it again, and expects what came in.
fn round<T>(value: Value) -> T
where
    T: for<'de> fixture_crate::serde::Deserialize<'de> + fixture_crate::serde::Serialize,
{
    let decoded: T = from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"));
    assert_eq!(to_value(&decoded).expect("it can be encoded"), value);
    decoded
}

#[test]
fn what_is_only_read_may_lack_anything() {
    use fixture_crate::object_read::models::Thing;
    assert_eq!(round::<Thing>(json!({})), Thing::default());
    let thing: Thing = round(json!({"id": null, "size": null, "new": {"a": [1]}}));
    assert_eq!(thing.id, None);
    assert_eq!(thing.extra().get("new"), Some(&json!({"a": [1]})));
    let thing: Thing = round(json!({"id": "x", "size": 12, "weight": 1.5, "isNew": true}));
    assert_eq!(
        (thing.id.as_deref(), thing.size, thing.weight, thing.is_new),
        (Some("x"), Some(12), Some(1.5), Some(true))
    );
}

#[test]
fn what_is_written_has_its_required_properties() {
    use fixture_crate::object_written::models::Thing;
    let thing = Thing::new("a", 1).note("b");
    assert_eq!(to_value(&thing).expect("it can be encoded"), json!({"name": "a", "size": 1, "note": "b"}));
    let error = from_value::<Thing>(json!({"name": "a"})).expect_err("the size is required");
    assert!(error.to_string().contains("missing field `size`"), "{error}");
}

#[test]
fn what_travels_both_ways_keeps_what_it_does_not_know() {
    use fixture_crate::object_both::models::Thing;
    let mut thing: Thing = round(json!({"id": "1", "added later": [1, {"a": null}]}));
    thing.name = Some("new".to_owned());
    let written = to_value(&thing).expect("it can be encoded");
    assert_eq!(written, json!({"id": "1", "name": "new", "added later": [1, {"a": null}]}));
    assert_eq!(to_value(Thing::new("a")).expect("it can be encoded"), json!({"name": "a"}));
}

#[test]
fn absence_null_and_value_are_told_apart() {
    use fixture_crate::nullable::models::{Owner, Thing};
    let thing = Thing::new(None).sometimes(Nullable::Null).owner(Owner::new().name("o"));
    assert_eq!(
        to_value(&thing).expect("it can be encoded"),
        json!({"always": null, "sometimes": null, "owner": {"name": "o"}})
    );
    let thing: Thing = round(json!({"always": "a", "sometimes": "b", "owner": null, "names": ["x", null]}));
    assert_eq!(thing.sometimes, Nullable::Value("b".to_owned()));
    assert!(thing.owner.is_null() && thing.seldom.is_none());
}

#[test]
fn an_unknown_value_of_an_enum_is_kept() {
    use fixture_crate::string_enum::models::{Origin, Thing, ThingStatus};
    let thing: Thing = round(json!({"status": "SOMETHING_NEW", "origin": "no"}));
    assert_eq!(thing.status.as_ref().map(ThingStatus::as_str), Some("SOMETHING_NEW"));
    assert!(matches!(thing.status, Some(ThingStatus::Unknown(_))));
    assert_eq!(thing.origin, Some(Origin::No));
    assert_eq!(ThingStatus::from("RELEASED"), ThingStatus::Released);
    assert_eq!(round::<Thing>(json!({"origin": null})).origin, None);
}

#[test]
fn odd_members_of_an_enum_keep_their_spelling() {
    use fixture_crate::string_enum_odd_members::models::ThingOperator;
    for value in ThingOperator::VALUES {
        let operator = ThingOperator::from(*value);
        assert!(!matches!(operator, ThingOperator::Unknown(_)), "{value}");
        assert_eq!(operator.as_str(), *value);
    }
    assert_eq!(ThingOperator::VALUES.len(), 12);
}

#[test]
fn an_unknown_integer_is_kept() {
    use fixture_crate::integer_enum::models::{Thing, ThingLevel};
    assert_eq!(round::<Thing>(json!({"level": -1})).level, Some(ThingLevel::Minus1));
    assert_eq!(round::<Thing>(json!({"level": 99})).level, Some(ThingLevel::Unknown(99)));
}

#[test]
fn lists_and_maps() {
    let list: fixture_crate::arrays::models::Thing =
        round(json!({"names": ["a"], "parts": [{"name": "p"}, {}], "matrix": [[1, 2], []]}));
    assert_eq!(list.matrix, Some(vec![vec![1, 2], vec![]]));
    let map: fixture_crate::maps::models::Thing = round(json!({
        "counts": {"a": 1}, "parts": {"x": {"name": "p", "new": 1}}, "open": {"any": [null]},
        "labelled": {"name": "n", "further": "text"}
    }));
    let labelled = map.labelled.expect("it is there");
    assert_eq!(labelled.additional_properties.get("further").map(String::as_str), Some("text"));
}

#[test]
fn anything_goes_where_nothing_is_declared() {
    use fixture_crate::free_form::models::Thing;
    let thing: Thing = round(json!({"anything": [1, "a"], "untyped": {"b": null}, "object": {"c": 1}}));
    assert_eq!(thing.object, json!({"c": 1}).as_object().cloned());
    round::<Thing>(json!({"anything": null}));
}

#[test]
fn all_of_is_one_struct() {
    use fixture_crate::all_of::models::{All, BaseState};
    let all: All =
        round(json!({"thing": {"id": "1", "size": 2, "state": "on"}, "renamed": {"id": "2"}, "base": {"id": "3"}}));
    let thing = all.thing.expect("it is there");
    assert_eq!((thing.id.as_deref(), thing.size, thing.state), (Some("1"), Some(2), Some(BaseState::On)));
}

#[test]
fn the_variant_that_explains_most_wins() {
    use fixture_crate::one_of::models::{Thing, ThingValue};
    let value = |value: Value| round::<Thing>(json!({ "value": value })).value;
    assert!(matches!(value(json!("x")), Some(ThingValue::Text(_))));
    assert!(matches!(value(json!(true)), Some(ThingValue::Boolean(true))));
    assert!(matches!(value(json!(300)), Some(ThingValue::Integer(300))));
    assert!(matches!(value(json!(1.5)), Some(ThingValue::Other(_))));
    assert!(matches!(value(json!({"kind": "cat"})), Some(ThingValue::Cat(_))));
    assert!(matches!(value(json!({"kind": "dog"})), Some(ThingValue::Dog(_))), "not the first that decodes");
    assert!(matches!(value(json!({"tricks": ["sit"]})), Some(ThingValue::Dog(_))));
    assert!(matches!(value(json!({"lives": 9, "new": 1})), Some(ThingValue::Cat(_))));
    assert!(matches!(value(json!(["a", 1, 2.5, {"b": null}])), Some(ThingValue::List(_))));
    assert_eq!(value(json!(null)), None);

    let null = Thing::new().value(Value::Null);
    assert_eq!(to_value(&null).expect("it can be encoded"), json!({"value": null}));
    assert_eq!(to_value(Thing::new().value(7)).expect("it can be encoded"), json!({"value": 7}));
    assert_eq!(to_value(Thing::new().value(1.5)).expect("it can be encoded"), json!({"value": 1.5}));
    assert_eq!(to_value(Thing::new().value(vec!["a", "b"])).expect("it can be encoded"), json!({"value": ["a", "b"]}));
    assert_eq!(Thing::new().value("x"), Thing::new().value(json!("x")));
}

#[test]
fn the_tag_says_which_variant() {
    use fixture_crate::tagged_union::models::{Pet, Thing};
    let pet = |value: Value| round::<Thing>(json!({ "pet": value })).pet;
    assert!(matches!(pet(json!({"kind": "tabby", "lives": 9})), Some(Pet::Cat(_))));
    assert!(matches!(pet(json!({"kind": "Dog"})), Some(Pet::Dog(_))));
    assert!(matches!(pet(json!({"kind": "fish", "fins": 2})), Some(Pet::Unknown(_))));
    assert!(matches!(pet(json!({"fins": 2})), Some(Pet::Unknown(_))));
}

#[test]
fn dates_are_kept_as_they_were_met() {
    use fixture_crate::dates::models::Thing;
    let thing: Thing = round(json!({"due": "2026-01-31T12:00:00+01:00", "created": "2009-11-10 23:00:00 +0000 UTC"}));
    assert_eq!(thing.created.as_ref().map(DateTime::as_str), Some("2009-11-10 23:00:00 +0000 UTC"));
    assert!(thing.created.and_then(|created| created.instant()).is_some());
    assert_eq!(round::<Thing>(json!({"created": "soon"})).created.and_then(|created| created.instant()), None);
    round::<Thing>(json!({"created": 1257894000000_i64}));
}

#[test]
fn a_type_may_contain_itself() {
    use fixture_crate::recursion::models::Node;
    let node: Node = round(json!({
        "parent": {"parent": {}}, "children": [{"children": []}], "edge": {"label": "e", "target": {"edge": {}}}
    }));
    assert!(node.parent.and_then(|parent| parent.parent).is_some());
}

#[test]
fn names_in_the_way_are_still_reached() {
    use fixture_crate::name_obstacles::models as m;
    let option = m::Option::new(m::Result::new().ok("fine"), "me")
        .new_("n")
        .clone_("c")
        .extra("e")
        .foo_bar("1")
        .foo_bar_("2")
        .filter("f")
        .n2nd("second")
        .string(m::String::None)
        .some(1)
        .inner(m::SelfType::new().a("a"));
    let value = to_value(&option).expect("it can be encoded");
    assert_eq!(
        value,
        json!({
            "type": {"ok": "fine"}, "self": "me", "new": "n", "clone": "c", "extra": "e", "fooBar": "1", "foo_bar": "2",
            "filter.$": "f", "2nd": "second", "string": "None", "some": 1, "inner": {"a": "a"}
        })
    );
    let back: m::Option = round(value);
    assert_eq!(back.extra_, JsonObject::new());
}

#[test]
fn openapi_3_1_becomes_the_same_as_3_0() {
    use fixture_crate::openapi_3_1::models::{Thing, ThingKind, ThingPart};
    let thing = Thing::new(ThingKind::Thing).note("n").size(1).part(ThingPart::new().name("p"));
    let value = to_value(&thing).expect("it can be encoded");
    assert_eq!(value, json!({"kind": "thing", "note": "n", "size": 1, "part": {"name": "p"}}));
    let cleared = to_value(Thing::new("thing").note(Nullable::Null)).expect("it can be encoded");
    assert_eq!(cleared, json!({"kind": "thing", "note": null}));
}
