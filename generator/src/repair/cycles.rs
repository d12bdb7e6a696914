//! Definitions that go round in a circle before they say anything.
//!
//! A schema may contain itself in its properties or elements: that is a recursive type. It must not *be* itself, be
//! it by `$ref`, or as a part of its own `allOf`, `oneOf` or `anyOf`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Notes;
use crate::{
    document::MAX_CHAIN,
    grammar::{Kind, SECTIONS},
    pointer::{child, split_last, unescape},
};

/// Cuts each circle, and each chain that is too long, at one reference: a schema admits any JSON value there, anything
/// else is taken out of the components.
pub(super) fn cut(root: &mut Value, notes: &mut Notes<'_>) {
    for kind in SECTIONS {
        let Some(section) = kind.section() else { continue };
        let start = format!("/components/{section}");
        let Some(members) = root.pointer(&start).and_then(Value::as_object) else { continue };
        let edges: BTreeMap<String, Vec<Edge>> = members
            .iter()
            .map(|(name, value)| {
                let at = child(&start, name);
                let mut edges = Vec::new();
                edges_of(value, kind, &at, 0, &mut edges);
                (at, edges)
            })
            .collect();
        let mut places = BTreeSet::new();
        for circle in circles(&edges) {
            report(notes, kind, &circle);
            places.extend(circle.last().map(|edge| edge.place.clone()));
        }
        for edge in too_deep(&edges).into_iter().filter(|edge| !places.contains(&edge.place)).collect::<Vec<_>>() {
            let message = format!("this is the end of a chain of more than {MAX_CHAIN} references to references");
            let help = format!("{}; let the first of them refer to the last", cost(kind));
            notes.left_out("nested-too-deep", &edge.place, message, help);
            places.insert(edge.place.clone());
        }
        for place in places {
            remove(root, kind, &place);
        }
    }
}

/// What a cut costs.
fn cost(kind: Kind) -> &'static str {
    if kind == Kind::Schema { "any JSON value is admitted in one place" } else { "one of them is left out" }
}

/// Takes out a reference, which stands at `place`.
fn remove(root: &mut Value, kind: Kind, place: &str) {
    let Some((node, _)) = split_last(place) else { return };
    if kind == Kind::Schema {
        if let Some(schema) = root.pointer_mut(node) {
            *schema = Value::Object(Map::new());
        }
    } else if let Some((section, name)) = split_last(node)
        && let Some(section) = root.pointer_mut(section).and_then(Value::as_object_mut)
    {
        section.shift_remove(&unescape(name));
    }
}

/// How many of the places in a circle are told.
const MAX_TOLD: usize = 8;

/// One component is another one, or a composition with it.
struct Edge {
    /// Where the reference stands.
    place: String,
    to: String,
    /// How many references and compositions lie between the two.
    steps: usize,
}

fn edges_of(value: &Value, kind: Kind, at: &str, steps: usize, edges: &mut Vec<Edge>) {
    if let Some(to) = value.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#')) {
        edges.push(Edge { place: child(at, "$ref"), to: to.to_owned(), steps: steps.max(1) });
        return;
    }
    let Some(object) = value.as_object().filter(|_| kind == Kind::Schema) else { return };
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let at = child(at, keyword);
        let members = object.get(keyword).and_then(Value::as_array);
        for (index, member) in members.into_iter().flatten().enumerate() {
            edges_of(member, kind, &child(&at, &index.to_string()), steps + 1, edges);
        }
    }
}

/// Every circle once, as the references that close it; of long ones the first.
fn circles(edges: &BTreeMap<String, Vec<Edge>>) -> Vec<Vec<&Edge>> {
    let mut found = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in edges.keys() {
        // Depth first, with a stack of its own: chains may be long.
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        let mut taken: Vec<&Edge> = Vec::new();
        let mut on_path: BTreeMap<&str, usize> = BTreeMap::from([(start.as_str(), 0)]);
        while let Some((node, next)) = path.last_mut() {
            let edge = edges.get(*node).and_then(|edges| edges.get(*next));
            *next += 1;
            let Some(edge) = edge.filter(|_| !done.contains(*node)) else {
                done.insert(node);
                on_path.remove(*node);
                path.pop();
                taken.pop();
                continue;
            };
            taken.push(edge);
            if let Some(first) = on_path.get(edge.to.as_str()) {
                let circle = &taken[*first..];
                let mut told: Vec<&Edge> = circle.iter().take(MAX_TOLD).copied().collect();
                // The last one closes it: without these, there is no circle left.
                told.extend(Some(edge).filter(|_| circle.len() > MAX_TOLD));
                found.push(told);
                taken.pop();
            } else if done.contains(edge.to.as_str()) {
                taken.pop();
            } else {
                on_path.insert(&edge.to, path.len());
                path.push((&edge.to, 0));
            }
        }
    }
    found
}

