//! A verdict as JSON, for scripts.

use serde_json::{Value, json};

use generator::diff::Class;

use super::Verdict;

/// The verdict as one object.
pub(crate) fn json(verdict: &Verdict) -> Value {
    let counts: serde_json::Map<String, Value> =
        Class::ALL.into_iter().map(|class| (name(class), verdict.count(class).into())).collect();
    let findings: Vec<Value> = verdict
        .findings
        .iter()
        .map(|(finding, position)| {
            json!({
                "class": finding.class,
                "id": finding.change,
                "item": finding.item,
                "what": finding.what,
                "help": finding.change.help(),
                "side": finding.side,
                "file": finding.origin.file,
                "pointer": finding.origin.pointer,
                "line": position.map(|position| position.line),
                "column": position.map(|position| position.column),
            })
        })
        .collect();
    let version = verdict.versions.as_ref().map(|versions| {
        json!({
            "old": versions.old.to_string(),
            "new": versions.new.to_string(),
            "needed": versions.needed.to_string(),
            "enough": versions.is_enough(),
        })
    });
    json!({
        "old": verdict.names.0,
        "new": verdict.names.1,
        "verdict": verdict.release,
        "version": version,
        "counts": counts,
        "findings": findings,
    })
}

/// A class as scripts know it.
pub(crate) fn name(class: Class) -> String {
    serde_json::to_value(class).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
