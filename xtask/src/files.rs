//! The files of a generated crate on disk: what would change, and changing it.
//!
//! A file whose first line has the generator's mark belongs to the generator, which may rewrite or remove it. Any other
//! file belongs to people and is never touched.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// What stands between the folder as it is and as it should be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Files that are there with another text.
    pub changed: Vec<String>,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files of the generator that it no longer writes.
    pub orphaned: Vec<String>,
    /// Files of people, where the generator wants to write one of its own.
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
        match fs::read(root.join(path)) {
            Ok(found) if found == text.as_bytes() => plan.fresh += 1,
            Ok(found) if !is_ours(&found) => plan.foreign.push(path.clone()),
            Ok(_) => plan.changed.push(path.clone()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => plan.missing.push(path.clone()),
            Err(error) => return Err(error),
        }
    }
    let mut found = Vec::new();
    walk(root, "", &mut found)?;
    plan.orphaned = found.into_iter().filter(|path| in_scope(path) && !files.contains_key(path)).collect();
    plan.orphaned.sort();
    Ok(plan)
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

/// A reader never sees half a file: the text goes to a neighbour first, which then takes the name.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::File::create(&draft)
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

/// Collects the generator's files below `folder`. Links are not followed, and build output is no source.
fn walk(root: &Path, folder: &str, found: &mut Vec<String>) -> io::Result<()> {
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
            walk(root, &path, found)?;
        } else if kind.is_file() && has_mark(&entry.path())? {
            found.push(path);
        }
    }
    Ok(())
}

fn has_mark(path: &PathBuf) -> io::Result<bool> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(LONGEST_FIRST_LINE).read_to_end(&mut start)?;
    Ok(is_ours(&start))
}

/// The mark stands on the first line, which is not longer than this.
const LONGEST_FIRST_LINE: u64 = 512;

fn is_ours(text: &[u8]) -> bool {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    first.trim_start_matches(['/', '#', ' ']).starts_with(generator::MARKER)
}
