//! Writes the one document, and notes where each part of it comes from.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{
    discover::{Found, component_kind, is_sample_file, reference},
    lookup::{Trees, node, tree},
    name::Names,
    reference::Target,
};
use crate::{
    diagnostic::{Diagnostic, Origin, Report, Verdict},
    document::{Document, Origins},
    grammar::{Kind, SECTIONS, Shape},
    pointer::{Pointer, child},
};

/// How deep the document may be. Files and copies have limits of their own; this is where they meet.
const MAX_DEPTH: usize = 160;

/// How many nodes the document may have: copies of copies grow fast.
const MAX_NODES: usize = 16_000_000;

/// Puts everything together.
pub(super) fn assemble(trees: &Trees, found: &Found, names: &Names, report: &mut Report) -> Document {
    let inner = names
        .keys()
        .filter(|(_, target)| !target.pointer.is_empty())
        .filter(|(kind, target)| {
            target.file != trees.main || place(*kind, &names[&(*kind, target.clone())]) != target.pointer
        })
        .cloned()
        .collect();
    let mut assembly = Assembly {
        trees,
        found,
        names,
        schema_names: names
            .iter()
            .filter(|((kind, _), _)| *kind == Kind::Schema)
            .map(|(_, name)| name.as_str())
            .collect(),
        inner,
        origins: Origins::of_file(&trees.main),
        dead: BTreeMap::new(),
        told: BTreeSet::new(),
        nodes: 0,
        report,
    };
    let start = At { file: &trees.main, pointer: Pointer::default() };
    let mut root = match tree(trees, &trees.main) {
        Ok(tree) => assembly.build(tree, Shape::Object(Kind::OpenApi), start, &mut Out::default()),
        Err(_) => Value::Null,
    };
    assembly.add_components(&mut root);
    Document { root, origins: assembly.origins, dead: assembly.dead }
}

struct Assembly<'a> {
    trees: &'a Trees,
    found: &'a Found,
    names: &'a Names,
    /// The names of the schemas among them.
    schema_names: BTreeSet<&'a str>,
    /// The components that stand inside something else: there, a reference to them takes their place.
    inner: BTreeSet<(Kind, Target)>,
    origins: Origins,
    /// The dead references to anything but schemas, by where they are put.
    dead: BTreeMap<String, Diagnostic>,
    /// The dead references that have been reported: a place may be copied to several.
    told: BTreeSet<(String, String)>,
    nodes: usize,
    report: &'a mut Report,
}

/// Where a node is taken from.
struct At<'f> {
    file: &'f str,
    pointer: Pointer,
}

/// Where a node is put.
#[derive(Default)]
struct Out {
    pointer: Pointer,
    depth: usize,
}

/// The pointer of a component.
fn place(kind: Kind, name: &str) -> String {
    child(&format!("/components/{}", kind.section().unwrap_or_default()), name)
}

