use serde_json::{Value, json};

use super::*;
use crate::document::Origins;
use crate::source::Memory;

const HEAD: &str = "overlay: 1.1.0\ninfo: { title: T, version: '1' }\nactions:\n";

/// The document after the actions, and what was reported.
fn corrected(root: Value, actions: &str) -> (Document, Vec<(&'static str, String)>) {
    let document = Document { root, origins: Origins::of_file("api.yaml"), dead: Default::default() };
    let reader = Memory::new().with("fix.yaml", format!("{HEAD}{actions}"));
    let mut report = Report::new();
    let overlays = [("fix.yaml".to_owned(), Origin::new("apis.yaml", "/apis/0/corrections/0"))];
    let document = correct(&reader, document, &overlays, &mut report);
    let found = report.diagnostics().iter();
    let found = found.map(|finding| (finding.code, finding.origin.clone().unwrap_or_default().pointer)).collect();
    (document, found)
}

#[track_caller]
fn becomes(root: Value, actions: &str, wanted: Value) -> Document {
    let (document, found) = corrected(root, actions);
    assert_eq!(found, []);
    assert_eq!(document.root, wanted);
    document
}

#[track_caller]
fn fails(root: Value, actions: &str, code: &str, pointer: &str) {
    let (_, found) = corrected(root, actions);
    assert_eq!(found, [(code, pointer.to_owned())]);
}

fn from(document: &Document, pointer: &str) -> (String, String) {
    let origin = document.origin(pointer);
    (origin.file, origin.pointer)
}

#[test]
fn maps_are_merged_lists_grow_and_scalars_are_replaced() {
    let document = becomes(
        json!({"a": {"keep": 1, "text": "old", "list": [1], "deep": {"x": 1}}}),
        "  - target: $.a\n    update: { text: new, list: [2, 3], deep: { y: 2 }, more: { z: 3 } }\n",
        json!({"a": {"keep": 1, "text": "new", "list": [1, 2, 3], "deep": {"x": 1, "y": 2}, "more": {"z": 3}}}),
    );
    let fix = |pointer: &str| ("fix.yaml".to_owned(), format!("/actions/0/update{pointer}"));
    assert_eq!(from(&document, "/a/text"), fix("/text"));
    assert_eq!(from(&document, "/a/list/0").0, "api.yaml");
    assert_eq!(from(&document, "/a/list/2"), fix("/list/1"));
    assert_eq!(from(&document, "/a/deep"), ("api.yaml".to_owned(), "/a/deep".to_owned()));
    assert_eq!(from(&document, "/a/more/z"), fix("/more/z"));
}

#[test]
fn one_value_is_added_to_a_list_or_takes_the_place_of_a_scalar() {
    becomes(
        json!({"tags": [{"name": "a"}], "info": {"title": "x"}}),
        "  - { target: $.tags, update: { name: b } }\n  - { target: $.info.title, update: y }\n",
        json!({"tags": [{"name": "a"}, {"name": "b"}], "info": {"title": "y"}}),
    );
}

#[test]
fn every_selected_node_is_changed() {
    becomes(
        json!({"paths": {"/a": {"get": {}}, "/b": {"get": {"x": 1}, "put": {}}}}),
        "  - { target: '$.paths.*.get', update: { deprecated: true } }\n",
        json!({"paths": {"/a": {"get": {"deprecated": true}}, "/b": {"get": {"x": 1, "deprecated": true}, "put": {}}}}),
    );
}

#[test]
fn what_is_removed_leaves_the_places_of_the_rest() {
    let root = json!({"list": [{"n": 1}, {"n": 2}, {"n": 3}, {"n": 4}], "map": {"a": 1, "b": 2}});
    let document = becomes(
        root,
        "  - { target: '$.list[?@.n < 3]', remove: true }\n  - { target: $.map.a, remove: true }\n  - { target: $.list, update: { n: 5 } }\n",
        json!({"list": [{"n": 3}, {"n": 4}, {"n": 5}], "map": {"b": 2}}),
    );
    assert_eq!(from(&document, "/list/1/n"), ("api.yaml".to_owned(), "/list/3/n".to_owned()));
    assert_eq!(from(&document, "/list/2/n"), ("fix.yaml".to_owned(), "/actions/2/update/n".to_owned()));
}

#[test]
fn what_is_inside_something_removed_may_be_selected_too() {
    becomes(json!({"a": [[1, 2], [3]], "b": 1}), "  - { target: '$.a..*', remove: true }\n", json!({"a": [], "b": 1}));
}

#[test]
fn a_node_can_be_copied_and_so_moved() {
    let document = becomes(
        json!({"paths": {"/foo": {"get": {"x": 1}}}}),
        "  - { target: $.paths, update: { /bar: {} } }\n  - { target: \"$.paths['/bar']\", copy: \"$.paths['/foo']\" }\n  - { target: \"$.paths['/foo']\", remove: true }\n",
        json!({"paths": {"/bar": {"get": {"x": 1}}}}),
    );
    assert_eq!(from(&document, "/paths/~1bar/get/x").0, "fix.yaml");
    assert!(from(&document, "/paths/~1bar/get/x").1.starts_with("/actions/1/copy"));
}

#[test]
fn what_is_wrong_with_an_action_is_said_at_its_place() {
    let root = || json!({"a": {"x": 1}, "b": [1], "c": 1});
    fails(root(), "  - { target: $.d, update: {} }\n", "overlay-target", "/actions/0/target");
    fails(root(), "  - { target: $.a, copy: $.d }\n", "overlay-target", "/actions/0/copy");
    fails(root(), "  - { target: $.a, copy: '$.*' }\n", "overlay-action", "/actions/0/copy");
    fails(root(), "  - { target: $.a, update: { x: {} } }\n", "overlay-action", "/actions/0/update/x");
    fails(root(), "  - { target: $.a, update: 1 }\n", "overlay-action", "/actions/0/update");
    fails(root(), "  - { target: '$.*', update: 1 }\n", "overlay-action", "/actions/0/target");
    fails(root(), "  - { target: $, remove: true }\n", "overlay-action", "/actions/0/target");
    fails(root(), "  - { target: a, update: 1 }\n", "overlay-path", "/actions/0/target");
    fails(root(), "  - { target: $.a }\n", "overlay-action", "/actions/0");
    fails(root(), "  - { target: $.c, remove: true, update: 1 }\n", "overlay-action", "/actions/0");
    fails(root(), "  - { target: $.c, remove: 'true' }\n", "overlay-action", "/actions/0/remove");
    fails(root(), "  - { target: $.c, update: 1, descripton: x }\n", "overlay-action", "/actions/0/descripton");
    fails(root(), "  - { update: 1 }\n", "overlay-action", "/actions/0");
    fails(root(), "  - 1\n", "overlay-action", "/actions/0");
}

#[test]
fn copies_of_copies_have_an_end() {
    for action in ["  - { target: $.list, copy: $.list }\n", "  - { target: $.map, copy: $ }\n"] {
        let (_, found) = corrected(json!({"list": [1], "map": {}}), &action.repeat(200));
        assert!(found.iter().all(|(code, _)| *code == "too-large") && !found.is_empty(), "{found:?}");
    }
}

#[test]
fn only_overlays_of_known_versions_are_applied() {
    let reported = |text: &str| {
        let document =
            Document { root: json!({"a": 1}), origins: Origins::of_file("api.yaml"), dead: Default::default() };
        let reader = Memory::new().with("fix.yaml", text);
        let mut report = Report::new();
        let overlays = [("fix.yaml".to_owned(), Origin::new("apis.yaml", "/apis/0/corrections/0"))];
        let document = correct(&reader, document, &overlays, &mut report);
        assert_eq!(document.root, json!({"a": 1}));
        report.diagnostics().iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    let actions = "actions: [{ target: $.a, update: 2 }]\n";
    assert_eq!(reported(&format!("overlay: 2.0.0\n{actions}")), ["overlay"]);
    assert_eq!(reported(&format!("openapi: 3.0.0\n{actions}")), ["overlay"]);
    assert_eq!(reported("overlay: 1.0.0\nactions: []\n"), ["overlay"]);
    assert_eq!(reported("overlay: 1.0.0\nactions: [{ target: $.a, copy: $ }]\n"), ["overlay-action"]);
    assert_eq!(reported("overlay: 1.0.0\nextends: ../other.yaml\nactions: [{ target: $, update: {} }]\n"), ["overlay"]);
    assert!(reported("overlay: 1.0.0\nextends: ../api.yaml\nactions: [{ target: $, update: {} }]\n").is_empty());
    assert_eq!(reported("overlay: ["), ["syntax"]);
}
