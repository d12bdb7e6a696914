//! Where the text of a specification comes from: a folder, or memory.
//!
//! Everything that reads goes through [`Reader`], so that tests need no files and a `$ref` cannot leave the folder
//! of the specification: paths are relative to it and normalised before a reader sees them, and [`Folder`] checks
//! once more where a path really leads, links included.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

/// The largest file that is read. The largest published API descriptions have about 40 MB.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Gives the text of files. `Sync`, because files are read and parsed on several threads.
pub trait Reader: Sync {
    /// The text of the file at `path`.
    ///
    /// `path` is relative to the folder of the specification, has `/` between its parts, is normalised, and never
    /// starts with `/` or `..`.
    ///
    /// # Errors
    ///
    /// Says why the file could not be read.
    fn read(&self, path: &str) -> Result<String, ReadError>;
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no such file.
    NotFound,
    /// It is a folder, a device, a pipe or a socket.
    NotAFile,
    /// It lies outside the folder of the specification, or is a link that leads there.
    Outside,
    /// It has more than 64 MiB.
    TooLarge,
    /// It is not UTF-8; the number is that of the first bad byte, from 0.
    NotUtf8(usize),
    /// Anything else that the operating system said.
    Io(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => to.write_str("there is no such file"),
            Self::NotAFile => to.write_str("it is not a regular file"),
            Self::Outside => to.write_str("it lies outside the folder of the specification"),
            Self::TooLarge => write!(to, "it is larger than {} MiB", MAX_FILE_BYTES / (1024 * 1024)),
            Self::NotUtf8(offset) => write!(to, "it is not UTF-8 (byte {offset})"),
            Self::Io(why) => to.write_str(why),
        }
    }
}

impl std::error::Error for ReadError {}

/// A folder of the file system.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder `root`, which has to exist.
    ///
    /// # Errors
    ///
    /// If there is no such folder, or it may not be entered.
    pub fn new(root: impl AsRef<Path>) -> io::Result<Self> {
        let root = fs::canonicalize(root)?;
        if root.is_dir() { Ok(Self { root }) } else { Err(io::Error::other("it is not a folder")) }
    }

    /// Where `path` really leads, if it leads to a file inside the folder.
    fn locate(&self, path: &str) -> Result<(PathBuf, u64), ReadError> {
        let real = fs::canonicalize(self.root.join(path)).map_err(|error| refused(&error))?;
        if !real.starts_with(&self.root) {
            return Err(ReadError::Outside);
        }
        // Looked at before it is opened: opening a pipe would wait for a writer.
        let facts = fs::metadata(&real).map_err(|error| refused(&error))?;
        if !facts.is_file() {
            return Err(ReadError::NotAFile);
        }
        Ok((real, facts.len()))
    }
}

impl Reader for Folder {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        if !is_normal(path) {
            return Err(ReadError::Outside);
        }
        let (real, length) = self.locate(path)?;
        if length > MAX_FILE_BYTES {
            return Err(ReadError::TooLarge);
        }
        let file = fs::File::open(real).map_err(|error| refused(&error))?;
        // The file may grow between the look at its length and now.
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(ReadError::TooLarge);
        }
        String::from_utf8(bytes).map_err(|error| ReadError::NotUtf8(error.utf8_error().valid_up_to()))
    }
}

fn refused(error: &io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::NotFound,
        io::ErrorKind::IsADirectory => ReadError::NotAFile,
        _ => ReadError::Io(error.to_string()),
    }
}

/// Relative, and without `.`, `..`, empty parts or anything that some system takes for a root.
fn is_normal(path: &str) -> bool {
    !path.contains(['\\', '\0', ':']) && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// The files of another reader but some, which are no part of a specification: the configuration, and corrections.
pub(crate) struct Except<'r> {
    reader: &'r dyn Reader,
    hidden: Vec<String>,
}

impl<'r> Except<'r> {
    /// What `reader` has, without the files at these paths.
    pub(crate) fn new(reader: &'r dyn Reader, hidden: Vec<String>) -> Self {
        Self { reader, hidden }
    }
}

impl Reader for Except<'_> {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        if self.hidden.iter().any(|hidden| hidden == path) { Err(ReadError::NotFound) } else { self.reader.read(path) }
    }
}

/// Files that are held in memory, for tests and for specifications that a program makes.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, String>,
}

impl Memory {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.insert(path.into(), text.into());
        self
    }
}

impl Reader for Memory {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_reads_its_files_and_nothing_else() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("spec");
        fs::create_dir_all(root.join("part")).unwrap();
        fs::write(outer.path().join("secret.yaml"), "secret").unwrap();
        fs::write(root.join("part/a.yaml"), "a: 1\n").unwrap();
        fs::write(root.join("latin1.yaml"), b"caf\xe9").unwrap();
        let folder = Folder::new(&root).unwrap();

        assert_eq!(folder.read("part/a.yaml").unwrap(), "a: 1\n");
        assert_eq!(folder.read("part/b.yaml"), Err(ReadError::NotFound));
        assert_eq!(folder.read("part"), Err(ReadError::NotAFile));
        assert_eq!(folder.read("latin1.yaml"), Err(ReadError::NotUtf8(3)));
        for outside in ["../secret.yaml", "part/../../secret.yaml", "/etc/passwd", "", ".", "a//b", "C:\\x", "a\0b"] {
            assert_eq!(folder.read(outside), Err(ReadError::Outside), "{outside}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_only_inside_the_folder() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("spec");
        fs::create_dir(&root).unwrap();
        fs::write(outer.path().join("secret.yaml"), "secret").unwrap();
        fs::write(root.join("a.yaml"), "a: 1\n").unwrap();
        for (to, link) in [("a.yaml", "inside"), ("../secret.yaml", "outside"), ("/dev/zero", "zero")] {
            std::os::unix::fs::symlink(to, root.join(link)).unwrap();
        }
        std::os::unix::fs::symlink("loop", root.join("loop")).unwrap();
        let folder = Folder::new(&root).unwrap();

        assert_eq!(folder.read("inside").unwrap(), "a: 1\n");
        assert_eq!(folder.read("outside"), Err(ReadError::Outside));
        assert_eq!(folder.read("zero"), Err(ReadError::Outside));
        assert!(matches!(folder.read("loop"), Err(ReadError::Io(_))));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn devices_and_pipes_are_refused_unopened() {
        // A folder that really holds devices.
        let folder = Folder::new("/dev").unwrap();
        assert_eq!(folder.read("zero"), Err(ReadError::NotAFile));
        assert_eq!(folder.read("null"), Err(ReadError::NotAFile));
    }

    #[test]
    fn a_file_above_the_limit_is_refused_by_its_length() {
        let root = tempfile::tempdir().unwrap();
        let file = fs::File::create(root.path().join("huge.yaml")).unwrap();
        file.set_len(MAX_FILE_BYTES + 1).unwrap();
        assert_eq!(Folder::new(root.path()).unwrap().read("huge.yaml"), Err(ReadError::TooLarge));
    }
}