/// The references at which chains become too long. Without these, none is.
fn too_deep(edges: &BTreeMap<String, Vec<Edge>>) -> Vec<&Edge> {
    // Depth below each node, worked out from the leaves: a node is done when everything below it is.
    let mut depth: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for start in edges.keys() {
        let mut open: Vec<(&str, bool)> = vec![(start, false)];
        while let Some((node, below_is_done)) = open.pop() {
            let Some(below) = edges.get(node) else { continue };
            if below_is_done {
                let mut deepest = 0;
                for edge in below {
                    let Some(length) = depth.get(edge.to.as_str()).map(|depth| depth + edge.steps) else { continue };
                    if length > MAX_CHAIN {
                        found.push(edge);
                    } else {
                        deepest = deepest.max(length);
                    }
                }
                depth.insert(node, deepest);
            } else if !depth.contains_key(node) {
                // Counts as a leaf while it is open, so that circles end.
                depth.insert(node, 0);
                open.push((node, true));
                open.extend(below.iter().map(|edge| (edge.to.as_str(), false)));
            }
        }
    }
    found
}

fn report(notes: &mut Notes<'_>, kind: Kind, circle: &[&Edge]) {
    let Some((first, rest)) = circle.split_first() else { return };
    let composed = circle.iter().any(|edge| edge.place.contains("Of/"));
    let message = match (rest.is_empty(), composed) {
        (true, true) => format!("`{}` is composed of itself, so it never says what it is", first.to),
        (true, false) => format!("`{}` refers to itself and to nothing else", first.to),
        (false, _) => {
            let way: Vec<String> = circle.iter().take(MAX_TOLD).map(|edge| format!("`{}`", edge.to)).collect();
            let more = if circle.len() > MAX_TOLD { " and others" } else { "" };
            format!("{}{more} go round in a circle, so none of them says what it is", way.join(" and "))
        }
    };
    let advice = if composed {
        "keep what they have in common in a schema of its own, and compose both with that"
    } else {
        "write one of them out"
    };
    let help = format!("{}; {advice}", cost(kind));
    let places: Vec<_> = rest.iter().map(|edge| notes.origins.of(&edge.place)).collect();
    let code = if kind == Kind::Schema && composed { "composition-cycle" } else { "reference-cycle" };
    let finding = notes.left_out(code, &first.place, message, help);
    for place in places {
        finding.relate(place, "and on from here");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &[&str])]) -> BTreeMap<String, Vec<Edge>> {
        let edge = |from: &str, to: &str| Edge { place: from.to_owned(), to: to.to_owned(), steps: 1 };
        edges.iter().map(|(from, to)| ((*from).to_owned(), to.iter().map(|to| edge(from, to)).collect())).collect()
    }

    #[test]
    fn each_circle_is_found_once() {
        let found = |edges: &[(&str, &[&str])]| circles(&graph(edges)).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(found(&[("a", &["b"]), ("b", &[]), ("c", &["b", "a"])]), Vec::<usize>::new());
        assert_eq!(found(&[("a", &["a"])]), [1]);
        assert_eq!(found(&[("a", &["b"]), ("b", &["c"]), ("c", &["a"]), ("d", &["a"])]), [3]);
        assert_eq!(found(&[("a", &["a", "b"]), ("b", &["b"])]), [1, 1]);
        assert_eq!(found(&[("a", &["missing"])]), Vec::<usize>::new());
    }

    #[test]
    fn a_long_chain_is_cut_as_often_as_it_has_to_be() {
        let chain = |length: usize| -> BTreeMap<String, Vec<Edge>> {
            let edge = |n| Edge { place: format!("{n}"), to: format!("{:06}", n + 1), steps: 1 };
            let mut edges: BTreeMap<_, _> = (0..length).map(|n| (format!("{n:06}"), vec![edge(n)])).collect();
            edges.insert(format!("{length:06}"), Vec::new());
            edges
        };
        assert!(too_deep(&chain(MAX_CHAIN)).is_empty());
        assert_eq!(too_deep(&chain(MAX_CHAIN + 50)).len(), 1);
        assert_eq!(too_deep(&chain(100_000)).len(), 100_000 / (MAX_CHAIN + 1));
    }

    #[test]
    fn long_chains_need_no_stack() {
        let edges: BTreeMap<String, Vec<Edge>> = (0..100_000)
            .map(|n| (format!("{n:06}"), vec![Edge { place: String::new(), to: format!("{:06}", n + 1), steps: 1 }]))
            .collect();
        assert!(circles(&edges).is_empty());
    }
}
