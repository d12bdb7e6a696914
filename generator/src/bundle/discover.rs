//! Finds everything that is referred to, and what has to be copied in because OpenAPI has no components of its kind.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    lookup::{Dead, Trees, describe_dead, follow, node},
    reference::{Target, looks_like_reference},
};
use crate::{
    diagnostic::{Diagnostic, Origin, Report, Verdict},
    grammar::{Kind, Shape},
    pointer::{Pointer, tokens},
};

/// How deep in a document something may still be copied in. Every later walk recurses as deep as the document is,
/// and the copy may be as deep as a file.
const MAX_DEPTH_OF_COPIES: usize = 48;

/// For how many dead references names are looked for that are nearly right.
const MAX_ADVISED: usize = 500;

/// What discovery found.
#[derive(Default)]
pub(super) struct Found {
    /// Everything that becomes a component, whether it already is one or not.
    pub(super) targets: BTreeSet<(Kind, Target)>,
    /// What each text of a `$ref` means in each file.
    pub(super) meaning: BTreeMap<(String, String), Option<Target>>,
    /// The nodes, as (file, pointer), with a `$ref` that leads nowhere, in a circle or to the wrong thing, and why.
    pub(super) dead: BTreeMap<(String, String), Diagnostic>,
}

impl Found {
    /// What a `$ref` at that place leads to, unless it is dead.
    pub(super) fn meaning(&self, file: &str, pointer: &str, text: &str) -> Option<&Target> {
        if self.dead.contains_key(&(file.to_owned(), pointer.to_owned())) {
            return None;
        }
        self.meaning.get(&(file.to_owned(), text.to_owned()))?.as_ref()
    }
}

/// The `$ref` of a node, if it is one: a string. A property called `$ref` is a schema, not a string.
pub(super) fn reference(value: &Value) -> Option<&str> {
    value.as_object()?.get("$ref")?.as_str()
}

/// Where an example is wanted, only a lone `$ref` to a file means that file; else it is part of the example.
pub(super) fn is_sample_file(object: &Map<String, Value>) -> bool {
    object.len() == 1 && object.get("$ref").and_then(Value::as_str).is_some_and(looks_like_reference)
}

/// Walks the main document and everything that it refers to.
pub(super) fn discover(trees: &Trees, report: &mut Report) -> Found {
    let mut discovery = Discovery {
        trees,
        report,
        found: Found::default(),
        queue: Vec::new(),
        copying: Vec::new(),
        copied: BTreeSet::new(),
        reported: BTreeSet::from([trees.main.clone()]),
        wrapped: BTreeSet::new(),
    };
    let start = Target { file: trees.main.clone(), pointer: String::new() };
    discovery.walk_target(&start, Shape::Object(Kind::OpenApi), 0);
    while let Some((kind, target)) = discovery.queue.pop() {
        discovery.walk_target(&target, Shape::Component(kind), 0);
    }
    discovery.found
}

struct Discovery<'a> {
    trees: &'a Trees,
    report: &'a mut Report,
    found: Found,
    queue: Vec<(Kind, Target)>,
    /// What is being copied in at the moment, outermost first.
    copying: Vec<Target>,
    copied: BTreeSet<Target>,
    /// The files whose own findings are in the report.
    reported: BTreeSet<String>,
    /// The nodes where a schema was taken as that of a body.
    wrapped: BTreeSet<(String, String)>,
}

/// The place of a walk.
struct At<'f> {
    file: &'f str,
    pointer: Pointer,
    depth: usize,
}

impl<'a> Discovery<'a> {
    fn walk_target(&mut self, target: &Target, shape: Shape, depth: usize) {
        if let Some(value) = node(self.trees, target) {
            let pointer = Pointer::new(target.pointer.clone());
            self.walk(value, shape, &mut At { file: &target.file, pointer, depth });
        }
    }

