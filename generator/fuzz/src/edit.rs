//! Bytes as edits of a document's tree.
//!
//! Nodes are named by number, in the order of a walk, so that any bytes mean something and a small change of the bytes
//! is a small change of the document.

use std::fmt;

use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::{Map, Value, json};

use crate::MAIN;
use crate::seed::{DONORS, SOUND};
use crate::words::{FACETS, KEYS, WORDS};

/// A document larger than this says nothing that a smaller one does not.
const MAX_NODES: usize = 4_000;

/// Files that came out of edits.
pub struct Edited {
    /// Their paths and texts, the main document first.
    pub files: Vec<(String, String)>,
    /// Whether each tag is to be a feature.
    pub by_tag: bool,
    /// Whether two runs are to be compared.
    pub twice: bool,
}

impl fmt::Debug for Edited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "by_tag: {}, twice: {}", self.by_tag, self.twice)?;
        self.files.iter().try_for_each(|(path, text)| writeln!(f, "── {path}\n{text}"))
    }
}

impl<'a> Arbitrary<'a> for Edited {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let flags: u8 = bytes.arbitrary()?;
        let mut editor = Editor { main: pick(bytes, &SOUND)?.clone(), parts: Vec::new() };
        if flags & 8 != 0 {
            editor.join(pick(bytes, &SOUND)?);
        }
        while !bytes.is_empty() {
            let nodes = paths(&editor.main);
            if nodes.len() > MAX_NODES {
                break;
            }
            editor.edit(bytes, &nodes)?;
        }
        let text = |tree: &Value| match flags & 1 {
            0 => serde_json::to_string_pretty(tree).unwrap_or_default(),
            _ => serde_yaml::to_string(tree).unwrap_or_default(),
        };
        let mut files = vec![(MAIN.to_owned(), text(&editor.main))];
        files.extend(editor.parts.iter().enumerate().map(|(n, part)| (format!("part/{n}.yaml"), text(part))));
        Ok(Self { files, by_tag: flags & 2 != 0, twice: flags & 0x70 == 0x70 })
    }
}

fn pick<'t, T>(bytes: &mut Unstructured<'_>, from: &'t [T]) -> Result<&'t T> {
    bytes.choose(from)
}

/// Where a node stands, from the root down.
type Path = Vec<String>;

struct Editor {
    main: Value,
    /// What was moved into files of its own.
    parts: Vec<Value>,
}

impl Editor {
    /// Adds the paths and components of another document, under names that are free.
    fn join(&mut self, other: &Value) {
        for (section, kind) in [("paths", ""), ("components", "schemas"), ("components", "responses")] {
            let at = if kind.is_empty() { format!("/{section}") } else { format!("/{section}/{kind}") };
            let Some(Value::Object(more)) = other.pointer(&at) else { continue };
            if let Some(Value::Object(mine)) = self.main.pointer_mut(&at) {
                for (key, value) in more {
                    mine.entry(key.clone()).or_insert_with(|| value.clone());
                }
            }
        }
    }

    /// One edit; `all` are the nodes of the main document.
    fn edit(&mut self, bytes: &mut Unstructured<'_>, all: &[Path]) -> Result<()> {
        let at = some_path(bytes, all)?;
        match bytes.int_in_range(0..=15_u8)? {
            0 => self.put(&at, node(&self.main, &alike(bytes, all, &at)?)),
            1 => {
                let donor = pick(bytes, &DONORS)?;
                let from = alike(bytes, &paths(donor), &at)?;
                self.put(&at, node(donor, &from));
            }
            2 => self.remove(&at),
            3 => {
                let copy = node(&self.main, &at);
                self.insert_beside(&at, &word(bytes)?, copy);
            }
            4 => {
                let name = word(bytes)?;
                let moved = node(&self.main, &at);
                self.remove(&at);
                self.insert_beside(&at, &name, moved);
            }
            5 | 6 => self.put(&at, scalar(bytes)?),
            7 | 8 => {
                let target = alike(bytes, all, &at)?;
                self.put(&at, json!({ "$ref": format!("#{}", pointer(&target)) }));
            }
            9 | 10 => {
                let other = node(&self.main, &alike(bytes, all, &at)?);
                let wrapped = wrap(bytes, node(&self.main, &at), other)?;
                self.put(&at, wrapped);
            }
            11 => {
                let other = alike(bytes, all, &at)?;
                let (mine, theirs) = (node(&self.main, &at), node(&self.main, &other));
                self.put(&at, theirs);
                self.put(&other, mine);
            }
            12 => self.move_to_file(bytes, all, &at)?,
            13 => {
                let value = if bytes.arbitrary()? { scalar(bytes)? } else { node(&self.main, &some_path(bytes, all)?) };
                let key = pick(bytes, KEYS)?;
                self.insert_into(&at, key, value);
            }
            _ => {
                // The keywords of a schema, with values that are right: what validation lets through goes deepest.
                let (key, value) = pick(bytes, FACETS)?;
                self.insert_into(&at, key, serde_json::from_str(value).unwrap_or_default());
            }
        }
        Ok(())
    }

    fn move_to_file(&mut self, bytes: &mut Unstructured<'_>, all: &[Path], at: &Path) -> Result<()> {
        let moved = node(&self.main, at);
        let name = format!("part/{}.yaml", self.parts.len());
        let (part, fragment) = match bytes.int_in_range(0..=2_u8)? {
            0 => (moved, String::new()),
            1 => (json!({ "a": { "b~/c": moved } }), "#/a/b~0~1c".to_owned()),
            // A file that refers back into the document, as itself.
            _ => (json!({ "$ref": format!("../{MAIN}#{}", pointer(&alike(bytes, all, at)?)) }), "#".to_owned()),
        };
        self.parts.push(part);
        self.put(at, json!({ "$ref": format!("{name}{fragment}") }));
        Ok(())
    }