impl Assembly<'_> {
    fn build(&mut self, value: &Value, shape: Shape, mut at: At<'_>, out: &mut Out) -> Value {
        self.node(value, shape, &mut at, out)
    }

    fn node(&mut self, value: &Value, shape: Shape, at: &mut At<'_>, out: &mut Out) -> Value {
        if !self.within_limits(at, out) {
            return Value::Null;
        }
        if let (Some(text), false) = (reference(value), matches!(shape, Shape::Data | Shape::Sample)) {
            return self.refer(value, text, shape, at, out);
        }
        match (shape, value) {
            (Shape::Component(kind), Value::Object(_)) if self.is_elsewhere(kind, at, out) => {
                let name = &self.names[&(kind, target(at))];
                Value::Object(Map::from_iter([("$ref".to_owned(), Value::String(format!("#{}", place(kind, name))))]))
            }
            (Shape::Object(_) | Shape::Component(_) | Shape::Map(_), Value::Object(object)) => {
                Value::Object(self.members(object, shape, at, out))
            }
            (Shape::FlagOrSchema, Value::Object(_)) => self.node(value, Shape::Component(Kind::Schema), at, out),
            (Shape::List(each), Value::Array(items)) => {
                let build = |(index, item): (usize, &Value)| self.below(item, *each, at, out, &index.to_string());
                Value::Array(items.iter().enumerate().map(build).collect())
            }
            (Shape::Sample, Value::Object(object)) if is_sample_file(object) => self.sample(value, at, out),
            (Shape::SchemaName, Value::String(text)) => Value::String(self.schema_name(text, at, out)),
            _ => value.clone(),
        }
    }

    fn members(
        &mut self,
        object: &Map<String, Value>,
        shape: Shape,
        at: &mut At<'_>,
        out: &mut Out,
    ) -> Map<String, Value> {
        let mut members = Map::new();
        for (key, member) in object {
            let shape = match shape {
                Shape::Object(kind) | Shape::Component(kind) => kind.shape_of(key).unwrap_or(Shape::Data),
                Shape::Map(each) => *each,
                _ => Shape::Data,
            };
            members.insert(key.clone(), self.below(member, shape, at, out, key));
        }
        members
    }

    fn below(&mut self, value: &Value, shape: Shape, at: &mut At<'_>, out: &mut Out, key: &str) -> Value {
        let back = (at.pointer.enter(key), out.pointer.enter(key));
        out.depth += 1;
        let built = self.node(value, shape, at, out);
        out.depth -= 1;
        at.pointer.leave(back.0);
        out.pointer.leave(back.1);
        built
    }

    /// A node with a `$ref`: a reference to a component, or a copy of what it refers to.
    fn refer(&mut self, value: &Value, text: &str, shape: Shape, at: &mut At<'_>, out: &mut Out) -> Value {
        let Some(object) = value.as_object() else { return value.clone() };
        let Some(to) = self.found.meaning(at.file, at.pointer.as_str(), text).cloned() else {
            return self.dead(value, object, shape, at, out);
        };
        let kind = match shape {
            Shape::Component(kind) | Shape::Object(kind) => Some(kind),
            Shape::FlagOrSchema => Some(Kind::Schema),
            _ => None,
        };
        if let Some(Kind::Response | Kind::RequestBody) = kind
            && component_kind(&to.pointer) == Some(Kind::Schema)
            && let Some(name) = self.names.get(&(Kind::Schema, to.clone()))
        {
            let schema = json!({ "$ref": format!("#{}", place(Kind::Schema, name)) });
            return json!({ "content": { "application/json": { "schema": schema } } });
        }
        let name = kind.and_then(|kind| Some((kind, self.names.get(&(kind, to.clone()))?)));
        let Some((kind, name)) = name else { return self.copy(object, &to, shape, at, out) };
        let there = place(kind, name);
        let is_itself = to.file == self.trees.main && to.pointer == there;
        if out.pointer.as_str() == there && object.len() == 1 && !is_itself {
            // The main document gives the name, a file the content.
            return self.copy(object, &to, Shape::Component(kind), at, out);
        }
        let mut members = self.members(object, Shape::Component(kind), at, out);
        members.insert("$ref".to_owned(), Value::String(format!("#{there}")));
        Value::Object(members)
    }

    /// A reference that could not be followed. In the place of a schema it admits any JSON value; anything else is left
    /// out later, with what cannot do without it.
    fn dead(
        &mut self,
        value: &Value,
        object: &Map<String, Value>,
        shape: Shape,
        at: &mut At<'_>,
        out: &mut Out,
    ) -> Value {
        let site = (at.file.to_owned(), at.pointer.as_str().to_owned());
        let Some(why) = self.found.dead.get(&site) else { return value.clone() };
        if !matches!(shape, Shape::Component(Kind::Schema) | Shape::FlagOrSchema) {
            self.dead.insert(out.pointer.as_str().to_owned(), why.clone());
            return value.clone();
        }
        if self.told.insert(site) {
            let help = format!("any JSON value is admitted here; {}", why.help);
            self.report.push(Diagnostic { help, ..why.clone() });
        }
        let mut members = self.members(object, Shape::Component(Kind::Schema), at, out);
        members.shift_remove("$ref");
        Value::Object(members)
    }

    /// What a `$ref` refers to, with what stands beside the `$ref` added.
    fn copy(
        &mut self,
        beside: &Map<String, Value>,
        to: &Target,
        shape: Shape,
        at: &mut At<'_>,
        out: &mut Out,
    ) -> Value {
        let Some(value) = node(self.trees, to) else { return Value::Null };
        self.origins.insert(out.pointer.as_str().to_owned(), &to.file, &to.pointer);
        let from = At { file: &to.file, pointer: Pointer::new(to.pointer.clone()) };
        out.depth += 1;
        let mut built = self.build(value, shape, from, out);
        out.depth -= 1;
        if let Value::Object(members) = &mut built {
            let mut added = self.members(beside, shape, at, out);
            added.shift_remove("$ref");
            for (key, member) in added {
                let bundled = child(out.pointer.as_str(), &key);
                self.origins.insert(bundled, at.file, &child(at.pointer.as_str(), &key));
                members.insert(key, member);
            }
        }
        built
    }

    fn sample(&mut self, value: &Value, at: &At<'_>, out: &Out) -> Value {
        let found = reference(value).and_then(|text| self.found.meaning(at.file, at.pointer.as_str(), text));
        let Some((to, sample)) = found.and_then(|to| Some((to, node(self.trees, to)?))) else { return value.clone() };
        self.origins.insert(out.pointer.as_str().to_owned(), &to.file, &to.pointer);
        sample.clone()
    }

    /// A value of a discriminator's mapping: always a reference, unless it names nothing.
    fn schema_name(&mut self, text: &str, at: &At<'_>, out: &Out) -> String {
        let declared = Target { file: self.trees.main.clone(), pointer: place(Kind::Schema, text) };
        let to = match self.names.contains_key(&(Kind::Schema, declared.clone())) {
            true => Some(&declared),
            false => self.found.meaning(at.file, at.pointer.as_str(), text),
        };
        let by_reference = to.and_then(|to| self.names.get(&(Kind::Schema, to.clone())));
        match by_reference.map(String::as_str).or_else(|| self.schema_names.get(text).copied()) {
            Some(name) => format!("#{}", place(Kind::Schema, name)),
            None => {
                let site = (at.file.to_owned(), at.pointer.as_str().to_owned());
                if let Some(why) = self.found.dead.get(&site) {
                    self.dead.insert(out.pointer.as_str().to_owned(), why.clone());
                }
                text.to_owned()
            }
        }
    }

    /// Is this node a component that is put somewhere else?
    fn is_elsewhere(&self, kind: Kind, at: &At<'_>, out: &Out) -> bool {
        if self.inner.is_empty() {
            return false;
        }
        let key = (kind, target(at));
        self.inner.contains(&key) && place(kind, &self.names[&key]) != out.pointer.as_str()
    }

    /// Adds the components that the main document does not declare itself, sorted by name.
    fn add_components(&mut self, root: &mut Value) {
        let Some(root) = root.as_object_mut() else { return };
        for kind in SECTIONS {
            let Some(section) = kind.section() else { continue };
            let mut of_kind: Vec<(&String, &Target)> = self
                .names
                .iter()
                .filter(|((of, _), _)| *of == kind)
                .map(|((_, target), name)| (name, target))
                .collect();
            of_kind.sort();
            for (name, from) in of_kind {
                let there = place(kind, name);
                let declared = root.get("components").and_then(|all| all.get(section)).and_then(|all| all.get(name));
                let Some(value) = node(self.trees, from).filter(|_| declared.is_none()) else { continue };
                self.origins.insert(there.clone(), &from.file, &from.pointer);
                let at = At { file: &from.file, pointer: Pointer::new(from.pointer.clone()) };
                let mut out = Out { pointer: Pointer::new(there), depth: 3 };
                let built = self.build(value, Shape::Component(kind), at, &mut out);
                if let Some(members) = inside(root, "components").and_then(|all| inside(all, section)) {
                    members.insert(name.clone(), built);
                }
            }
        }
    }

    fn within_limits(&mut self, at: &At<'_>, out: &Out) -> bool {
        self.nodes += 1;
        let origin = || Origin::new(at.file, at.pointer.as_str());
        if out.depth > MAX_DEPTH {
            self.report.add(
                Verdict::LeftOut,
                "nested-too-deep",
                origin(),
                format!("with everything included that is referred to, this is nested more than {MAX_DEPTH} deep"),
                "this is left out; refer to components instead of including parts of paths",
            );
            return false;
        }
        if self.nodes == MAX_NODES {
            self.report.error(
                "too-large",
                origin(),
                format!("with everything included that is referred to, there are more than {MAX_NODES} nodes"),
                "refer to components instead of including parts of paths",
            );
        }
        self.nodes < MAX_NODES
    }
}

fn target(at: &At<'_>) -> Target {
    Target { file: at.file.to_owned(), pointer: at.pointer.as_str().to_owned() }
}

/// The map under `key`, made if it is missing; `None` if something else is there.
fn inside<'m>(map: &'m mut Map<String, Value>, key: &str) -> Option<&'m mut Map<String, Value>> {
    map.entry(key).or_insert_with(|| Value::Object(Map::new())).as_object_mut()
}
