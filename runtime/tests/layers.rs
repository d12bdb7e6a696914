//! The rooms of `src` import only those above them, and no files of a room import each other in a circle.
//!
//! Reads the `use` lines of the source, so that whoever turns an arrow upward hears of it.

#![allow(clippy::unwrap_used, reason = "all of it is part of a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The rooms: each may import those before it.
const ROOMS: [&str; 12] = [
    "model",
    "operation",
    "error",
    "body",
    "policy",
    "transport",
    "exchange",
    "auth",
    "call",
    "client",
    "sailpoint",
    "testing",
];

/// Rooms whose files may import each other in a circle; their `mod.rs` says why.
const CIRCLES: [&str; 1] = ["model"];

/// A file: its room, and its name without `.rs`.
type File = (String, String);

/// What each file of `src` imports of this crate.
fn imports() -> BTreeMap<File, BTreeSet<File>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    for room in fs::read_dir(source).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let name = room.file_name().unwrap().to_str().unwrap().to_owned();
        for file in fs::read_dir(&room).unwrap().map(|entry| entry.unwrap().path()) {
            let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&file).unwrap();
            found.insert((name.clone(), stem), imported(&name, &text));
        }
    }
    found
}

/// The files that a text imports. What is imported from a room's `mod.rs` counts as its file `mod`.
fn imported(room: &str, text: &str) -> BTreeSet<File> {
    let mut files = BTreeSet::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_start();
        let Some((_, tree)) =
            line.split_once("use ").filter(|(before, _)| before.is_empty() || before.starts_with("pub"))
        else {
            continue;
        };
        let mut tree = tree.to_owned();
        while !tree.contains(';') {
            tree.push_str(lines.next().unwrap_or(";").trim());
        }
        for path in leaves(tree.trim_end_matches(';')) {
            let segments: Vec<&str> = path.split("::").map(str::trim).collect();
            let (of, rest) = match segments.as_slice() {
                ["crate", of, rest @ ..] => (*of, rest),
                ["super", rest @ ..] => (room, rest),
                _ => continue,
            };
            let file = rest.first().filter(|first| first.starts_with(|char: char| char.is_ascii_lowercase()));
            let file = file.filter(|_| of != "error" || room == "error").map_or("mod", |file| file);
            files.insert((of.to_owned(), file.to_owned()));
        }
    }
    files
}

/// The paths of a `use` tree, written out.
fn leaves(tree: &str) -> Vec<String> {
    let Some((head, rest)) = tree.split_once('{') else {
        return vec![tree.trim().to_owned()];
    };
    let inside = rest.rsplit_once('}').map_or(rest, |(inside, _)| inside);
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (place, char) in inside.char_indices() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| leaves(part.trim())).map(|leaf| format!("{head}{leaf}")).collect()
}

#[test]
fn rooms_import_only_those_above_them() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for ((room, file), imported) in imports() {
        let Some(here) = place(&room) else {
            wrong.push(format!("src/{room}/ is not in the list of rooms"));
            continue;
        };
        for (other, _) in imported {
            if place(&other).is_none_or(|there| there > here) {
                wrong.push(format!("src/{room}/{file}.rs imports {other}/, which stands below {room}/"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_files_of_a_room_import_each_other_in_a_circle() {
    let mut left = imports();
    left.retain(|(room, file), _| file != "mod" && !CIRCLES.contains(&room.as_str()));
    // Whoever imports nothing that is left stands in no circle.
    loop {
        let free: Vec<File> = left
            .iter()
            .filter(|(file, imported)| !imported.iter().any(|other| other != *file && left.contains_key(other)))
            .map(|(file, _)| file.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        left.retain(|file, _| !free.contains(file));
    }
    let circle: Vec<String> = left.keys().map(|(room, file)| format!("src/{room}/{file}.rs")).collect();
    assert!(circle.is_empty(), "these files import each other in a circle, or import one: {}", circle.join(", "));
}

#[test]
fn the_rooms_are_there_and_are_read() {
    let imports = imports();
    for room in &ROOMS[..10] {
        assert!(imports.contains_key(&((*room).to_owned(), "mod".to_owned())), "{room}");
    }
    let send = &imports[&("call".to_owned(), "send".to_owned())];
    assert!(send.contains(&("exchange".to_owned(), "attempts".to_owned())), "{send:?}");
    assert!(send.contains(&("call".to_owned(), "request".to_owned())), "{send:?}");
    let tree = "super::{a, b::{C, d::E}}";
    assert_eq!(leaves(tree), ["super::a", "super::b::C", "super::b::d::E"]);
}
