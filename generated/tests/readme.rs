//! The README's program is the one of the crate's front page, which `cargo test` compiles.

#![allow(clippy::unwrap_used, reason = "all of it is part of a test")]

/// The first block of Rust in a Markdown text.
fn program(markdown: &str) -> Option<&str> {
    let (_, after) = markdown.split_once("```rust\n").or_else(|| markdown.split_once("```no_run\n"))?;
    Some(after.split_once("```").unwrap().0)
}

#[test]
fn the_readme_shows_a_program_that_compiles() {
    let lib = include_str!("../src/lib.rs").lines().filter_map(|line| line.strip_prefix("//!"));
    let front_page: String = lib.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect();
    for page in [include_str!("../../README.md"), include_str!("../../spec/pages/sdk.md")] {
        let shown = program(page);
        assert!(shown.is_some());
        assert_eq!(shown, program(&front_page));
    }
}
