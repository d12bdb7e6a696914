//! Unions without a tag: the variant that explains most of the value wins.

use std::collections::BTreeMap;

use openapi_client_runtime::{DateTime, JsonObject, Value};
use serde_json::json;

use crate::types::{Circle, Connector, Level, PatchItem, PatchValue, Plain, Shape, Square, SquareType, Status, Tagged};
use crate::{decode, encode, round_trip};

macro_rules! union {
    ($name:ident { $($variant:ident($held:ty),)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        enum $name {
            $($variant($held),)*
            Other(Value),
        }

        openapi_client_runtime::union! { $name { $($variant($held),)* } }
    };
}

#[test]
fn values_of_a_patch() {
    assert_eq!(round_trip::<PatchValue>(json!("x")), PatchValue::String("x".to_owned()));
    assert_eq!(round_trip::<PatchValue>(json!(true)), PatchValue::Boolean(true));
    assert_eq!(round_trip::<PatchValue>(json!(300)), PatchValue::Integer(300));
    assert_eq!(round_trip::<PatchValue>(json!(-1)), PatchValue::Integer(-1));
    assert_eq!(round_trip::<PatchValue>(json!(1.5)), PatchValue::Other(json!(1.5)));
    assert_eq!(round_trip::<PatchValue>(json!(300.0)), PatchValue::Other(json!(300.0)));
    assert_eq!(round_trip::<PatchValue>(json!(u64::MAX)), PatchValue::Other(json!(u64::MAX)));
    assert_eq!(round_trip::<PatchValue>(json!(null)), PatchValue::Other(Value::Null));
    assert!(matches!(round_trip(json!({ "a": { "b": [null] } })), PatchValue::Object(object) if object.len() == 1));
    assert_eq!(round_trip::<PatchValue>(json!({})), PatchValue::Object(JsonObject::new()));
}

#[test]
fn an_array_may_be_mixed() {
    let value: PatchValue = round_trip(json!(["x", 1, 1.5, null, { "a": [] }, [1]]));
    let PatchValue::Array(items) = value else { panic!("{value:?}") };
    assert_eq!(
        items[..4],
        [
            PatchItem::String("x".to_owned()),
            PatchItem::Integer(1),
            PatchItem::Other(json!(1.5)),
            PatchItem::Other(Value::Null),
        ]
    );
    assert!(matches!(&items[4], PatchItem::Object(_)));
    assert_eq!(items[5], PatchItem::Other(json!([1])));
    assert_eq!(round_trip::<PatchValue>(json!([])), PatchValue::Array(Vec::new()));
}

#[test]
fn objects_are_told_apart_by_the_value_of_an_enum() {
    let circle: Shape = round_trip(json!({ "type": "CIRCLE", "size": 1.5 }));
    assert!(matches!(circle, Shape::Circle(_)), "{circle:?}");
    let square: Shape = round_trip(json!({ "type": "SQUARE", "size": 1.5 }));
    assert!(matches!(&square, Shape::Square(square) if square.r#type == Some(SquareType::Square)), "{square:?}");
    // Equally good: the first.
    let new: Shape = round_trip(json!({ "type": "TRIANGLE", "size": 1.5 }));
    assert!(matches!(new, Shape::Circle(_)), "{new:?}");
}

#[test]
fn a_later_variant_wins_if_it_explains_more() {
    union! { Either { Circle(Circle), Connector(Connector), } }
    assert!(matches!(round_trip(json!({ "name": "AD", "rank": 1 })), Either::Connector(_)));
    assert!(matches!(round_trip(json!({ "size": 1.5 })), Either::Circle(_)));
    assert!(matches!(round_trip(json!({ "type": "x" })), Either::Connector(_)));
    assert!(matches!(round_trip(json!({ "type": "CIRCLE" })), Either::Circle(_)));
    assert!(matches!(round_trip(json!({ "size": 0.5, "name": "AD", "rank": 1 })), Either::Connector(_)));
    assert!(matches!(round_trip(json!({})), Either::Circle(_)));
    // Null in a declared property still shows that it is declared.
    assert!(matches!(round_trip(json!({ "features": null })), Either::Connector(_)));
    // Neither declares any of it.
    assert!(matches!(round_trip(json!({ "colour": "red" })), Either::Other(_)));
    // The wrong type of a declared property rules a variant out.
    assert!(matches!(round_trip(json!({ "size": "big", "type": "CIRCLE" })), Either::Connector(_)));
}

#[test]
fn of_variants_that_explain_a_property_the_exact_one_wins() {
    union! { Either { Plain(Plain), Square(Square), } }
    assert!(matches!(round_trip(json!({ "size": 1 })), Either::Plain(_)));
    assert!(matches!(round_trip(json!({ "size": 1.5 })), Either::Square(_)));
    assert!(matches!(round_trip(json!({ "type": "SQUARE" })), Either::Square(_)));
}

#[test]
fn what_a_type_knows_counts_more_than_what_it_takes() {
    union! { Texts { Text(String), Date(DateTime), Status(Status), } }
    assert_eq!(round_trip::<Texts>(json!("DEMO")), Texts::Status(Status::Demo));
    assert_eq!(round_trip::<Texts>(json!("NEW")), Texts::Text("NEW".to_owned()));
    assert!(matches!(round_trip(json!("2020-01-01T00:00:00Z")), Texts::Date(_)));
    assert!(matches!(round_trip(json!("soon")), Texts::Text(_)));
    union! { Known { Date(DateTime), Status(Status), } }
    assert!(matches!(round_trip(json!("DEMO")), Known::Status(_)));
    // Nothing better is there: the first that can keep it.
    assert!(matches!(round_trip(json!("neither")), Known::Date(_)));
}

#[test]
fn integers_go_to_integers_and_fractions_to_floats() {
    union! { Numbers { Float(f64), Integer(i64), } }
    assert_eq!(round_trip::<Numbers>(json!(300)), Numbers::Integer(300));
    assert_eq!(round_trip::<Numbers>(json!(1.5)), Numbers::Float(1.5));
    assert_eq!(round_trip::<Numbers>(json!(300.0)), Numbers::Float(300.0));
    union! { Floats { Float(f64), Text(String), } }
    assert_eq!(decode::<Floats>(&json!(300)), Floats::Float(300.0));
    union! { Levels { Integer(i64), Level(Level), Date(DateTime), } }
    assert_eq!(round_trip::<Levels>(json!(10)), Levels::Level(Level::High));
    assert_eq!(round_trip::<Levels>(json!(11)), Levels::Integer(11));
}

#[test]
fn maps_and_free_form_objects_lose_to_declared_properties() {
    union! { Maps { Free(JsonObject), Texts(BTreeMap<String, String>), Connector(Connector), } }
    assert!(matches!(round_trip(json!({ "name": "AD" })), Maps::Connector(_)));
    assert!(matches!(round_trip(json!({ "a": "x" })), Maps::Texts(_)));
    assert!(matches!(round_trip(json!({ "a": 1 })), Maps::Free(_)));
    assert!(matches!(round_trip(json!({ "a": "x", "b": 1 })), Maps::Free(_)));
    assert!(matches!(round_trip(json!({})), Maps::Free(_)));
}

#[test]
fn unions_stand_wherever_types_stand() {
    #[derive(Clone, Debug, PartialEq)]
    struct Holder {
        one: Option<Shape>,
        many: Option<Vec<Shape>>,
        boxed: Option<Box<Shape>>,
        named: Option<BTreeMap<String, Shape>>,
        maybe: Option<Vec<Option<Shape>>>,
        extra: JsonObject,
    }
    openapi_client_runtime::object! {
        Holder {
            "one" => one,
            "many" => many,
            "boxed" => boxed,
            "named" => named,
            "maybe" => maybe,
        }
    }
    let (circle, square) = (json!({ "type": "CIRCLE" }), json!({ "type": "SQUARE" }));
    let holder: Holder = round_trip(json!({
        "one": square, "many": [circle, square, 1], "boxed": square, "named": { "a": square, "b": "x" },
        "maybe": [null, square],
    }));
    assert!(matches!(holder.one, Some(Shape::Square(_))));
    assert!(matches!(holder.many.as_deref(), Some([Shape::Circle(_), Shape::Square(_), Shape::Other(_)])));
    assert!(matches!(holder.boxed.as_deref(), Some(Shape::Square(_))));
    assert!(matches!(&holder.named.unwrap()["a"], Shape::Square(_)));
    assert!(matches!(holder.maybe.as_deref(), Some([None, Some(Shape::Square(_))])));
    assert_eq!(round_trip::<Holder>(json!({ "one": null })).one, None);
}

#[test]
fn a_union_in_a_union_counts_what_it_explains() {
    union! { Outer { Connector(Connector), Shape(Shape), Tagged(Tagged), } }
    assert!(matches!(round_trip(json!({ "type": "SQUARE" })), Outer::Shape(Shape::Square(_))));
    assert!(matches!(round_trip(json!({ "name": "AD", "type": "x" })), Outer::Connector(_)));
    assert!(matches!(round_trip(json!({ "type": "group", "members": [{ "type": "CIRCLE" }] })), Outer::Tagged(_)));
    assert!(matches!(round_trip(json!(["nothing"])), Outer::Other(_)));
}

#[test]
fn a_union_that_is_met_again_is_decided_as_before() {
    #[derive(Clone, Debug, PartialEq)]
    struct Drawing {
        shapes: Option<Vec<Shape>>,
        extra: JsonObject,
    }
    openapi_client_runtime::object! { Drawing { "shapes" => shapes, } }
    #[derive(Clone, Debug, PartialEq)]
    struct Named {
        name: Option<String>,
        shapes: Option<Vec<Shape>>,
        extra: JsonObject,
    }
    openapi_client_runtime::object! { Named { "name" => name, "shapes" => shapes, } }
    union! { Either { Drawing(Drawing), Named(Named), } }
    let value =
        json!({ "name": "n", "shapes": [{ "type": "TRIANGLE" }, { "type": "SQUARE" }, { "type": "CIRCLE" }, 5] });
    let Either::Named(Named { shapes: Some(shapes), .. }) = round_trip(value) else { panic!("not the named one") };
    assert!(
        matches!(shapes.as_slice(), [Shape::Circle(_), Shape::Square(_), Shape::Circle(_), Shape::Other(_)]),
        "{shapes:?}"
    );
}

#[test]
fn a_union_that_contains_nothing_but_itself_is_decided() {
    #[derive(Clone, Debug, PartialEq)]
    enum Loop {
        Itself(Box<Loop>),
        Text(String),
        Other(Value),
    }
    openapi_client_runtime::union! { Loop { Itself(Box<Loop>), Text(String), } }
    assert_eq!(round_trip::<Loop>(json!("x")), Loop::Text("x".to_owned()));
    assert_eq!(round_trip::<Loop>(json!(1)), Loop::Other(json!(1)));
}

#[test]
fn values_are_converted_like_documents() {
    assert_eq!(PatchValue::from(json!(1)), PatchValue::Integer(1));
    assert_eq!(PatchValue::from(json!(null)), PatchValue::Other(Value::Null));
    assert_eq!(PatchValue::from(true), PatchValue::Boolean(true));
    assert_eq!(PatchValue::from("x".to_owned()), PatchValue::String("x".to_owned()));
    assert_eq!(encode(&PatchValue::from(vec![PatchItem::from(1)])), json!([1]));
}
