//! Types that keep everything pass, and each way to lose something is noticed.
#![allow(clippy::unwrap_used, reason = "tests assert by panicking")]

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Case, Outcome, Trip, run, trip};

/// Forgets what it does not know, and refuses other colours.
#[derive(Serialize, Deserialize)]
struct Forgetful {
    colour: Colour,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Colour {
    Red,
}

fn outcome(rust_type: &str, value: Value) -> Outcome {
    let document = json!({ "components": { "schemas": {
        "Colour": { "type": "string", "enum": ["red"] },
        "Thing": {
            "type": "object",
            "required": ["colour"],
            "properties": {
                "colour": { "allOf": [{ "$ref": "#/components/schemas/Colour" }], "description": "Of its coat." },
                "size": { "type": "number", "nullable": true },
            },
        },
    } } });
    let schema = "/components/schemas/Thing".to_owned();
    let case = Case { origin: "here".to_owned(), schema, rust_type: rust_type.to_owned(), value, composed: false };
    let table: [(&str, Trip); 2] = [("Value", trip::<Value>), ("Forgetful", trip::<Forgetful>)];
    run(&document, &[case], &table).unwrap()
}

fn reasons(findings: &[super::Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.why.as_str()).collect()
}

#[test]
fn what_is_kept_is_counted() {
    let outcome = outcome("Value", json!({ "colour": "red", "size": 5 }));
    assert_eq!((outcome.as_shown, outcome.newer_properties, outcome.newer_values), (1, 1, 1));
    assert!(outcome.failed.is_empty() && outcome.not_admitted.is_empty(), "{outcome:?}");
}

#[test]
fn lost_properties_and_refused_values_are_found() {
    let outcome = outcome("Forgetful", json!({ "colour": "red", "size": 5 }));
    assert_eq!((outcome.as_shown, outcome.newer_properties, outcome.newer_values), (1, 0, 0));
    let reasons = reasons(&outcome.failed);
    assert_eq!(reasons[0], "with added properties, it changes: `/addedByANewerServer` is gone");
    assert!(reasons[1].starts_with("with new enum values, it does not decode: unknown variant"), "{reasons:?}");
}

#[test]
fn a_null_that_is_lost_is_found() {
    let outcome = outcome("Forgetful", json!({ "colour": "red", "size": null }));
    assert_eq!(reasons(&outcome.failed)[0], "it changes: `/size` is gone");
}

#[test]
fn what_the_schema_does_not_admit_is_set_aside() {
    let outcome = outcome("Value", json!({ "size": "big" }));
    assert_eq!((outcome.as_shown, outcome.failed.len(), outcome.not_admitted.len(), outcome.tolerated), (0, 0, 1, 1));
}
