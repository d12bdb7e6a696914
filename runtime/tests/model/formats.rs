//! Other ways in and out than JSON in memory: a reader, a tree, and the buffers of types that derive serde.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::types::{Connector, Counters, PatchValue, Shape, Status, Tagged};

/// A reader that gives a byte at a time, so that nothing can be lent.
struct Slowly<'a>(&'a [u8]);

impl Read for Slowly<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let length = to.len().min(1);
        self.0.read(&mut to[..length])
    }
}

fn connector() -> Value {
    json!({ "name": "AD", "type": "t", "features": ["x"], "created": 5, "status": "NEW", "rank": null, "new": [1] })
}

#[test]
fn from_a_reader() {
    let text = connector().to_string();
    let read: Connector = serde_json::from_reader(BufReader::new(Slowly(text.as_bytes()))).unwrap();
    assert_eq!(read, serde_json::from_str(&text).unwrap());
    let text = json!([{ "type": "SQUARE" }, { "a": 1 }]).to_string();
    let read: Vec<Shape> = serde_json::from_reader(Slowly(text.as_bytes())).unwrap();
    assert!(matches!(read.as_slice(), [Shape::Square(_), Shape::Other(_)]), "{read:?}");
}

#[test]
fn with_escaped_keys() {
    let text = r#"{"\u006eame":"AD","ne\"w":1,"r\u0061nk":7,"\u0000":2}"#;
    let read: Connector = serde_json::from_str(text).unwrap();
    assert_eq!((read.name.as_deref(), read.rank), (Some("AD"), Some(7)));
    assert_eq!(serde_json::to_value(&read).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    let counters: Counters = serde_json::from_str(r#"{"\u006eame":"x","\u0061":1}"#).unwrap();
    assert_eq!((counters.name.as_deref(), counters.additional["a"]), (Some("x"), 1));
    let tagged: Tagged = serde_json::from_str(r#"{"\u0074ype":"CIRC\u004cE"}"#).unwrap();
    assert!(matches!(tagged, Tagged::Circle(_)), "{tagged:?}");
}

#[test]
fn from_and_to_a_tree() {
    let owned: Connector = serde_json::from_value(connector()).unwrap();
    let lent = Connector::deserialize(&connector()).unwrap();
    assert_eq!(owned, lent);
    assert_eq!(serde_json::to_value(&owned).unwrap(), connector());
    let value: PatchValue = serde_json::from_value(json!([1, "x"])).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), json!([1, "x"]));
}

#[test]
fn inside_types_that_derive_serde() {
    #[derive(Debug, Serialize, Deserialize)]
    struct Flat {
        id: i64,
        #[serde(flatten)]
        connector: Connector,
    }
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Number(i64),
        Connector(Connector),
    }
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Kind {
        Patch { value: PatchValue, shapes: BTreeMap<Status, Shape> },
    }

    let mut value = connector();
    value["id"] = json!(1);
    let flat: Flat = serde_json::from_value(value.clone()).unwrap();
    assert_eq!((flat.id, flat.connector.name.as_deref()), (1, Some("AD")));
    assert_eq!(serde_json::to_value(&flat).unwrap(), value);

    let list: Vec<Untagged> = serde_json::from_value(json!([1, connector()])).unwrap();
    assert!(matches!(list.as_slice(), [Untagged::Number(1), Untagged::Connector(_)]), "{list:?}");
    assert_eq!(serde_json::to_value(&list).unwrap(), json!([1, connector()]));

    let value = json!({ "kind": "Patch", "value": ["x"], "shapes": { "DEMO": { "type": "SQUARE" } } });
    let Kind::Patch { value: patch, shapes } = serde_json::from_value(value).unwrap();
    assert!(matches!(patch, PatchValue::Array(_)), "{patch:?}");
    assert!(matches!(shapes[&Status::Demo], Shape::Square(_)), "{shapes:?}");
}

#[test]
fn types_that_derive_serde_stand_in_unions() {
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Point {
        x: i64,
        y: i64,
    }
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    enum Colour {
        Red,
        Mixed(Vec<i64>),
    }
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Metres(f64);
    #[derive(Clone, Debug, PartialEq)]
    enum Mine {
        Text(String),
        Point(Point),
        Colour(Colour),
        Metres(Metres),
        Pair((i64, String)),
        Nothing(()),
        Other(Value),
    }
    openapi_client_runtime::union! {
        Mine {
            Text(String), Point(Point), Colour(Colour), Metres(Metres), Pair((i64, String)), Nothing(()),
        }
    }
    let read = |value: Value| {
        let made: Mine = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&made).unwrap(), value);
        made
    };
    assert_eq!(read(json!({ "x": 1, "y": 2 })), Mine::Point(Point { x: 1, y: 2 }));
    assert_eq!(read(json!("Red")), Mine::Colour(Colour::Red));
    assert_eq!(read(json!("Green")), Mine::Text("Green".to_owned()));
    assert_eq!(read(json!({ "Mixed": [1] })), Mine::Colour(Colour::Mixed(vec![1])));
    assert_eq!(read(json!(1.5)), Mine::Metres(Metres(1.5)));
    assert_eq!(read(json!([1, "x"])), Mine::Pair((1, "x".to_owned())));
    assert_eq!(read(json!(null)), Mine::Nothing(()));
    assert_eq!(read(json!([1])), Mine::Other(json!([1])));
    assert_eq!(read(json!(true)), Mine::Other(json!(true)));
}

/// Fault: one float in three came back as its neighbour.
#[test]
fn every_float_comes_back_as_it_was() {
    let mut random = fastrand::Rng::with_seed(7);
    let some = [99.99999999999999, 0.1, f64::MAX, f64::MIN_POSITIVE, 5e-324, -0.0];
    let floats = std::iter::repeat_with(|| f64::from_bits(random.u64(..))).filter(|float| float.is_finite());
    for float in some.into_iter().chain(floats.take(200_000)) {
        let text = serde_json::to_string(&float).unwrap();
        assert_eq!(serde_json::from_str::<f64>(&text).unwrap().to_bits(), float.to_bits(), "{text}");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value.as_f64().map(f64::to_bits), Some(float.to_bits()), "{text}");
    }
}

/// Fault: numbers that no machine number holds were changed. With the feature `exact-numbers` they are kept as they came.
#[cfg(feature = "exact-numbers")]
#[test]
fn numbers_are_kept_as_they_came() {
    let text = r#"{"name":"AD","big":123456789012345678901234567890,"long":0.10,"huge":1e+400,"rank":7}"#;
    let read: Connector = serde_json::from_str(text).unwrap();
    assert_eq!(read.rank, Some(7));
    let written = serde_json::to_string(&read).unwrap();
    for number in ["123456789012345678901234567890", "0.10", "1e+400"] {
        assert!(written.contains(number), "{written}");
    }
}