    fn walk(&mut self, value: &'a Value, shape: Shape, at: &mut At<'_>) {
        if let (Some(text), false) = (reference(value), matches!(shape, Shape::Data | Shape::Sample)) {
            // What stands beside it is looked at below: a later stage decides whether it counts.
            self.refer(text, shape, at);
        }
        match (shape, value) {
            (Shape::Object(kind) | Shape::Component(kind), Value::Object(object)) => {
                for (key, member) in object {
                    if let Some(shape) = kind.shape_of(key) {
                        self.below(member, shape, at, key);
                    }
                }
            }
            (Shape::FlagOrSchema, Value::Object(_)) => self.walk(value, Shape::Component(Kind::Schema), at),
            (Shape::Map(each), Value::Object(members)) => {
                for (key, member) in members {
                    self.below(member, *each, at, key);
                }
            }
            (Shape::List(each), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.below(item, *each, at, &index.to_string());
                }
            }
            (Shape::Sample, Value::Object(object)) if is_sample_file(object) => self.sample(value, at),
            (Shape::SchemaName, Value::String(text)) => self.schema_name(text, at),
            _ => {}
        }
    }

    fn below(&mut self, value: &'a Value, shape: Shape, at: &mut At<'_>, key: &str) {
        let back = at.pointer.enter(key);
        at.depth += 1;
        self.walk(value, shape, at);
        at.depth -= 1;
        at.pointer.leave(back);
    }

    /// Looks at a `$ref` in a place where one may stand.
    fn refer(&mut self, text: &'a str, shape: Shape, at: &mut At<'_>) {
        let Some(target) = self.look_up(text, at) else { return };
        let kind = match shape {
            Shape::Component(kind) | Shape::Object(kind) => Some(kind),
            Shape::FlagOrSchema => Some(Kind::Schema),
            _ => None,
        };
        match kind.filter(|kind| kind.section().is_some()) {
            Some(kind) => self.component(kind, target, text, at),
            None => self.copy(target, shape, text, at),
        }
    }

    /// What a `$ref` means; where it means nothing, notes why.
    fn look_up(&mut self, text: &str, at: &At<'_>) -> Option<Target> {
        let meaning = (at.file.to_owned(), text.to_owned());
        if let Some(Some(target)) = self.found.meaning.get(&meaning) {
            return Some(target.clone());
        }
        match follow(self.trees, at.file, text) {
            Ok(target) => {
                self.found.meaning.insert(meaning, Some(target.clone()));
                self.own_findings(&target.file);
                Some(target)
            }
            Err(dead) => {
                if let Dead::Broken(file) = &dead {
                    self.own_findings(file);
                }
                self.found.meaning.insert(meaning, None);
                let afford = self.found.dead.len() < MAX_ADVISED;
                let why = describe_dead(self.trees, self.origin(at), text, &dead, afford);
                self.found.dead.entry(site(at)).or_insert(why);
                None
            }
        }
    }

    /// Takes over what was found while the file was parsed, now that it turns out to be needed.
    fn own_findings(&mut self, file: &str) {
        if let (true, Some(fetch)) = (self.reported.insert(file.to_owned()), self.trees.files.get(file)) {
            self.report.append(fetch.report.clone().softened());
        }
    }

    fn component(&mut self, kind: Kind, target: Target, text: &str, at: &At<'_>) {
        let is = node(self.trees, &target);
        let other = component_kind(&target.pointer).filter(|other| *other != kind);
        if other == Some(Kind::Schema) && matches!(kind, Kind::Response | Kind::RequestBody) {
            return self.body_of_schema(kind, target, text, at);
        }
        let what = match (other, is) {
            (Some(other), _) => other.title().to_owned(),
            (None, Some(Value::Object(_))) => {
                if self.found.targets.insert((kind, target.clone())) {
                    self.queue.push((kind, target));
                }
                return;
            }
            (None, Some(Value::Array(_))) => "a list".to_owned(),
            (None, _) => "a single value".to_owned(),
        };
        let message = format!("`{text}` is {what}, but {} is needed here", kind.title());
        let help = match kind.section() {
            Some(section) => format!("refer to something in `#/components/{section}`"),
            None => "refer to something of that kind".to_owned(),
        };
        self.kill("reference-kind", at, message, help);
    }

    /// Follows what will be copied in.
    fn copy(&mut self, target: Target, shape: Shape, text: &str, at: &mut At<'_>) {
        let inside = at.file == target.file && is_within(at.pointer.as_str(), &target.pointer);
        if inside || self.copying.contains(&target) {
            let message = format!("`{text}` includes itself, so it would have no end");
            self.kill("reference-cycle", at, message, "write one of the two out".to_owned());
        } else if at.depth > MAX_DEPTH_OF_COPIES {
            let message = format!("`{text}` is included through too many other includes");
            self.kill("nested-too-deep", at, message, "refer to the innermost one directly".to_owned());
        } else if self.copied.insert(target.clone()) {
            self.copying.push(target.clone());
            self.walk_target(&target, shape, at.depth);
            self.copying.pop();
        }
    }

    /// Follows a `$ref` in an example; if it leads nowhere, it was data after all.
    fn sample(&mut self, value: &'a Value, at: &At<'_>) {
        let Some(text) = reference(value) else { return };
        if let Ok(target) = follow(self.trees, at.file, text) {
            self.own_findings(&target.file);
            self.found.meaning.insert((at.file.to_owned(), text.to_owned()), Some(target));
        }
    }

    /// Follows a value of a discriminator's mapping, if it is a reference and not a name.
    fn schema_name(&mut self, text: &'a str, at: &mut At<'_>) {
        if looks_like_reference(text)
            && let Some(target) = self.look_up(text, at)
        {
            self.component(Kind::Schema, target, text, at);
        }
    }

    /// A schema stands where a response or a request body belongs: it is taken as the schema of its JSON.
    fn body_of_schema(&mut self, kind: Kind, target: Target, text: &str, at: &At<'_>) {
        if self.wrapped.insert(site(at)) {
            let message = format!("`{text}` is a schema, but {} is needed here", kind.title());
            let help =
                "it is taken as the schema of `application/json`; write `content` with that media type around it";
            self.report.add(Verdict::Mended, "repaired-reference-kind", self.origin(at), message, help);
        }
        self.component(Kind::Schema, target, text, at);
    }

    fn kill(&mut self, code: &'static str, at: &At<'_>, message: String, help: String) {
        let why = Diagnostic::new(Verdict::LeftOut, code, self.origin(at), message, help);
        self.found.dead.entry(site(at)).or_insert(why);
    }

    fn origin(&self, at: &At<'_>) -> Origin {
        let here = node(self.trees, &Target { file: at.file.to_owned(), pointer: at.pointer.as_str().to_owned() });
        let suffix = if here.is_some_and(Value::is_object) { "/$ref" } else { "" };
        Origin::new(at.file, format!("{}{suffix}", at.pointer.as_str()))
    }
}

fn site(at: &At<'_>) -> (String, String) {
    (at.file.to_owned(), at.pointer.as_str().to_owned())
}

/// If a pointer names a component: of what kind it is.
pub(super) fn component_kind(pointer: &str) -> Option<Kind> {
    let parts: Vec<String> = tokens(pointer).collect();
    match parts.as_slice() {
        [components, section, _] if components == "components" => Kind::of_section(section),
        _ => None,
    }
}

fn is_within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
