//! From a resolved reference to the node that it means, through other references on the way.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    discover::component_kind,
    fetch::{Fetch, Fetched},
    reference::{Target, Unusable, resolve},
};
use crate::{
    diagnostic::{Diagnostic, Origin, Verdict},
    document::MAX_CHAIN,
    load::unreadable,
    pointer::{child, tokens},
    source::ReadError,
    suggest::did_you_mean,
};

/// Why a reference leads nowhere.
#[derive(Clone, Debug)]
pub(super) enum Dead {
    Unusable(Unusable),
    Unreadable(String, ReadError),
    /// The file is there, but could not be parsed: that is reported with the file.
    Broken(String),
    TooManyFiles(String),
    /// `token` does not exist in the node at `parent`.
    Missing {
        file: String,
        parent: String,
        token: String,
    },
    Circle,
}

/// The fetched files.
pub(super) struct Trees {
    /// The file that everything starts from.
    pub(super) main: String,
    pub(super) files: BTreeMap<String, Fetch>,
}

/// The tree of a file.
pub(super) fn tree<'a>(trees: &'a Trees, file: &str) -> Result<&'a Value, Dead> {
    match trees.files.get(file).map(|fetch| &fetch.outcome) {
        Some(Fetched::Tree(tree)) => Ok(tree),
        Some(Fetched::Broken) => Err(Dead::Broken(file.to_owned())),
        Some(Fetched::Unreadable(error)) => Err(Dead::Unreadable(file.to_owned(), error.clone())),
        None => Err(Dead::TooManyFiles(file.to_owned())),
    }
}

/// The node that a target names, if it exists.
pub(super) fn node<'a>(trees: &'a Trees, target: &Target) -> Option<&'a Value> {
    tree(trees, &target.file).ok()?.pointer(&target.pointer)
}

/// What the text of a `$ref` in `file` means: the place of an existing node.
pub(super) fn follow(trees: &Trees, file: &str, text: &str) -> Result<Target, Dead> {
    let mut target = resolve(file, text).map_err(Dead::Unusable)?;
    for _ in 0..=MAX_CHAIN {
        match step(trees, &target)? {
            None => return Ok(target),
            Some(next) => target = next,
        }
    }
    Err(Dead::Circle)
}

/// Walks down a pointer. `None`: it has arrived. Otherwise there was a `$ref` on the way or at its end, and this is
/// where to go on.
fn step(trees: &Trees, target: &Target) -> Result<Option<Target>, Dead> {
    let mut node = tree(trees, &target.file)?;
    let mut here = String::new();
    let mut rest = tokens(&target.pointer);
    while let Some(token) = rest.next() {
        let below = match node {
            Value::Object(members) => members.get(&token),
            Value::Array(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => None,
        };
        if let Some(below) = below {
            node = below;
            here = child(&here, &token);
            continue;
        }
        let Some(through) = node.get("$ref").and_then(Value::as_str) else {
            return Err(Dead::Missing { file: target.file.clone(), parent: here, token });
        };
        let mut next = resolve(&target.file, through).map_err(Dead::Unusable)?;
        for token in std::iter::once(token).chain(rest) {
            next.pointer = child(&next.pointer, &token);
        }
        return Ok(Some(next));
    }
    // A node that is nothing but a reference stands for what it refers to, unless it gives it the name of a component.
    let named = target.file == trees.main && component_kind(&target.pointer).is_some();
    match node.as_object().filter(|object| object.len() == 1 && !named).and_then(|object| object.get("$ref")) {
        Some(Value::String(through)) => resolve(&target.file, through).map(Some).map_err(Dead::Unusable),
        _ => Ok(None),
    }
}

/// What there is to say about a reference that leads nowhere. Names that are nearly right are looked for only where the
/// caller can `afford` it.
pub(super) fn describe_dead(trees: &Trees, origin: Origin, text: &str, dead: &Dead, afford: bool) -> Diagnostic {
    let found = |code, message, help: &str| Diagnostic::new(Verdict::LeftOut, code, origin.clone(), message, help);
    match dead {
        Dead::Unusable(unusable) => {
            let (code, why, help) = unusable.explain();
            found(code, format!("the reference `{text}` cannot be followed: {why}"), help)
        }
        Dead::Unreadable(file, error) => {
            Diagnostic { verdict: Verdict::LeftOut, ..unreadable(origin.clone(), file, error) }
        }
        Dead::Broken(file) => found(
            "unreadable-file",
            format!("`{text}` leads to `{file}`, but nothing could be read there"),
            "mend that file first; what is wrong with it is reported with it",
        ),
        Dead::TooManyFiles(file) => found(
            "too-large",
            format!("`{file}` is not read any more: the specification has too many files"),
            "bundle files that belong together",
        ),
        Dead::Circle => found(
            "reference-cycle",
            format!("`{text}` leads through references that go round in a circle"),
            "let one of them point at something that is written out",
        ),
        Dead::Missing { file, parent, token } => {
            let (message, help) = missing(trees, text, (file, parent, token), afford);
            found("unknown-reference", message, &help)
        }
    }
}

/// What to say where a file has no such node, and what to do.
fn missing(trees: &Trees, text: &str, (file, parent, token): (&str, &str, &str), afford: bool) -> (String, String) {
    let root = tree(trees, file).ok();
    let siblings = root.and_then(|root| root.pointer(parent)).and_then(Value::as_object);
    let names = siblings.into_iter().flatten().map(|(key, _)| key.as_str());
    let place = if parent.is_empty() { format!("`{file}`") } else { format!("`{parent}` of `{file}`") };
    let help = match root.and_then(|root| other_section(root, token)) {
        _ if !afford => "refer to something that exists".to_owned(),
        Some(found) if parent.starts_with("/components/") => format!("did you mean `{found}`?"),
        _ => did_you_mean(token, names, format!("add `{token}` there, or refer to something that exists")),
    };
    (format!("`{text}` does not exist: {place} has no `{token}`"), help)
}

/// A component of that name in any section.
fn other_section(root: &Value, name: &str) -> Option<String> {
    let sections = root.get("components")?.as_object()?;
    let (section, _) = sections.iter().find(|(_, members)| members.get(name).is_some())?;
    Some(child(&format!("#/components/{section}"), name))
}
