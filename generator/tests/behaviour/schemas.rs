//! What the types of the schema fixtures do with values.

use fixture_crate::{DateTime, JsonObject, Value, model::Object};
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
    let thing: Thing = round(json!({"name": "a"}));
    assert_eq!((thing.name.as_deref(), thing.size), (Some("a"), None), "members are the same whichever way values travel");
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
    let thing = Thing::new().with_extra("sometimes", Value::Null).owner(Owner::new().name("o"));
    assert_eq!(
        to_value(&thing).expect("it can be encoded"),
        json!({"always": null, "sometimes": null, "owner": {"name": "o"}})
    );
    let thing: Thing = round(json!({"always": "a", "sometimes": "b", "owner": null, "names": ["x", null]}));
    assert_eq!(thing.sometimes.as_deref(), Some("b"));
    assert!(thing.owner.is_none() && thing.seldom.is_none());
    assert_eq!((thing.extra().get("owner"), thing.extra().get("seldom")), (Some(&Value::Null), None));
    let set = Thing::new().always("a").with_extra("sometimes", Value::Null).sometimes("b");
    assert_eq!(to_value(set).expect("it can be encoded"), json!({"always": "a", "sometimes": "b"}), "a value wins");
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
    let cleared = to_value(Thing::new("thing").with_extra("note", Value::Null)).expect("it can be encoded");
    assert_eq!(cleared, json!({"kind": "thing", "note": null}));
}

#[test]
fn properties_that_are_no_identifiers_keep_their_names() {
    use fixture_crate::property_names::models::{Thing, ThingABCD, ThingType};
    let thing = Thing::new("f").star(1).accounts_submitted_for_processing(2).r#type(ThingType::A).empty("e").null(true);
    let value = to_value(thing.a_b_c_d(ThingABCD::new().hash("h"))).expect("it can be encoded");
    assert_eq!(
        value,
        json!({
            "filter.$": "f", "*": 1, "Accounts submitted for processing": 2, "@type": "a", "": "e", "null": true,
            "a.b-c/d": {"#": "h"}
        })
    );
    round::<Thing>(value);
}

#[test]
fn words_that_look_like_other_scalars_are_text() {
    use fixture_crate::plain_scalars::models::{ThingAnswer, ThingVersion};
    assert_eq!(ThingAnswer::VALUES, ["yes", "no", "on", "off", "y", "n"]);
    assert_eq!(ThingVersion::VALUES, ["1_0", "1e", "0x", "12:30:45", "~a"]);
    let mended = fixture_crate::enum_members::models::ThingFlag::VALUES;
    assert_eq!(mended, ["true", "false", "maybe"]);
}

#[test]
fn a_null_in_an_enum_is_no_value_of_it() {
    use fixture_crate::enums_of_null::models::{Thing, ThingLevel, ThingMode, ThingState};
    let thing: Thing = round(json!({"state": null, "level": 2, "mode": "fast"}));
    assert!(thing.state.is_none() && thing.extra().get("state") == Some(&Value::Null));
    assert_eq!((thing.level, thing.mode), (Some(ThingLevel::N2), Some(ThingMode::Fast)));
    assert_eq!(ThingState::VALUES, ["on", "off"]);
}

#[test]
fn one_side_only_sets_some_properties() {
    use fixture_crate::access::models::Thing;
    let thing = to_value(Thing::new("n", "s")).expect("it can be encoded");
    assert_eq!(thing, json!({"name": "n", "secret": "s"}), "`id` is no argument");
    round::<Thing>(json!({"id": "1", "name": "n", "created": "2026-01-31T12:00:00Z"}));
}

#[test]
fn what_a_part_requires_the_whole_requires() {
    use fixture_crate::required_in_parts::models::{Other, Thing};
    let thing = to_value(Thing::new("i", "n", 3).note("x")).expect("it can be encoded");
    assert_eq!(thing, json!({"id": "i", "name": "n", "size": 3, "note": "x"}));
    assert_eq!(to_value(Other::new("n")).expect("it can be encoded"), json!({"note": "n"}));
}

#[test]
fn recursion_goes_through_lists_maps_and_unions() {
    use fixture_crate::recursive_lists::models::{Criteria, Thing, Tree};
    let thing: Thing = round(json!({
        "criteria": {"all": [{"value": "a"}, {"not": {"value": "b"}}]},
        "tree": {"value": "root", "branches": {"left": {"branches": {}}, "right": {"value": "leaf"}}}
    }));
    let Some(Criteria::Group(group)) = thing.criteria else { panic!("it is a group") };
    assert!(matches!(group.all.as_deref(), Some([Criteria::Leaf(_), Criteria::Group(_)])));
    let branches = thing.tree.and_then(|tree: Tree| tree.branches).expect("it has branches");
    assert_eq!(branches["right"].value.as_deref(), Some("leaf"));
}

