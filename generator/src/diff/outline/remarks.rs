//! What the document says of an item that no code depends on: words, defaults, limits, scopes, statuses.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{self, Access, Deprecation, Docs, Encoding, Need, SchemaKind, Value, ValueKind};
use crate::rust::plan::Operation;

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::diff) enum Aspect {
    Title,
    Docs,
    Deprecation,
    Default,
    Example,
    Limits,
    Need,
    Null,
    Access,
    Usage,
    Undeclared,
    Tags,
    Requirements,
    Responses,
    ErrorBodies,
    MediaTypes,
    Encoding,
    Address,
}

/// What is said of one item, by what it is about. What is not said is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::diff) struct Remarks(BTreeMap<Aspect, String>);

impl Remarks {
    /// The text about something, empty where nothing is said.
    pub(in crate::diff) fn get(&self, aspect: Aspect) -> &str {
        self.0.get(&aspect).map_or("", String::as_str)
    }

    /// What is said in either.
    pub(in crate::diff) fn aspects(&self, other: &Self) -> Vec<Aspect> {
        let mut aspects: Vec<Aspect> = self.0.keys().chain(other.0.keys()).copied().collect();
        aspects.sort();
        aspects.dedup();
        aspects
    }

    fn say(&mut self, aspect: Aspect, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.0.insert(aspect, text);
        }
    }

    fn of_docs(docs: &Docs) -> Self {
        let mut remarks = Self::default();
        let words = [&docs.title, &docs.summary, &docs.description];
        remarks.say(Aspect::Docs, words.into_iter().flatten().cloned().collect::<Vec<_>>().join("\n"));
        remarks.say(Aspect::Default, docs.default.as_ref().map(ToString::to_string).unwrap_or_default());
        remarks.say(Aspect::Example, docs.example.as_ref().map(ToString::to_string).unwrap_or_default());
        if docs.deprecation == Deprecation::Deprecated {
            remarks.say(Aspect::Deprecation, "deprecated");
        }
        remarks
    }

    fn add_value(&mut self, value: &Value, need: Need) {
        self.say(Aspect::Limits, limits(value).join(", "));
        if value.nullable {
            self.say(Aspect::Null, "may be null");
        }
        if need == Need::Required {
            self.say(Aspect::Need, "required");
        }
    }

    pub(super) fn add_responses(&mut self, good: String, bad: String) {
        self.say(Aspect::Responses, good);
        self.say(Aspect::ErrorBodies, bad);
    }

    pub(super) fn add_address(&mut self, address: String) {
        self.say(Aspect::Address, address);
    }

    pub(super) fn of_operation(operation: &Operation, known: &model::Operation) -> Self {
        let mut remarks = Self::of_docs(&known.docs);
        let meanings = known.responses.iter().map(|response| response.description.as_str());
        let words: Vec<&str> = std::iter::once(remarks.get(Aspect::Docs)).chain(meanings).collect();
        let words = words.join("\n");
        remarks.say(Aspect::Docs, words);
        let needed =
            operation.requirements.iter().map(|needed| format!("{}: {}", needed.label, needed.values.join(", ")));
        remarks.say(Aspect::Requirements, needed.collect::<Vec<_>>().join("; "));
        let media = |contents: &[model::Content]| {
            contents.iter().map(|content| content.media_type.as_str().to_owned()).collect::<Vec<_>>()
        };
        let mut types = known.body.as_ref().map(|body| media(&body.contents)).unwrap_or_default();
        types.extend(known.responses.iter().flat_map(|response| media(&response.contents)));
        types.dedup();
        remarks.say(Aspect::MediaTypes, types.join(", "));
        let bodies = known.responses.iter().flat_map(|response| &response.contents);
        let sent = known.body.iter().flat_map(|body| &body.contents);
        let examples =
            bodies.chain(sent).flat_map(|content| &content.examples).map(|example| example.value.to_string());
        remarks.say(Aspect::Example, examples.collect::<Vec<_>>().join("\n"));
        remarks
    }

    pub(super) fn of_parameter(parameter: &model::Parameter) -> Self {
        let mut remarks = Self::of_docs(&parameter.docs);
        remarks.add_value(&parameter.value, parameter.need);
        remarks.say(
            Aspect::Encoding,
            match &parameter.encoding {
                Encoding::Style { style, explode } => format!("{style:?}, explode: {explode}"),
                Encoding::Content(media_type) => media_type.as_str().to_owned(),
            },
        );
        let examples = parameter.examples.iter().map(|example| example.value.to_string());
        remarks.say(Aspect::Example, examples.collect::<Vec<_>>().join("\n"));
        remarks
    }

    pub(super) fn of_part(part: &model::Part) -> Self {
        let mut remarks = Self::of_docs(&part.docs);
        remarks.add_value(&part.value, part.need);
        remarks.say(Aspect::MediaTypes, part.media_type.as_ref().map(|known| known.as_str()).unwrap_or_default());
        remarks
    }

    pub(super) fn of_property(property: &model::Property) -> Self {
        let mut remarks = Self::of_docs(&property.docs);
        remarks.add_value(&property.value, property.need);
        remarks.say(
            Aspect::Access,
            match property.access {
                Access::Any => "",
                Access::ReadOnly => "set by the server",
                Access::WriteOnly => "never received",
            },
        );
        remarks
    }

    pub(super) fn of_schema(schema: &model::Schema) -> Self {
        let mut remarks = Self::of_docs(&schema.docs);
        remarks.say(
            Aspect::Usage,
            match schema.usage {
                model::Usage::Read => "received",
                model::Usage::Written => "sent",
                model::Usage::Both => "sent and received",
            },
        );
        match &schema.kind {
            SchemaKind::Object(object) => remarks.say(
                Aspect::Undeclared,
                match object.additional {
                    model::Additional::Unstated => "",
                    model::Additional::Allowed => "allowed",
                    model::Additional::Forbidden => "forbidden",
                    model::Additional::Typed(_) => "of one type",
                },
            ),
            SchemaKind::Union(union) => {
                let tags =
                    union.variants.iter().map(|variant| format!("{}: {}", variant.name, variant.tags.join(" or ")));
                if let Some(tag) = &union.discriminator {
                    remarks.say(Aspect::Tags, format!("{} ({})", tag.property, tags.collect::<Vec<_>>().join(", ")));
                }
            }
            SchemaKind::StringEnum(_) | SchemaKind::IntegerEnum(_) => {}
        }
        remarks
    }
}

