//! Lists of objects as rows: which columns there are, and what stands in their cells.

use serde_json::Value;

use crate::schema::plain;

/// The columns of a table or of CSV: as they were asked for, else as the first rows have them.
#[derive(Debug)]
pub(crate) struct Columns {
    asked: bool,
    names: Vec<String>,
}

impl Columns {
    /// The columns that were asked for; none: those of the first page.
    pub(crate) fn new(names: Vec<String>) -> Self {
        let names: Vec<String> =
            names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        Self { asked: !names.is_empty(), names }
    }

    /// Takes the columns from these rows, unless there are some already. `nested` says whether values that are not scalars count.
    pub(crate) fn learn(&mut self, rows: &[&Value], nested: bool) {
        if !self.names.is_empty() {
            return;
        }
        for row in rows {
            let Value::Object(members) = row else { continue };
            for (name, value) in members {
                let counts = nested || !matches!(value, Value::Object(_) | Value::Array(_));
                if counts && !self.names.contains(name) {
                    self.names.push(name.clone());
                }
            }
        }
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether they were asked for by name.
    pub(crate) fn asked(&self) -> bool {
        self.asked
    }

    /// The cells of a row.
    pub(crate) fn cells(&self, row: &Value) -> Vec<String> {
        self.names.iter().map(|name| lookup(row, name).map_or_else(String::new, text)).collect()
    }
}

/// What stands at a column's name: a member of that name, else the members that its dots lead through.
fn lookup<'a>(row: &'a Value, name: &str) -> Option<&'a Value> {
    row.get(name).or_else(|| {
        name.split('.').try_fold(row, |value, step| match value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            value => value.get(step),
        })
    })
}

/// A cell's text; nothing where there is no value.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        other => plain(other),
    }
}

/// The rows that a value stands for: the items of a list, else the value itself.
pub(crate) fn rows(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    }
}
