//! Tries generated types with the examples of their own document: each that its schema admits has to decode, and to
//! encode to equal JSON; so has a copy of it to which a newer server has added properties, and one with newer values of
//! its enums.
//!
//! `cargo xtask corpus --round-trips` writes a program that names the types and calls [`run`].

mod equal;
mod newer;
mod schema;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use schema::Schemas;

/// An example of the document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// Where it stands in the files.
    pub origin: String,
    /// JSON pointer of its schema in the document.
    pub schema: String,
    /// The type of its schema, as the program's table has it.
    pub rust_type: String,
    /// The example.
    pub value: Value,
    /// Whether it was made of the examples of its properties.
    pub composed: bool,
}

/// Decodes JSON text into a type, and encodes that again.
pub type Trip = fn(&str) -> Result<String, serde_json::Error>;

/// The [`Trip`] through `T`.
///
/// # Errors
///
/// If the text does not decode into `T`.
pub fn trip<T: DeserializeOwned + Serialize>(text: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&serde_json::from_str::<T>(text)?)
}

/// What came of all examples.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// Trips of examples as they are.
    pub as_shown: usize,
    /// Trips of objects made of the examples of their properties.
    pub composed: usize,
    /// Trips of examples to which properties were added that the document does not know.
    pub newer_properties: usize,
    /// Trips of examples in which enums have values that the document does not know.
    pub newer_values: usize,
    /// Examples that their own schema does not admit, with the reason.
    pub not_admitted: Vec<Finding>,
    /// How many of those make the trip as they are all the same, as answers of servers that break their promises do.
    pub tolerated: usize,
    /// Trips that failed, with the reason.
    pub failed: Vec<Finding>,
}

/// An example, and what is to be said about it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// Where the example stands in the files.
    pub origin: String,
    /// The type of its schema.
    pub rust_type: String,
    /// Why it is not admitted, or how the trip failed.
    pub why: String,
}

/// Makes every trip of `cases` through the types that `table` names.
///
/// # Errors
///
/// If `document` is no document, or a type is missing in `table`.
pub fn run(document: &Value, cases: &[Case], table: &[(&str, Trip)]) -> Result<Outcome, String> {
    let schemas = Schemas::new(document)?;
    let mut outcome = Outcome::default();
    for case in cases {
        let trip = table.iter().find(|(name, _)| *name == case.rust_type);
        let (_, trip) = trip.ok_or_else(|| format!("the table has no type `{}`", case.rust_type))?;
        if let Err(why) = schemas.admits(&case.schema, &case.value) {
            let same = same_after(*trip, &case.value);
            outcome.tolerated += usize::from(same.is_ok());
            let also = same.err().map_or(String::new(), |why| format!("; {why}"));
            outcome.not_admitted.push(case.finding(format!("{why}{also}")));
            continue;
        }
        let schema = schemas.schema(&case.schema)?;
        let as_it_is = if case.composed { &mut outcome.composed } else { &mut outcome.as_shown };
        let kinds = [
            ("", Some(case.value.clone()), as_it_is),
            (
                "with added properties, ",
                newer::properties(document, schema, &case.value),
                &mut outcome.newer_properties,
            ),
            ("with new enum values, ", newer::values(document, schema, &case.value), &mut outcome.newer_values),
        ];
        for (how, value, count) in kinds {
            match value.map(|value| same_after(*trip, &value)) {
                None => {}
                Some(Ok(())) => *count += 1,
                Some(Err(why)) => outcome.failed.push(case.finding(format!("{how}{why}"))),
            }
        }
    }
    Ok(outcome)
}

impl Case {
    fn finding(&self, why: String) -> Finding {
        Finding { origin: self.origin.clone(), rust_type: self.rust_type.clone(), why }
    }
}

/// Says how `value` differs after a trip.
fn same_after(trip: Trip, value: &Value) -> Result<(), String> {
    let text = trip(&value.to_string()).map_err(|error| format!("it does not decode: {error}"))?;
    let after = serde_json::from_str(&text).map_err(|error| format!("it encodes to no JSON: {error}"))?;
    match equal::difference(value, &after, "") {
        None => Ok(()),
        Some(difference) => Err(format!("it changes: {difference}")),
    }
}

#[cfg(test)]
mod tests;
