//! Does every object have the keys that it may have, and do they hold what they must? What does not is left out.
//!
//! A fault costs the smallest thing around it that the document can do without: a key that may be missing, an element of
//! a list, a member of a map. A schema at fault admits any JSON value. Only a fault that leaves nothing of the document
//! is an error.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Notes;
use super::wording::{newer, wanted, what};
use crate::{
    diagnostic::{Diagnostic, Verdict},
    grammar::{Field, Kind, SECTIONS, Shape},
    pointer::{Pointer, child, tokens},
    suggest::{did_you_mean, nearest, one_of},
};

/// Leaves out what is at fault, and then what referred to it, until nothing is left to leave out.
pub(super) fn settle(root: &mut Value, dead: &BTreeMap<String, Diagnostic>, notes: &mut Notes<'_>) {
    // Each round but the last leaves out a component, so there are at most as many as references lie behind each other.
    loop {
        let components = Components::of(root);
        let mut structure = Structure { notes: &mut *notes, dead, components, has_lost: false };
        let faults = structure.value(root, Shape::Object(Kind::OpenApi), &mut Pointer::default());
        let has_lost = structure.has_lost;
        for fault in faults {
            notes.report.push(Diagnostic { verdict: Verdict::Refused, ..fault });
        }
        if !has_lost {
            return;
        }
    }
}

