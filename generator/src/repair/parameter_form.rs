//! Parameters and headers that say in two ways, or in none, what their value looks like.

use serde_json::{Value, json};

use super::{Notes, Object};
use crate::{grammar::Kind, pointer::child, suggest::one_of};

/// Both `schema` and `content`, several media types or none at all, a style that the place of the parameter does not
/// have. Seen in documents that were converted. The schema counts before the content, JSON before other media types, and
/// the default before a style that is impossible.
pub(super) fn mend(kind: Kind, parameter: &mut Object, at: &str, notes: &mut Notes<'_>) {
    if parameter.contains_key("$ref") {
        return;
    }
    one_form(parameter, at, notes);
    one_media_type(parameter, at, notes);
    if kind == Kind::Header && !parameter.contains_key("schema") && !parameter.contains_key("content") {
        let done = "taken as text; add a `schema`";
        notes.mended("repaired-header-without-schema", at, "the header has neither `schema` nor `content`", done);
        parameter.insert("schema".to_owned(), json!({ "type": "string" }));
    }
    style(parameter, at, notes);
}

fn one_form(parameter: &mut Object, at: &str, notes: &mut Notes<'_>) {
    if parameter.contains_key("schema") && parameter.contains_key("content") {
        let wrong = "there are both `schema` and `content`, but only one of them can describe the value";
        notes.mended_key("repaired-ambiguous-parameter", &child(at, "content"), wrong, "the schema counts; remove one");
        parameter.shift_remove("content");
    }
}

fn one_media_type(parameter: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let Some(content) = parameter.get_mut("content").and_then(Value::as_object_mut) else { return };
    if content.len() == 1 {
        return;
    }
    let place = child(at, "content");
    let chosen = content.keys().find(|key| key.contains("json")).or_else(|| content.keys().next()).cloned();
    match chosen {
        Some(chosen) => {
            let wrong = format!("there are {} media types, but a value can have only one form", content.len());
            notes.mended_key(
                "repaired-ambiguous-parameter",
                &place,
                wrong,
                format!("`{chosen}` counts; keep only one"),
            );
            content.retain(|key, _| *key == chosen);
        }
        None => {
            let wrong = "`content` names no media type";
            notes.mended_key("repaired-ambiguous-parameter", &place, wrong, "taken as text; add a media type");
            parameter.shift_remove("content");
            parameter.insert("schema".to_owned(), json!({ "type": "string" }));
        }
    }
}

fn style(parameter: &mut Object, at: &str, notes: &mut Notes<'_>) {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let (Some(location), Some(style)) = (text("in"), text("style")) else { return };
    let allowed: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    if allowed.contains(&style) {
        return;
    }
    let wrong = format!("a parameter in {location} cannot have the style `{style}`, only {}", one_of(allowed));
    let done = format!("taken as `{}`; remove `style`: the default is almost always right", allowed[0]);
    notes.mended("repaired-style", &child(at, "style"), wrong, done);
    parameter.shift_remove("style");
}