/// What is said of an API as a whole.
pub(super) fn of_api(api: &model::Api) -> Remarks {
    let mut remarks = Remarks::of_docs(&api.info.docs);
    remarks.say(Aspect::Title, format!("{} ({})", api.info.title, api.info.version));
    let servers: Vec<&str> = api.servers.iter().map(|server| server.url.as_str()).collect();
    remarks.say(Aspect::Address, servers.join(", "));
    remarks
}

/// What a value must be, beyond its type.
fn limits(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match &value.kind {
        ValueKind::Integer(of) => facts(of, &mut found),
        ValueKind::Number(of) => facts(of, &mut found),
        ValueKind::Text(of) => facts(of, &mut found),
        ValueKind::List(list) => {
            let own = [("minItems", list.min_items), ("maxItems", list.max_items)];
            found.extend(own.into_iter().filter_map(|(name, count)| Some(format!("{name}: {}", count?))));
            if list.unique {
                found.push("uniqueItems".to_owned());
            }
            found.extend(limits(&list.items).into_iter().map(|limit| format!("items {limit}")));
        }
        ValueKind::Map(map) => {
            let own = [("minProperties", map.min_properties), ("maxProperties", map.max_properties)];
            found.extend(own.into_iter().filter_map(|(name, count)| Some(format!("{name}: {}", count?))));
            found.extend(limits(&map.values).into_iter().map(|limit| format!("values {limit}")));
        }
        ValueKind::Any | ValueKind::Boolean | ValueKind::Named(_) => {}
    }
    if !value.allowed.is_empty() {
        let allowed: Vec<String> = value.allowed.iter().map(ToString::to_string).collect();
        found.push(format!("one of {}", allowed.join(", ")));
    }
    found
}

/// The members of a plain description that are set, each with its name.
fn facts(of: &impl Serialize, found: &mut Vec<String>) {
    let Ok(serde_json::Value::Object(members)) = serde_json::to_value(of) else { return };
    let set = members.into_iter().filter(|(_, value)| !value.is_null() && *value != "Plain");
    found.extend(set.map(|(name, value)| {
        let text = match &value {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        format!("{name}: {text}")
    }));
}
