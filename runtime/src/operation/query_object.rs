//! Objects as query parameters, in the styles that OpenAPI has for them.

use std::borrow::Cow;
use std::fmt::Display;

use serde::Serialize;
use serde_json::{Map, Value};

use super::descriptor::ObjectStyle;
use super::url;

/// A value as JSON text, for a parameter that holds a document. For generated code, whose types always have one.
#[doc(hidden)]
pub fn json_text<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The members of an object as query text; members that are `null` are left out.
pub(super) fn written(name: &str, style: ObjectStyle, members: &Map<String, Value>) -> String {
    let mut text = String::new();
    for (key, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        match style {
            ObjectStyle::Deep => deep(&mut text, &format!("{name}[{key}]"), value),
            ObjectStyle::Members => match value {
                Value::Array(items) => items.iter().for_each(|item| pair(&mut text, key, item)),
                value => pair(&mut text, key, value),
            },
            ObjectStyle::Csv => {
                if text.is_empty() {
                    push(&mut text, &name);
                    text.push('=');
                } else {
                    text.push(',');
                }
                push(&mut text, key);
                text.push(',');
                push(&mut text, &plain(value));
            }
        }
    }
    text
}

fn deep(text: &mut String, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (key, value) in members {
                deep(text, &format!("{name}[{key}]"), value);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| pair(text, name, item)),
        value => pair(text, name, value),
    }
}

fn pair(text: &mut String, name: &str, value: &Value) {
    if !text.is_empty() {
        text.push('&');
    }
    push(text, &name);
    text.push('=');
    push(text, &plain(value));
}

fn push(text: &mut String, value: &dyn Display) {
    // Text always prints itself.
    let _ = url::push_encoded(text, value);
}

/// A scalar as it is, anything else as JSON.
pub(super) fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_written_in_their_style() {
        let value = json!({"a": "x&y", "b": [1, 2], "c": {"d": true, "e": null}, "f": null});
        let members = value.as_object().cloned().unwrap_or_default();
        assert_eq!(
            written("q", ObjectStyle::Deep, &members),
            "q%5Ba%5D=x%26y&q%5Bb%5D=1&q%5Bb%5D=2&q%5Bc%5D%5Bd%5D=true"
        );
        let nested = "%7B%22d%22%3Atrue%2C%22e%22%3Anull%7D";
        assert_eq!(written("q", ObjectStyle::Members, &members), format!("a=x%26y&b=1&b=2&c={nested}"));
        assert_eq!(written("q", ObjectStyle::Csv, &members), format!("q=a,x%26y,b,%5B1%2C2%5D,c,{nested}"));
        assert_eq!(written("q", ObjectStyle::Deep, &Map::new()), "");
    }
}
