//! Members of a body by their paths: `owner.id=7` sets a nested one, `tags.0=x` an item, `tags=x` adds one to a list.

use serde_json::{Map, Value};

use crate::schema::{Kind, Schema, WrongKind, loose};

/// The value of an option that may be repeated if it is a list.
///
/// # Errors
///
/// If a text is not of the kind.
pub(super) fn typed(schema: &Schema, texts: &[&str]) -> Result<Value, WrongKind> {
    if schema.kind() != Kind::List {
        return texts.last().map_or(Ok(Value::Null), |text| schema.typed(text));
    }
    let mut all = Vec::new();
    for text in texts {
        match schema.typed(text)? {
            Value::Array(items) => all.extend(items),
            null => return Ok(null),
        }
    }
    Ok(Value::Array(all))
}

/// Sets the member at a path to what a text stands for.
///
/// # Errors
///
/// If the text is not of the kind, or the path leads through a value that is neither an object nor a list.
pub(super) fn set(root: &mut Value, schema: Option<&Schema>, path: &str, text: &str) -> Result<(), String> {
    let steps: Vec<&str> = path.split('.').collect();
    if steps.iter().any(|step| step.is_empty()) {
        return Err("a path looks like owner.id".to_owned());
    }
    let (mut place, mut schema) = (root, schema.cloned());
    for step in steps {
        (place, schema) = enter(place, schema.as_ref(), step)?;
    }
    let value = match &schema {
        Some(schema) => schema.typed(text).map_err(|wrong| wrong.to_string())?,
        None => loose(text),
    };
    match (place, value) {
        // A list that is named again gets further items.
        (Value::Array(items), Value::Array(more)) => items.extend(more),
        (place, value) => *place = value,
    }
    Ok(())
}

/// The place one step further, which is made if it is not there.
fn enter<'a>(
    place: &'a mut Value,
    schema: Option<&Schema>,
    step: &str,
) -> Result<(&'a mut Value, Option<Schema>), String> {
    let number = step.parse::<usize>().ok();
    let is_list = place.is_array() || (place.is_null() && schema.is_some_and(|schema| schema.kind() == Kind::List));
    if let Some(index) = number.filter(|_| is_list) {
        if place.is_null() {
            *place = Value::Array(Vec::new());
        }
        let Value::Array(items) = place else { return Err(format!("`{step}` is not in a list")) };
        if index > items.len() {
            return Err(format!("the list has {} items, so the next is {}", items.len(), items.len()));
        }
        if index == items.len() {
            items.push(Value::Null);
        }
        return Ok((&mut items[index], schema.and_then(Schema::items)));
    }
    if place.is_null() {
        *place = Value::Object(Map::new());
    }
    match place {
        Value::Object(members) => {
            let inner = schema.and_then(|schema| schema.property(step));
            Ok((members.entry(step.to_owned()).or_insert(Value::Null), inner))
        }
        _ => Err(format!("`{step}` is not in an object")),
    }
}
