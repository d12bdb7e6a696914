//! The lock of names: what on the wire, or at which place of the documents, has which Rust name.
//!
//! It is a file that people read and merge: sorted, one name a line. A name that was given stays in it even when the
//! document no longer has the thing, so that it never comes to mean another. This file is the data and its text; who
//! keeps to it is [`super::keep`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

/// The names of one API.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lock {
    /// By tag.
    #[serde(default)]
    pub groups: BTreeMap<String, GroupLock>,
    /// By HTTP method and path, whose parameters have no names here: `GET /connectors/{}`.
    #[serde(default)]
    pub operations: BTreeMap<String, OperationLock>,
    /// By file and JSON pointer.
    #[serde(default)]
    pub types: BTreeMap<String, TypeLock>,
}

/// The names of a group.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupLock {
    pub module: String,
    #[serde(rename = "type")]
    pub ident: String,
}

/// The names of an operation.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperationLock {
    /// The tag that it was first listed under; its method stays there.
    pub group: String,
    /// `operationId`: where the document changes it, it wants another name.
    pub id: String,
    pub method: String,
    pub builder: String,
    /// Former methods and builders, with a space between the two: deprecated aliases.
    #[serde(default)]
    pub was: Vec<String>,
    /// What the method takes after the parameters of the path, in this order, even when it becomes optional.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// Setters, by place and name on the wire: `query filters`.
    #[serde(default)]
    pub setters: BTreeMap<String, String>,
}

/// The names of a type and of what is inside it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypeLock {
    pub name: String,
    pub module: String,
    /// Former names: deprecated aliases.
    #[serde(default)]
    pub was: Vec<String>,
    /// The names of other types that gave way to it, which are deprecated aliases as well.
    #[serde(default)]
    pub also: Vec<String>,
    /// One place where it is used: a type, or an operation, and what of it has this type. What stands there later has
    /// taken its place.
    #[serde(default)]
    pub used: Option<String>,
    /// The properties that `new` takes, in this order, even when they become optional. Absent where there is no `new`.
    #[serde(default)]
    pub new: Option<Vec<String>>,
    /// The properties, or variants, whose values are boxed.
    #[serde(default)]
    pub boxed: Vec<String>,
    /// The field for what is not declared, where it is not called `extra`.
    #[serde(default)]
    pub extra: Option<String>,
    /// Fields, by property.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Variants, by the value or the type that they stand for.
    #[serde(default)]
    pub variants: BTreeMap<String, String>,
}

impl Lock {
    /// Two things that claim one name, as an edit or a merge may leave them: the name, and where both stand.
    pub(crate) fn conflict(&self) -> Option<(&str, String)> {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (place, entry) in &self.types {
            for name in entry.names() {
                if let Some(other) = seen.insert(name, place) {
                    return Some((name, format!("`{other}` and `{place}`")));
                }
            }
        }
        let mut seen: BTreeMap<(&str, &str), &str> = BTreeMap::new();
        for (key, entry) in &self.operations {
            for method in std::iter::once(entry.method.as_str()).chain(entry.former().map(|(method, _)| method)) {
                if let Some(other) = seen.insert((&entry.group, method), key) {
                    return Some((method, format!("`{other}` and `{key}`")));
                }
            }
        }
        None
    }

    /// The lock as the text of its file; `header` is the first line.
    pub(crate) fn text(&self, header: &str) -> String {
        let mut text = format!(
            "# {header}\n#\n\
             # The Rust names of the API, by what they stand for. A name that is here stays: it is never given to something\n\
             # else, also when the document no longer has the thing. `was` lists former names, and `also` those of\n\
             # types that gave way to this one: deprecated aliases, which can be dropped by removing them here. To rename\n\
             # something, change its name here and put the old one under `was`.\n"
        );
        section(&mut text, "groups", &self.groups, |text, entry| {
            line(text, 2, "module", &entry.module);
            line(text, 2, "type", &entry.ident);
        });
        section(&mut text, "operations", &self.operations, |text, entry| {
            line(text, 2, "group", &entry.group);
            line(text, 2, "id", &entry.id);
            line(text, 2, "method", &entry.method);
            line(text, 2, "builder", &entry.builder);
            list(text, "was", &entry.was);
            list(text, "arguments", &entry.arguments);
            map(text, "setters", &entry.setters);
        });
        section(&mut text, "types", &self.types, |text, entry| {
            line(text, 2, "name", &entry.name);
            line(text, 2, "module", &entry.module);
            list(text, "was", &entry.was);
            list(text, "also", &entry.also);
            if let Some(used) = &entry.used {
                line(text, 2, "used", used);
            }
            match &entry.new {
                Some(new) if new.is_empty() => text.push_str("    new: []\n"),
                Some(new) => list(text, "new", new),
                None => {}
            }
            list(text, "boxed", &entry.boxed);
            if let Some(extra) = &entry.extra {
                line(text, 2, "extra", extra);
            }
            map(text, "fields", &entry.fields);
            map(text, "variants", &entry.variants);
        });
        text
    }
}

impl TypeLock {
    /// Its name, and the deprecated aliases.
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(self.former())
    }

    /// The deprecated aliases.
    pub(crate) fn former(&self) -> impl Iterator<Item = &String> {
        self.was.iter().chain(&self.also)
    }

    /// The fields of an object, the variants of anything else.
    pub(crate) fn members(&self) -> &BTreeMap<String, String> {
        if self.variants.is_empty() { &self.fields } else { &self.variants }
    }
}

impl OperationLock {
    /// The former methods, each with its builder.
    pub(crate) fn former(&self) -> impl Iterator<Item = (&str, &str)> {
        self.was.iter().filter_map(|names| names.split_once(' '))
    }
}

fn section<T>(text: &mut String, name: &str, entries: &BTreeMap<String, T>, write: impl Fn(&mut String, &T)) {
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(text, "{name}:");
    for (key, entry) in entries {
        let _ = writeln!(text, "  {}:", scalar(key));
        write(text, entry);
    }
}

fn line(text: &mut String, depth: usize, key: &str, value: &str) {
    let _ = writeln!(text, "{:indent$}{}: {}", "", scalar(key), scalar(value), indent = depth * 2);
}

fn list(text: &mut String, key: &str, values: &[String]) {
    if !values.is_empty() {
        let _ = writeln!(text, "    {key}:");
        for value in values {
            let _ = writeln!(text, "      - {}", scalar(value));
        }
    }
}

fn map(text: &mut String, key: &str, values: &BTreeMap<String, String>) {
    if !values.is_empty() {
        let _ = writeln!(text, "    {key}:");
        for (key, value) in values {
            line(text, 3, key, value);
        }
    }
}

/// Words that YAML reads as something else than text.
const NOT_TEXT: [&str; 8] = ["true", "false", "null", "yes", "no", "on", "off", "y"];

/// Text as YAML: plain where it can only be read as text, quoted otherwise.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./{}#~$ <>".contains(c))
        && !text.contains(" #")
        && !text.ends_with(' ')
        && text.len() > 1
        && !NOT_TEXT.contains(&text.to_ascii_lowercase().as_str());
    if is_plain { text.to_owned() } else { serde_json::Value::String(text.to_owned()).to_string() }
}
