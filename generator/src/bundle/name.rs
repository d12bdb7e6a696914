//! Names for what becomes a component.
//!
//! A component of the main document keeps its name. What stands elsewhere is called after its file (or after the last
//! step of its pointer). Where two would have the same name, each gets the name of its folder in front, as far up as
//! it takes; one that stands in a folder which all others are below keeps the short name. So a name depends on which
//! files there are, never on the order in which they are found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{discover::Found, lookup::Trees, reference::Target};
use crate::{
    grammar::{Kind, SECTIONS},
    pointer::{child, tokens},
};

/// The name of each component: `(kind, where it stands)` to the key in its section.
pub(super) type Names = BTreeMap<(Kind, Target), String>;

/// Folders and keys that say how a specification is sorted, not what it is about.
const STRUCTURE: [&str; 20] = [
    "$defs",
    "components",
    "content",
    "definitions",
    "examples",
    "headers",
    "model",
    "models",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "requests",
    "responses",
    "schema",
    "schemas",
    "spec",
    "specs",
    "src",
    "types",
];

/// Names everything that discovery found.
pub(super) fn names(trees: &Trees, found: &Found) -> Names {
    let mut names = Names::new();
    for kind in SECTIONS {
        let declared = declared(trees, found, kind, &mut names);
        let free: Vec<&Target> = found
            .targets
            .iter()
            .filter(|(of, target)| *of == kind && !names.contains_key(&(kind, target.clone())))
            .map(|(_, target)| target)
            .collect();
        for (target, name) in choose(&free, declared) {
            names.insert((kind, target.clone()), name);
        }
    }
    names
}

/// Names what the main document declares under `components`; gives the names that are taken by it.
fn declared(trees: &Trees, found: &Found, kind: Kind, names: &mut Names) -> BTreeSet<String> {
    let mut taken = BTreeSet::new();
    let Some(section) = kind.section() else { return taken };
    let start = format!("/components/{section}");
    let place = Target { file: trees.main.clone(), pointer: start.clone() };
    let members = super::lookup::node(trees, &place).and_then(Value::as_object);
    for (name, member) in members.into_iter().flatten().filter(|(_, member)| member.is_object()) {
        let pointer = child(&start, name);
        taken.insert(folded(name));
        // An entry that only refers to a file names what is in that file.
        let lone = member.as_object().filter(|object| object.len() == 1).and_then(|object| object.get("$ref"));
        if let Some(target) = lone.and_then(Value::as_str).and_then(|text| found.meaning(&trees.main, &pointer, text)) {
            names.entry((kind, target.clone())).or_insert_with(|| name.clone());
        }
        names.insert((kind, Target { file: trees.main.clone(), pointer }), name.clone());
    }
    taken
}

/// A component that has no name yet.
struct Nameless<'a> {
    target: &'a Target,
    /// The folders on the way, outermost first, and last what it is called itself.
    trail: Vec<String>,
    /// How many of the folders are part of the name.
    folders: usize,
}

impl Nameless<'_> {
    fn name(&self) -> String {
        let (own, folders) = match self.trail.split_last() {
            Some(split) => split,
            None => return "Unnamed".to_owned(),
        };
        if self.folders == 0 {
            return own.clone();
        }
        let prefix: String = folders[folders.len() - self.folders..].iter().map(|folder| capitalised(folder)).collect();
        prefix + &capitalised(own)
    }

    fn can_grow(&self) -> bool {
        self.folders + 1 < self.trail.len()
    }

    /// Is everything that `other` is in, or more, below the folder that this is in?
    fn is_above(&self, other: &Self) -> bool {
        let folders = self.trail.len().saturating_sub(1);
        other.trail.starts_with(&self.trail[..folders])
    }
}

fn choose<'a>(targets: &[&'a Target], mut taken: BTreeSet<String>) -> Vec<(&'a Target, String)> {
    let mut all: Vec<Nameless<'_>> =
        targets.iter().map(|target| Nameless { target, trail: trail(target), folders: 0 }).collect();
    while lengthen(&mut all, &taken) {}
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    all.into_iter()
        .map(|nameless| {
            let name = nameless.name();
            let mut unique = name.clone();
            let number = numbers.entry(folded(&name)).or_insert(2);
            while !taken.insert(folded(&unique)) {
                unique = format!("{name}{number}");
                *number += 1;
            }
            (nameless.target, unique)
        })
        .collect()
}