#[test]
fn files_become_types_of_their_names() {
    use fixture_crate::references_across_files::models::{Level, Owner, Thing};
    let thing = Thing::new("1").level(Level::High).owner(Owner::new().name("o")).parent(Thing::new("0")).owner_name("o");
    let value = to_value(thing).expect("it can be encoded");
    assert_eq!(
        value,
        json!({"id": "1", "level": "high", "owner": {"name": "o"}, "parent": {"id": "0"}, "ownerName": "o"})
    );
    use fixture_crate::same_file_names::models::{AccessRole, GetThingResponse, Role, RoleKind, SearchRole};
    let all: GetThingResponse = round(json!({
        "first": {"score": "s", "kind": "score"}, "second": {"grants": "g"}, "third": {"name": "n", "kind": "name"}
    }));
    let (first, second, third): (Option<SearchRole>, Option<AccessRole>, Option<Role>) =
        (all.first, all.second, all.third);
    assert_eq!(first.and_then(|role| role.score).as_deref(), Some("s"));
    assert_eq!(second.and_then(|role| role.grants).as_deref(), Some("g"));
    assert_eq!(third.and_then(|role| role.kind), Some(RoleKind::Name));
}

#[test]
fn a_mapping_may_name_files() {
    use fixture_crate::tagged_union_files::models::{CatKind, Dog, DogKind, Pet};
    assert!(matches!(round::<Pet>(json!({"kind": "TABBY", "lives": 9})), Pet::Cat(_)));
    assert!(matches!(round::<Pet>(json!({"kind": "DOG", "friend": {"kind": "CAT"}})), Pet::Dog(_)));
    assert!(matches!(round::<Pet>(json!({"kind": "kinds/Cat.yaml"})), Pet::Unknown(_)));
    let pet = Pet::from(Dog::new(DogKind::Dog).friend(fixture_crate::tagged_union_files::models::Cat::new(CatKind::Cat)));
    assert_eq!(to_value(pet).expect("it can be encoded"), json!({"kind": "DOG", "friend": {"kind": "CAT"}}));
}

#[test]
fn variants_have_what_stands_beside_them() {
    use fixture_crate::one_of_shared::models::{Event, Rule, Thing, ThingCircle};
    let thing: Thing = round(json!({"name": "n", "radius": 2, "next": {"name": "m", "side": 1, "new": true}}));
    let Thing::Circle(circle) = thing else { panic!("it is a circle") };
    assert_eq!((circle.name.as_deref(), circle.radius), (Some("n"), Some(2)));
    assert!(matches!(circle.next.as_deref(), Some(Thing::Square(_))));
    assert_eq!(to_value(Thing::from(ThingCircle::new("c"))).expect("it can be encoded"), json!({"name": "c"}));

    let event: Event = round(json!({"kind": "STOP", "at": "2026-01-31T12:00:00Z", "reason": "r"}));
    let Event::Stopped(stopped) = event else { panic!("it is stopped") };
    assert_eq!((stopped.kind.as_deref(), stopped.reason.as_deref()), (Some("STOP"), Some("r")));
    assert!(stopped.at.is_some());
    assert!(matches!(round::<Event>(json!({"kind": "PAUSE", "at": "now"})), Event::Unknown(_)));
    assert_eq!(round::<Rule>(json!({"id": "1"})).id.as_deref(), Some("1"));
}

#[test]
fn words_of_openapi_3_1_that_narrow_change_nothing() {
    use fixture_crate::openapi_3_1_keywords::models::{Thing, ThingEither};
    let thing: Thing = round(json!({"pair": ["a", 1], "labels": {"x-a": "b"}, "size": null, "either": 7, "more": 1}));
    assert_eq!(thing.either, Some(ThingEither::Integer(7)));
    assert_eq!((thing.size, thing.extra["size"].is_null()), (None, true));
}

#[test]
fn a_base_that_lists_its_children_is_a_union_of_them() {
    use fixture_crate::base_with_children::models::{Cat, Dog, Pet, PetBaseKind, Thing};
    let thing: Thing = round(json!({"pet": {"kind": "DOG", "friend": {"kind": "CAT", "name": "n", "lives": 9}}}));
    let Some(Pet::Dog(dog)) = thing.pet else { panic!("it is a dog") };
    assert!(matches!(dog.friend, Some(Pet::Cat(cat)) if cat.lives == Some(9) && cat.name.as_deref() == Some("n")));
    let dog = Dog::new(PetBaseKind::Dog).friend(Cat::new(PetBaseKind::Cat));
    assert_eq!(to_value(dog).expect("it can be encoded"), json!({"kind": "DOG", "friend": {"kind": "CAT"}}));
}