    fn put(&mut self, at: &Path, value: Value) {
        if let Some(place) = self.main.pointer_mut(&pointer(at)) {
            *place = value;
        }
    }

    fn remove(&mut self, at: &Path) {
        let Some((last, parent)) = at.split_last() else { return };
        match self.main.pointer_mut(&pointer(parent)) {
            Some(Value::Object(members)) => drop(members.shift_remove(last)),
            Some(Value::Array(elements)) => {
                if let Some(index) = last.parse().ok().filter(|index: &usize| *index < elements.len()) {
                    elements.remove(index);
                }
            }
            _ => {}
        }
    }

    fn insert_beside(&mut self, at: &Path, name: &str, value: Value) {
        if let Some((_, parent)) = at.split_last() {
            self.insert_into(&parent.to_vec(), name, value);
        }
    }

    fn insert_into(&mut self, at: &Path, name: &str, value: Value) {
        match self.main.pointer_mut(&pointer(at)) {
            Some(Value::Object(members)) => drop(members.insert(name.to_owned(), value)),
            Some(Value::Array(elements)) => elements.push(value),
            _ => {}
        }
    }
}

/// Every node but the root.
fn paths(tree: &Value) -> Vec<Path> {
    fn walk(node: &Value, at: &mut Path, found: &mut Vec<Path>) {
        let mut step = |key: String, child: &Value| {
            at.push(key);
            found.push(at.clone());
            walk(child, at, found);
            at.pop();
        };
        match node {
            Value::Object(members) => members.iter().for_each(|(key, child)| step(key.clone(), child)),
            Value::Array(elements) => elements.iter().enumerate().for_each(|(n, child)| step(n.to_string(), child)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(tree, &mut Path::new(), &mut found);
    found
}

fn some_path(bytes: &mut Unstructured<'_>, all: &[Path]) -> Result<Path> {
    let number = usize::from(bytes.arbitrary::<u16>()?);
    Ok(if all.is_empty() { Path::new() } else { all[number % all.len()].clone() })
}

/// A node that plays the same part in a document as the one at `like`; now and then, any node.
fn alike(bytes: &mut Unstructured<'_>, all: &[Path], like: &Path) -> Result<Path> {
    let number = usize::from(bytes.arbitrary::<u16>()?);
    let wanted = role(like);
    let same: Vec<&Path> = all.iter().filter(|path| role(path) == wanted).collect();
    if same.is_empty() || number % 8 == 0 {
        return Ok(if all.is_empty() { Path::new() } else { all[number / 8 % all.len()].clone() });
    }
    Ok(same[number / 8 % same.len()].clone())
}

/// The part that a node plays: schemas stand under many keys, everything else is told apart by its key or its parent's.
fn role(path: &[String]) -> &str {
    let last = path.last().map_or("", String::as_str);
    let parent = path.len().checked_sub(2).map_or("", |above| path[above].as_str());
    match (parent, last) {
        ("schemas" | "properties" | "allOf" | "oneOf" | "anyOf", _) => "schema",
        (_, "schema" | "items" | "additionalProperties" | "not") => "schema",
        (
            "paths" | "parameters" | "responses" | "headers" | "content" | "requestBodies" | "examples" | "enum"
            | "required" | "mapping" | "tags" | "callbacks" | "links" | "encoding",
            _,
        ) => parent,
        (_, "get" | "put" | "post" | "patch" | "delete" | "head" | "options" | "trace") => "operation",
        _ => last,
    }
}

fn pointer(path: &[String]) -> String {
    path.iter().fold(String::new(), |text, key| format!("{text}/{}", key.replace('~', "~0").replace('/', "~1")))
}

fn node(tree: &Value, path: &[String]) -> Value {
    tree.pointer(&pointer(path)).cloned().unwrap_or_default()
}

fn wrap(bytes: &mut Unstructured<'_>, node: Value, other: Value) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=9_u8)? {
        0 => json!({ "type": "array", "items": node }),
        1 => json!({ "type": "object", "additionalProperties": node }),
        2 => json!({ "type": "object", "properties": { word(bytes)?: node } }),
        3 => {
            json!({ "type": "object", "properties": { word(bytes)?: node, word(bytes)?: other }, "required": [word(bytes)?] })
        }
        4 => json!({ "allOf": [node] }),
        5 => json!({ "allOf": [node, other], "nullable": true }),
        6 => json!({ "oneOf": [node, other] }),
        7 => json!({ "anyOf": [other, node], "description": word(bytes)? }),
        8 => json!([node, other]),
        _ => Value::Object(Map::from_iter([(word(bytes)?, node)])),
    })
}

fn word(bytes: &mut Unstructured<'_>) -> Result<String> {
    if bytes.ratio(1, 8)? {
        let length = bytes.int_in_range(0..=12)?;
        let raw = bytes.bytes(length)?;
        return Ok(String::from_utf8_lossy(raw).into_owned());
    }
    Ok((*pick(bytes, WORDS)?).to_owned())
}

fn scalar(bytes: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=9_u8)? {
        0 => Value::Null,
        1 => json!(bytes.arbitrary::<bool>()?),
        2 => json!(bytes.arbitrary::<i8>()?),
        3 => json!(bytes.arbitrary::<i64>()?),
        4 => json!(bytes.arbitrary::<u64>()?),
        5 => json!(f64::from(bytes.arbitrary::<f32>()?)),
        6 => json!([]),
        7 => json!({}),
        _ => json!(word(bytes)?),
    })
}
