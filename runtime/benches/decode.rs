//! What decoding and encoding a list of 250 connectors costs, beside structs with equal fields that derive serde.
//!
//! The fastest round of each side is printed: whatever else the machine does only ever adds. Each side runs many rounds
//! before it is the other's turn, because what one leaves behind in the allocator speeds up or slows down the other.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement prints, and ends by panicking where it fails"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use sailpoint_runtime::{JsonObject, UnknownValue};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const CONNECTORS: usize = 250;
const TURNS: usize = 20;
const ROUNDS: usize = 40;

/// As the generator emits it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Ours {
    name: Option<String>,
    r#type: Option<String>,
    script_name: Option<String>,
    class_name: Option<String>,
    features: Option<Vec<String>>,
    direct_connect: Option<bool>,
    connector_metadata: Option<JsonObject>,
    status: Option<OurStatus>,
    extra: JsonObject,
}

sailpoint_runtime::object! {
    Ours {
        "name" => optional name,
        "type" => optional r#type,
        "scriptName" => optional script_name,
        "className" => optional class_name,
        "features" => optional features,
        "directConnect" => optional direct_connect,
        "connectorMetadata" => optional connector_metadata,
        "status" => optional status,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum OurStatus {
    Deprecated,
    Development,
    Demo,
    Released,
    Unknown(UnknownValue),
}

sailpoint_runtime::string_enum! {
    OurStatus {
        Deprecated = "DEPRECATED",
        Development = "DEVELOPMENT",
        Demo = "DEMO",
        Released = "RELEASED",
    }
}

/// The same fields by hand: nothing unknown is kept, an unknown status is an error.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Derived {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    script_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    features: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direct_connect: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connector_metadata: Option<JsonObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<DerivedStatus>,
    #[serde(skip)]
    extra: JsonObject,
}

/// The same with a place for unknown properties, which makes serde buffer every object.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Keeping {
    #[serde(flatten)]
    declared: Derived,
    #[serde(flatten)]
    extra: JsonObject,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum DerivedStatus {
    Deprecated,
    Development,
    Demo,
    Released,
}

fn connector(number: usize) -> Value {
    let status = ["DEPRECATED", "DEVELOPMENT", "DEMO", "RELEASED"][number % 4];
    json!({
        "name": format!("Connector {number}"),
        "type": "custom ServiceNow",
        "scriptName": format!("servicenow-{number}"),
        "className": "sailpoint.connector.OpenConnectorAdapter",
        "features": ["PROVISIONING", "SYNC_PROVISIONING", "SEARCH", "UNSTRUCTURED_TARGETS"],
        "directConnect": number.is_multiple_of(2),
        "connectorMetadata": { "supportedUI": "EXTJS", "platform": "ccg", "shortDesc": "A connector", "rank": number },
        "status": status,
    })
}

fn main() {
    let list: Vec<Value> = (0..CONNECTORS).map(connector).collect();
    let text = serde_json::to_vec(&list).unwrap();
    println!("a list of {CONNECTORS} connectors, {} bytes", text.len());
    compare("decode from a slice", || decode::<Ours>(&text), || decode::<Derived>(&text));
    compare("decode from a slice, keeping the unknown", || decode::<Ours>(&text), || decode::<Keeping>(&text));
    compare("decode from a reader", || read::<Ours>(&text), || read::<Derived>(&text));
    let (ours, derived) = (decode::<Ours>(&text), decode::<Derived>(&text));
    compare("encode", || serde_json::to_vec(&ours).unwrap(), || serde_json::to_vec(&derived).unwrap());
}

fn decode<T: DeserializeOwned>(text: &[u8]) -> Vec<T> {
    serde_json::from_slice(text).unwrap()
}

fn read<T: DeserializeOwned>(text: &[u8]) -> Vec<T> {
    serde_json::from_reader(text).unwrap()
}

fn compare<A, B>(what: &str, ours: impl Fn() -> A, derived: impl Fn() -> B) {
    let (mut best_ours, mut best_derived) = (Duration::MAX, Duration::MAX);
    for _ in 0..TURNS {
        best_ours = best_ours.min(fastest(&ours));
        best_derived = best_derived.min(fastest(&derived));
    }
    let percent = (best_ours.as_secs_f64() / best_derived.as_secs_f64() - 1.0) * 100.0;
    println!("{what}: ours {} ns, derived {} ns, {percent:+.1} %", best_ours.as_nanos(), best_derived.as_nanos());
}

fn fastest<T>(run: impl Fn() -> T) -> Duration {
    let time = |_| {
        let started = Instant::now();
        let made = black_box(run());
        let took = started.elapsed();
        drop(made);
        took
    };
    (0..ROUNDS).map(time).min().unwrap_or_default()
}
