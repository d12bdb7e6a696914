//! The files of a generated crate on disk: what would change, and changing it.
//!
//! A file whose first line has the generator's mark belongs to the generator, which may rewrite or remove it. Any other
//! file belongs to people and is never touched, and so is what a link leads to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

/// What stands between the folder as it is and as it should be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Files that are there with another text.
    pub changed: Vec<String>,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files of the generator that it no longer writes, and what a run that was killed left.
    pub orphaned: Vec<String>,
    /// Files of people, or links, where the generator wants to write files of its own.
    pub foreign: Vec<String>,
    /// How many are as they should be.
    pub fresh: usize,
}

impl Plan {
    /// Whether there is nothing to do.
    pub(crate) fn is_fresh(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.orphaned.is_empty() && self.foreign.is_empty()
    }
}

/// Compares `root` with `files`; `in_scope` says which paths are looked at.
pub(crate) fn plan(root: &Path, files: &BTreeMap<String, String>, in_scope: impl Fn(&str) -> bool) -> io::Result<Plan> {
    let mut plan = Plan::default();
    for (path, text) in files.iter().filter(|(path, _)| in_scope(path)) {
        if has_link(root, path)? {
            plan.foreign.push(path.clone());
            continue;
        }
        match fs::read(root.join(path)) {
            Ok(found) if found == text.as_bytes() => plan.fresh += 1,
            Ok(found) if !is_ours(&found) => plan.foreign.push(path.clone()),
            Ok(_) => plan.changed.push(path.clone()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => plan.missing.push(path.clone()),
            Err(error) => return Err(error),
        }
    }
    let writers: BTreeSet<&str> = files.values().filter_map(|text| writer(text.lines().next()?)).collect();
    let mut found = Vec::new();
    walk(root, "", &|path, name| Ok(is_draft(files, path, name) || is_by(&root.join(path), &writers)?), &mut found)?;
    plan.orphaned = found.into_iter().filter(|path| in_scope(path) && !files.contains_key(path)).collect();
    plan.orphaned.sort();
    Ok(plan)
}

/// Whether a path leads through a link below `root`, or to one.
fn has_link(root: &Path, path: &str) -> io::Result<bool> {
    let mut at = root.to_owned();
    for part in path.split('/') {
        at.push(part);
        match fs::symlink_metadata(&at) {
            Ok(found) if found.is_symlink() => return Ok(true),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => break,
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// Makes `root` as `files` say.
pub(crate) fn apply(root: &Path, files: &BTreeMap<String, String>, plan: &Plan) -> io::Result<()> {
    for path in plan.changed.iter().chain(&plan.missing) {
        if let Some(text) = files.get(path) {
            write(&root.join(path), text)?;
        }
    }
    for path in &plan.orphaned {
        let path = root.join(path);
        fs::remove_file(&path)?;
        remove_empty_parents(root, &path);
    }
    Ok(())
}

/// Leaves a file that says the same as it is, so that nothing is built twice.
pub(crate) fn update(path: &Path, text: &str) -> io::Result<()> {
    if fs::read(path).is_ok_and(|known| known == text.as_bytes()) { Ok(()) } else { write(path, text) }
}

/// How the name of a draft ends; it begins with a dot, the name of the file, and the number of the process.
const DRAFT: &str = ".tmp";

/// Whether a file is the draft of one of `files`: of a run that was killed, since no other one is under way.
fn is_draft(files: &BTreeMap<String, String>, path: &str, name: &str) -> bool {
    let of = name.strip_prefix('.').and_then(|name| name.strip_suffix(DRAFT)).and_then(|name| name.rsplit_once('.'));
    let Some((of, process)) = of else { return false };
    let folder = path.strip_suffix(name).unwrap_or_default();
    !process.is_empty()
        && process.bytes().all(|byte| byte.is_ascii_digit())
        && files.contains_key(&format!("{folder}{of}"))
}

/// A reader never sees half a file: the text goes to a neighbour first, which then takes the name.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}{DRAFT}", std::process::id()));
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&draft)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

fn remove_empty_parents(root: &Path, path: &Path) {
    let mut folder = path.parent();
    while let Some(at) = folder.filter(|at| *at != root && at.starts_with(root)) {
        // Fails where something is left in it, which is the end of the way up.
        if fs::remove_dir(at).is_err() {
            break;
        }
        folder = at.parent();
    }
}

/// Collects the files below `folder` whose path and name are of the kind wanted. Links are not followed, and build output is
/// skipped.
fn walk(root: &Path, folder: &str, wanted: Wanted<'_>, found: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() && name != "target" {
            walk(root, &path, wanted, found)?;
        } else if kind.is_file() && wanted(&path, &name)? {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file is wanted, by its path and its name.
type Wanted<'a> = &'a dyn Fn(&str, &str) -> io::Result<bool>;

/// Whether one of these commands wrote a file. Other generators mark their files too, and the same folder may hold
/// another crate of ours.
fn is_by(path: &Path, writers: &BTreeSet<&str>) -> io::Result<bool> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(LONGEST_FIRST_LINE).read_to_end(&mut start)?;
    let start = String::from_utf8_lossy(&start);
    Ok(start.lines().next().and_then(writer).is_some_and(|writer| writers.contains(writer)))
}

/// The command that a file's first line says has written it, the name of its crate included.
fn writer(first: &str) -> Option<&str> {
    let rest = marked(first)?;
    rest.strip_prefix(" by `")?.split('`').next()
}

/// What stands behind the generator's mark in a first line, in the comments of Rust, TOML, CSS and Markdown.
fn marked(first: &str) -> Option<&str> {
    let comment = first.strip_prefix("<!--").unwrap_or(first);
    comment.trim_start_matches(['/', '#', '*', ' ']).strip_prefix(generator::MARKER)
}

/// The mark stands on the first line, which is not longer than this.
const LONGEST_FIRST_LINE: u64 = 512;

fn is_ours(text: &[u8]) -> bool {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    marked(&first).is_some()
}
