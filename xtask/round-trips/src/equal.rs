//! Whether two JSON values say the same. Numbers are compared as numbers: `5` and `5.0` are one value (RFC 8259 leaves
//! that to the reader; JSON Schema, section 4.2.2, says so).

use serde_json::Value;

/// The first place where `after` differs from `before`.
pub(crate) fn difference(before: &Value, after: &Value, at: &str) -> Option<String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let lost = before.iter().find_map(|(key, value)| match after.get(key) {
                Some(other) => difference(value, other, &format!("{at}/{key}")),
                None => Some(format!("`{at}/{key}` is gone")),
            });
            lost.or_else(|| {
                let added = after.keys().find(|key| !before.contains_key(*key))?;
                Some(format!("`{at}/{added}` is added"))
            })
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut pairs = before.iter().zip(after).enumerate();
            pairs.find_map(|(index, (before, after))| difference(before, after, &format!("{at}/{index}")))
        }
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => None,
        (before, after) if before == after => None,
        (before, after) => Some(format!("`{at}` was {before} and is {after}")),
    }
}