/// Which components there are.
struct Components(BTreeMap<&'static str, Vec<String>>);

impl Components {
    fn of(root: &Value) -> Self {
        let names = |kind: Kind| {
            let section = kind.section()?;
            let members = root.get("components")?.get(section)?.as_object()?;
            let mut names: Vec<String> = members.keys().cloned().collect();
            names.sort_unstable();
            Some((section, names))
        };
        Self(SECTIONS.into_iter().filter_map(names).collect())
    }

    fn names(&self, kind: Kind) -> &[String] {
        kind.section().and_then(|section| self.0.get(section)).map_or(&[], Vec::as_slice)
    }

    /// Does a reference lead to a component of that kind?
    fn has(&self, kind: Kind, reference: &str) -> bool {
        let Some(section) = kind.section() else { return false };
        let name =
            reference.strip_prefix("#/components/").and_then(|rest| rest.strip_prefix(section)?.strip_prefix('/'));
        let name = name.filter(|name| !name.contains('/')).map(crate::pointer::unescape);
        name.is_some_and(|name| self.names(kind).binary_search(&name).is_ok())
    }
}

/// What keeps a node from staying where it is; nothing if it may stay.
type Faults = Vec<Diagnostic>;

struct Structure<'s, 'n> {
    notes: &'s mut Notes<'n>,
    dead: &'s BTreeMap<String, Diagnostic>,
    components: Components,
    /// Whether a component was left out, to which others may refer.
    has_lost: bool,
}

impl Structure<'_, '_> {
    fn value(&mut self, value: &mut Value, shape: Shape, at: &mut Pointer) -> Faults {
        if let Some(why) = self.dead.get(at.as_str()) {
            return vec![why.clone()];
        }
        if matches!(shape, Shape::Component(Kind::Schema) | Shape::FlagOrSchema) {
            let faults = self.node(value, shape, at);
            if !faults.is_empty() {
                self.report(faults, "any JSON value is admitted here");
                *value = Value::Object(Map::new());
            }
            return Faults::new();
        }
        self.node(value, shape, at)
    }

    fn node(&mut self, value: &mut Value, shape: Shape, at: &mut Pointer) -> Faults {
        match (shape, value) {
            (Shape::Component(kind), Value::Object(object)) if object.contains_key("$ref") => {
                self.reference(&object["$ref"], kind, at)
            }
            (Shape::FlagOrSchema, Value::Object(object)) if object.contains_key("$ref") => {
                self.reference(&object["$ref"], Kind::Schema, at)
            }
            (Shape::Object(kind) | Shape::Component(kind), Value::Object(object)) => self.object(object, kind, at),
            (Shape::FlagOrSchema, Value::Object(object)) => self.object(object, Kind::Schema, at),
            (Shape::Map(each), Value::Object(members)) => {
                self.members(members, at, |_| Some(*each), &[]);
                Faults::new()
            }
            (Shape::List(each), Value::Array(items)) => {
                self.items(items, *each, at);
                Faults::new()
            }
            (Shape::Word(words), Value::String(word)) if !words.contains(&word.as_str()) => {
                vec![self.word(word, words, at)]
            }
            (Shape::SchemaName, Value::String(name)) => self.schema_name(name, at),
            (Shape::Text | Shape::Word(_), Value::String(_)) | (Shape::Flag | Shape::FlagOrSchema, Value::Bool(_)) => {
                Faults::new()
            }
            (Shape::Number, Value::Number(_)) | (Shape::Data | Shape::Sample, _) => Faults::new(),
            (Shape::Count, Value::Number(number)) if number.is_u64() => Faults::new(),
            (shape, value) => vec![self.wrong_kind(value, shape, at)],
        }
    }

    /// Looks at each member of a map; those at fault are taken out. Gives the faults of those that are `required`.
    fn members(
        &mut self,
        members: &mut Map<String, Value>,
        at: &mut Pointer,
        shape_of: impl Fn(&str) -> Option<Shape>,
        required: &[Field],
    ) -> Faults {
        let mut beyond = Faults::new();
        members.retain(|key, member| {
            let Some(shape) = shape_of(key) else { return false };
            let back = at.enter(key);
            let faults = self.value(member, shape, at);
            at.leave(back);
            if faults.is_empty() {
                return true;
            }
            if required.iter().any(|field| field.required && field.name == key) {
                beyond.extend(faults);
                return true;
            }
            let thing = thing(shape, key, at.as_str());
            self.has_lost |= at.as_str().starts_with("/components/");
            self.report(faults, &format!("{thing} is left out"));
            false
        });
        beyond
    }

    fn items(&mut self, items: &mut Vec<Value>, each: Shape, at: &mut Pointer) {
        let mut index = 0;
        let mut kept = Vec::with_capacity(items.len());
        items.retain_mut(|item| {
            let back = at.enter_index(index);
            let faults = self.value(item, each, at);
            at.leave(back);
            let stays = faults.is_empty();
            if stays {
                kept.push(index);
            } else {
                self.report(faults, &format!("{} is left out", thing(each, "", at.as_str())));
            }
            index += 1;
            stays
        });
        self.notes.origins.keep(at.as_str(), &kept);
    }

    fn object(&mut self, object: &mut Map<String, Value>, kind: Kind, at: &mut Pointer) -> Faults {
        if let Some(reference) = object.get("$ref").filter(|_| kind == Kind::PathItem) {
            // Bundling has put what it refers to in its place, unless it leads nowhere.
            let back = at.enter("$ref");
            let fault = self.wrong_kind(reference, Shape::Object(kind), at);
            at.leave(back);
            return vec![fault];
        }
        let rule = kind.rule();
        for key in object.keys().filter(|key| kind.shape_of(key).is_none()) {
            self.unknown_key(key, kind, at);
        }
        let mut faults = self.members(object, at, |key| kind.shape_of(key), rule.fields);
        for field in rule.fields.iter().filter(|field| field.required && !object.contains_key(field.name)) {
            faults.push(self.missing_key(field.name, kind, at));
        }
        faults
    }

    /// Reports faults together with what they cost.
    fn report(&mut self, faults: Faults, cost: &str) {
        for fault in faults {
            let help = format!("{cost}; {}", fault.help);
            self.notes.report.push(Diagnostic { verdict: Verdict::LeftOut, help, ..fault });
        }
    }

    fn fault(&self, code: &'static str, at: &str, message: String, help: String) -> Diagnostic {
        Diagnostic::new(Verdict::LeftOut, code, self.notes.origins.of(at), message, help)
    }

    fn unknown_key(&mut self, key: &str, kind: Kind, at: &Pointer) {
        let known = || kind.rule().fields.iter().map(|field| field.name);
        let help = match (newer(kind, key), nearest(key, known())) {
            (Some(version), _) => format!("it belongs to {version}; use the 3.0 equivalent, or remove it"),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("remove it, or call it `x-{key}` if it is an extension"),
        };
        let message = format!("{} has no key `{key}` in OpenAPI 3.0, so it is ignored", kind.title());
        let origin = self.notes.origins.of(&child(at.as_str(), key)).key();
        self.notes.report.warning("unknown-key", origin, message, help);
    }

    fn missing_key(&self, key: &str, kind: Kind, at: &Pointer) -> Diagnostic {
        let message = format!("`{key}` is missing: {} cannot do without it", kind.title());
        self.fault("missing-key", at.as_str(), message, format!("add `{key}`"))
    }

    /// A reference that is not text, or leads to a component that is missing or was left out.
    fn reference(&self, reference: &Value, kind: Kind, at: &Pointer) -> Faults {
        let place = child(at.as_str(), "$ref");
        let Some(text) = reference.as_str() else {
            return vec![self.wrong_kind(reference, Shape::Text, &Pointer::new(place))];
        };
        if self.components.has(kind, text) {
            return Faults::new();
        }
        let message = format!("`{text}` is not there, or has been left out");
        vec![self.fault("unknown-reference", &place, message, "mend what it refers to".to_owned())]
    }

    fn word(&self, word: &str, words: &[&str], at: &Pointer) -> Diagnostic {
        let help = match (at.as_str().ends_with("/in"), word) {
            (true, "body") => "that is Swagger 2; a body goes into `requestBody`".to_owned(),
            (true, "formData") => "that is Swagger 2; form data goes into `requestBody`".to_owned(),
            _ if at.as_str().ends_with("/type") && words.contains(&"object") => {
                let otherwise = format!("to use a schema, write `$ref: '#/components/schemas/{word}'` instead");
                did_you_mean(word, words.iter().copied(), otherwise)
            }
            _ => did_you_mean(word, words.iter().copied(), format!("write {}", one_of(words))),
        };
        self.fault("unknown-value", at.as_str(), format!("`{word}` is not possible here, only {}", one_of(words)), help)
    }

    fn schema_name(&self, name: &str, at: &Pointer) -> Faults {
        if self.components.has(Kind::Schema, name) {
            return Faults::new();
        }
        let names = self.components.names(Kind::Schema).iter().map(String::as_str);
        let names = names.filter(|_| !self.notes.report.is_full());
        let help = did_you_mean(name, names, "write `#/components/schemas/Name`, with the name of a schema");
        let message = format!("there is no schema `{name}`, so this value of the discriminator means nothing");
        vec![self.fault("unknown-reference", at.as_str(), message, help)]
    }

    fn wrong_kind(&self, value: &Value, shape: Shape, at: &Pointer) -> Diagnostic {
        let help = match (shape, value) {
            (Shape::Text | Shape::Word(_), Value::Number(_) | Value::Bool(_)) => "put it in quotes".to_owned(),
            (Shape::Word(_), Value::Array(_)) => {
                "lists of types belong to OpenAPI 3.1; write one type, and `nullable: true` for `null`".to_owned()
            }
            (Shape::Flag, Value::String(text)) if text == "true" || text == "false" => {
                format!("write {text} without quotes")
            }
            (Shape::Flag, Value::Number(_)) if at.as_str().contains("/exclusiveM") => {
                "numbers here belong to OpenAPI 3.1; put the number into `minimum` or `maximum`, and `true` here"
                    .to_owned()
            }
            (Shape::Count | Shape::Number, Value::String(_)) => "write the number without quotes".to_owned(),
            (Shape::List(_), Value::String(_)) => "make it a list: put it on a line of its own after `- `".to_owned(),
            (_, Value::Null) => "write a value, or remove the key".to_owned(),
            _ => format!("write {} here, or remove the key", wanted(shape)),
        };
        let message = format!("this must be {}, but it is {}", wanted(shape), what(value));
        self.fault("wrong-kind", at.as_str(), message, help)
    }
}

/// What people call the member `key` of what stands at `parent`.
fn thing(shape: Shape, key: &str, parent: &str) -> String {
    let (Shape::Object(kind) | Shape::Component(kind)) = shape else {
        return if key.is_empty() { "it".to_owned() } else { format!("`{key}`") };
    };
    let mut above = tokens(parent);
    match (kind, above.next().as_deref(), above.next()) {
        (Kind::Operation, Some("paths"), Some(path)) => format!("the operation `{} {path}`", key.to_uppercase()),
        _ => {
            let title = kind.title();
            let title = title.strip_prefix("a ").or_else(|| title.strip_prefix("an ")).unwrap_or(title);
            let title = title.strip_prefix("the ").unwrap_or(title);
            if key.is_empty() { format!("the {title}") } else { format!("the {title} `{key}`") }
        }
    }
}
