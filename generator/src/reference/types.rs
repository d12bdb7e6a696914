//! Types and limits of values in words.

use super::places::Places;
use super::text::{code, code_link, json};
use crate::model::{
    Api, Bound, Content, Integer, List, Number, Payload, SchemaKind, Text, TextFormat, Value, ValueKind,
};

/// Knows the schemas, and where their pages are, seen from one folder.
#[derive(Clone, Copy)]
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    pub(super) places: &'a Places,
    /// What stands before the name of a model's page in a link.
    pub(super) to_models: &'a str,
}

impl Types<'_> {
    /// A type in words, with links to the pages of models.
    pub(super) fn of(&self, value: &Value) -> String {
        let words = match &value.kind {
            ValueKind::Any => return "any JSON".to_owned(),
            ValueKind::Boolean => "boolean".to_owned(),
            ValueKind::Integer(integer) => with_format("integer", integer.format.as_deref()),
            ValueKind::Number(number) => with_format("number", number.format.as_deref()),
            ValueKind::Text(text) => with_format("string", format_name(&text.format)),
            ValueKind::List(list) => format!("list of {}", self.of(&list.items)),
            ValueKind::Map(map) => format!("map of {}", self.of(&map.values)),
            ValueKind::Named(id) => match self.places.model(*id) {
                Some(model) => code_link(&model.name, &format!("{}{}.md", self.to_models, model.slug)),
                None => "object".to_owned(),
            },
        };
        if value.nullable { format!("{words} or `null`") } else { words }
    }

    /// What a body of one media type holds.
    pub(super) fn of_content(&self, content: &Content) -> String {
        match &content.payload {
            Payload::Json(value) => self.of(value),
            Payload::Form(_) | Payload::UrlEncoded(_) => "form".to_owned(),
            Payload::Text(_) => "text".to_owned(),
            Payload::Bytes(_) => "bytes".to_owned(),
        }
    }

    /// The values that are legal: those of an enum, and the limits that the document states.
    pub(super) fn allowed(&self, value: &Value) -> String {
        let mut facts = Vec::new();
        if !value.allowed.is_empty() {
            facts.push(value.allowed.iter().map(json).collect::<Vec<_>>().join(", "));
        }
        match &value.kind {
            ValueKind::Integer(integer) => facts.extend(of_integer(integer)),
            ValueKind::Number(number) => facts.extend(of_number(number)),
            ValueKind::Text(text) => facts.extend(of_text(text)),
            ValueKind::List(list) => facts.extend(self.of_list(list)),
            ValueKind::Map(map) => facts.extend(range(map.min_properties, map.max_properties, "members")),
            ValueKind::Named(id) => {
                facts.extend(self.api.schema(*id).and_then(|schema| self.of_enum(&schema.kind)));
            }
            ValueKind::Any | ValueKind::Boolean => {}
        }
        facts.join("; ")
    }

    fn of_list(&self, list: &List) -> Vec<String> {
        let mut facts: Vec<String> = range(list.min_items, list.max_items, "items").into_iter().collect();
        if list.unique {
            facts.push("no item twice".to_owned());
        }
        let items = self.allowed(&list.items);
        if !items.is_empty() {
            facts.push(format!("each {items}"));
        }
        facts
    }

    fn of_enum(&self, kind: &SchemaKind) -> Option<String> {
        match kind {
            SchemaKind::StringEnum(values) => Some(super::text::codes(values.values.iter().map(String::as_str))),
            SchemaKind::IntegerEnum(values) => {
                Some(values.values.iter().map(|value| code(&value.to_string())).collect::<Vec<_>>().join(", "))
            }
            SchemaKind::Object(_) | SchemaKind::Union(_) => None,
        }
    }
}

fn with_format(kind: &str, format: Option<&str>) -> String {
    format.map_or_else(|| kind.to_owned(), |format| format!("{kind} ({})", super::text::escaped(format)))
}

fn format_name(format: &TextFormat) -> Option<&str> {
    Some(match format {
        TextFormat::Plain => return None,
        TextFormat::Date => "date",
        TextFormat::DateTime => "date-time",
        TextFormat::Uuid => "uuid",
        TextFormat::Base64 => "base64",
        TextFormat::Binary => "binary",
        TextFormat::Password => "password",
        TextFormat::Other(name) => name,
    })
}

fn of_integer(integer: &Integer) -> Vec<String> {
    let step = integer.multiple_of.map(|step| format!("multiples of {step}"));
    bounds(integer.minimum.as_ref(), integer.maximum.as_ref()).into_iter().chain(step).collect()
}

fn of_number(number: &Number) -> Vec<String> {
    let step = number.multiple_of.map(|step| format!("multiples of {step}"));
    bounds(number.minimum.as_ref(), number.maximum.as_ref()).into_iter().chain(step).collect()
}

fn of_text(text: &Text) -> Vec<String> {
    let pattern = text.pattern.as_deref().map(|pattern| format!("matches {}", code(pattern)));
    range(text.min_length, text.max_length, "characters").into_iter().chain(pattern).collect()
}

fn bounds<T: std::fmt::Display>(least: Option<&Bound<T>>, most: Option<&Bound<T>>) -> Option<String> {
    if let (Some(Bound::Inclusive(least)), Some(Bound::Inclusive(most))) = (least, most) {
        return Some(format!("{least} to {most}"));
    }
    let least = least.map(|bound| match bound {
        Bound::Inclusive(value) => format!("at least {value}"),
        Bound::Exclusive(value) => format!("more than {value}"),
    });
    let most = most.map(|bound| match bound {
        Bound::Inclusive(value) => format!("at most {value}"),
        Bound::Exclusive(value) => format!("less than {value}"),
    });
    let both: Vec<String> = least.into_iter().chain(most).collect();
    (!both.is_empty()).then(|| both.join(", "))
}

fn range(least: Option<usize>, most: Option<usize>, of: &str) -> Option<String> {
    match (least.filter(|least| *least > 0), most) {
        (Some(least), Some(most)) if least == most => Some(format!("{least} {of}")),
        (Some(least), Some(most)) => Some(format!("{least} to {most} {of}")),
        (Some(least), None) => Some(format!("at least {least} {of}")),
        (None, Some(most)) => Some(format!("at most {most} {of}")),
        (None, None) => None,
    }
}
