//! The surface of a crate: what reviewers read first, for fixtures that show each of its words.
#![allow(clippy::expect_used, clippy::panic, reason = "tests assert by panicking")]

mod support;

use std::fmt::Write as _;

use support::{FOLDERS, fixtures, generate};

/// The fixtures that are shown: together they have every kind of type, parameter, body and response.
const SHOWN: [&str; 10] = [
    "answers_by_status",
    "bodies_of_json",
    "body_multipart",
    "body_raw",
    "deprecated_calls",
    "integer_enum",
    "object_both",
    "paging",
    "parameter_objects",
    "tagged_union",
];

#[test]
fn surfaces_show_what_users_see() {
    let all: Vec<_> = FOLDERS.into_iter().flat_map(fixtures).collect();
    for name in SHOWN {
        let fixture = all.iter().find(|fixture| fixture.name == name).expect("the fixture is there");
        let mut text = String::new();
        for (path, surface) in &generate(std::slice::from_ref(fixture)).surfaces {
            let _ = writeln!(text, "─── {path}\n{surface}");
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_description(fixture.about());
        settings.set_omit_expression(true);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_snapshot_path("snapshots/surface");
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}