/// Puts one more folder into every name that is not the only one of its kind; says whether it could.
fn lengthen(all: &mut [Nameless<'_>], taken: &BTreeSet<String>) -> bool {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, nameless) in all.iter().enumerate() {
        groups.entry(folded(&nameless.name())).or_default().push(index);
    }
    let mut grew = false;
    for (name, members) in groups {
        let fixed = taken.contains(&name);
        if members.len() == 1 && !fixed {
            continue;
        }
        let grow: Vec<usize> = members
            .iter()
            .copied()
            .filter(|member| fixed || !members.iter().all(|other| all[*member].is_above(&all[*other])))
            .filter(|member| all[*member].can_grow())
            .collect();
        for member in grow {
            all[member].folders += 1;
            grew = true;
        }
    }
    grew
}

/// The folders that a target is in, then its own name.
fn trail(target: &Target) -> Vec<String> {
    let mut parts: Vec<String> = target.file.split('/').map(str::to_owned).collect();
    if let Some(file) = parts.last_mut()
        && let Some((stem, _)) = file.rsplit_once('.')
        && !stem.is_empty()
    {
        *file = stem.to_owned();
    }
    // `user/index.yaml` is about the user.
    if parts.len() > 1 && parts.last().is_some_and(|stem| stem == "index") {
        parts.pop();
    }
    let own = parts.pop();
    parts.retain(|part| !STRUCTURE.contains(&part.as_str()));
    parts.extend(own);
    let steps: Vec<String> =
        tokens(&target.pointer).filter(|step| !STRUCTURE.contains(&step.as_str()) && !step.is_empty()).collect();
    match steps.as_slice() {
        [] => {}
        [name] => parts.push(name.clone()),
        // Something inside something: the whole way is the name.
        way => parts.push(way.iter().filter(|step| !is_media_type(step)).map(|step| capitalised(step)).collect()),
    }
    if let Some(own) = parts.last_mut() {
        *own = legal(own);
    }
    parts
}

fn is_media_type(step: &str) -> bool {
    step.contains('/') && !step.starts_with('/')
}

/// Only characters that the key of a component may have.
fn legal(name: &str) -> String {
    let legal = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let name: String = name.chars().map(legal).collect();
    if name.is_empty() { "Unnamed".to_owned() } else { name }
}

/// `non-employee` as `NonEmployee`.
fn capitalised(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let (first, rest) = word.split_at(1);
        result.push_str(&first.to_ascii_uppercase());
        result.push_str(rest);
    }
    result
}

/// What two names have in common that would be the same identifier.
fn folded(name: &str) -> String {
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    if folded.is_empty() { name.to_owned() } else { folded.to_ascii_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(targets: &[(&str, &str)], taken: &[&str]) -> Vec<String> {
        let targets: Vec<Target> = targets
            .iter()
            .map(|(file, pointer)| Target { file: (*file).to_owned(), pointer: (*pointer).to_owned() })
            .collect();
        let refs: Vec<&Target> = targets.iter().collect();
        let taken = taken.iter().map(|name| folded(name)).collect();
        choose(&refs, taken).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn a_file_gives_its_stem() {
        assert_eq!(chosen(&[("v3/schemas/Account.yaml", ""), ("v3/responses/400.yaml", "")], &[]), ["Account", "400"]);
        assert_eq!(chosen(&[("user/index.yaml", ""), ("my file.yaml", "")], &[]), ["user", "my_file"]);
        assert_eq!(chosen(&[("common.yaml", "/definitions/Error")], &[]), ["Error"]);
        assert_eq!(
            chosen(&[("api.yaml", "/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema")], &[]),
            ["PetsIdGet200"]
        );
        assert_eq!(chosen(&[("api.yaml", "/components/schemas/Pet/properties/tag")], &[]), ["PetTag"]);
    }

    #[test]
    fn equal_stems_get_their_folders_and_the_uppermost_stays_short() {
        assert_eq!(
            chosen(&[("v3/schemas/access/Role.yaml", ""), ("v3/schemas/Role.yaml", "")], &[]),
            ["AccessRole", "Role"]
        );
        assert_eq!(
            chosen(&[("schemas/search/base/Reference.yaml", ""), ("schemas/transforms/Reference.yaml", "")], &[]),
            ["BaseReference", "TransformsReference"]
        );
        assert_eq!(
            chosen(&[("a/x/Thing.yaml", ""), ("b/x/Thing.yaml", ""), ("c/Thing.yaml", "")], &[]),
            ["AXThing", "BXThing", "CThing"]
        );
        assert_eq!(chosen(&[("s/Role.yaml", ""), ("s/role.yml", "")], &[]), ["Role", "role2"]);
    }

    #[test]
    fn declared_names_are_not_taken_again() {
        assert_eq!(chosen(&[("v3/schemas/Schedule.yaml", "")], &["Schedule"]), ["V3Schedule"]);
        assert_eq!(chosen(&[("Schedule.yaml", "")], &["Schedule"]), ["Schedule2"]);
    }
}
