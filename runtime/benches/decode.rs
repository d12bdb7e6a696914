//! What decoding and encoding a list of 250 connectors costs, beside structs with equal fields that derive serde.
//!
//! The fastest round of each side is printed: whatever else the machine does only ever adds. Each side runs in processes of
//! its own, because what one leaves behind in the allocator speeds up or slows down the other by more than they differ.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement prints, and ends by panicking where it fails"
)]

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use openapi_client_runtime::{JsonObject, UnknownValue};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const CONNECTORS: usize = 250;
/// How often each side gets a process, and how many rounds it runs there.
const TURNS: usize = 5;
const ROUNDS: usize = 300;

/// What is measured, and beside what; the names are what a process is told to do.
const MEASURED: [[&str; 3]; 4] = [
    ["decode from a slice", "slice-ours", "slice-derived"],
    ["decode from a slice, keeping the unknown", "slice-ours", "slice-keeping"],
    ["decode from a reader", "reader-ours", "reader-derived"],
    ["encode", "encode-ours", "encode-derived"],
];

/// As the generator emits it.
#[derive(Clone, Debug, PartialEq)]
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

openapi_client_runtime::object! {
    Ours {
        "name" => name,
        "type" => r#type,
        "scriptName" => script_name,
        "className" => class_name,
        "features" => features,
        "directConnect" => direct_connect,
        "connectorMetadata" => connector_metadata,
        "status" => status,
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

openapi_client_runtime::string_enum! {
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
    // `cargo bench` passes options of its own.
    if let Some(task) = std::env::args().nth(1).filter(|argument| !argument.starts_with('-')) {
        return println!("{}", measure(&task).as_nanos());
    }
    println!("a list of {CONNECTORS} connectors, {} bytes", text().len());
    for [what, ours, derived] in MEASURED {
        let (mut best_ours, mut best_derived) = (u64::MAX, u64::MAX);
        for _ in 0..TURNS {
            best_ours = best_ours.min(in_a_process(ours));
            best_derived = best_derived.min(in_a_process(derived));
        }
        let percent = (best_ours as f64 / best_derived as f64 - 1.0) * 100.0;
        println!("{what}: ours {best_ours} ns, derived {best_derived} ns, {percent:+.1} %");
    }
}

fn in_a_process(task: &str) -> u64 {
    let output = Command::new(std::env::current_exe().unwrap()).arg(task).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

fn measure(task: &str) -> Duration {
    let text = text();
    match task {
        "slice-ours" => fastest(|| decode::<Ours>(&text)),
        "slice-derived" => fastest(|| decode::<Derived>(&text)),
        "slice-keeping" => fastest(|| decode::<Keeping>(&text)),
        "reader-ours" => fastest(|| read::<Ours>(&text)),
        "reader-derived" => fastest(|| read::<Derived>(&text)),
        "encode-ours" => encoding(&decode::<Ours>(&text)),
        "encode-derived" => encoding(&decode::<Derived>(&text)),
        other => panic!("no such task: {other}"),
    }
}

fn text() -> Vec<u8> {
    let list: Vec<Value> = (0..CONNECTORS).map(connector).collect();
    serde_json::to_vec(&list).unwrap()
}

fn decode<T: DeserializeOwned>(text: &[u8]) -> Vec<T> {
    serde_json::from_slice(text).unwrap()
}

fn read<T: DeserializeOwned>(text: &[u8]) -> Vec<T> {
    serde_json::from_reader(text).unwrap()
}

fn encoding<T: Serialize>(list: &[T]) -> Duration {
    fastest(|| serde_json::to_vec(list).unwrap())
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
