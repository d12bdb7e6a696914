//! The locks of names as files: where each stands, and whether it holds what a run gives.

use std::path::{Path, PathBuf};

use generator::{Generation, ReadError, Reader};

use crate::document;

/// The lock of a crate that is generated from a document of others, in the folder of the crate.
const LOCK: &str = "names.yaml";

/// A lock, and the text that it should hold.
pub(crate) struct NameFile {
    path: PathBuf,
    /// What messages call it.
    pub shown: String,
    text: String,
}

impl NameFile {
    /// The locks of our own documents that are in scope, in the folder of the documents.
    pub(crate) fn own(generation: &Generation, folder: &Path, only: Option<&str>) -> Vec<Self> {
        let in_scope = |path: &str| only.is_none_or(|module| path == format!("names/{module}.yaml"));
        let names = generation.names.iter().filter(|(path, _)| in_scope(path));
        let file = |(path, text): (&String, &String)| Self {
            path: folder.join(path),
            shown: format!("spec/{path}"),
            text: text.clone(),
        };
        names.map(file).collect()
    }

    /// The lock of a crate in `folder`, which has one API.
    pub(crate) fn foreign(generation: &Generation, folder: &Path) -> Vec<Self> {
        let path = folder.join(LOCK);
        let file = |text: &String| Self { shown: path.display().to_string(), path: path.clone(), text: text.clone() };
        generation.names.values().map(file).collect()
    }

    /// What is wrong with the file; nothing where it is as it should be.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        match std::fs::read(&self.path) {
            Ok(known) if known == self.text.as_bytes() => None,
            Ok(_) => Some("changed"),
            Err(_) => Some("missing"),
        }
    }

    /// Writes the file where it differs.
    pub(crate) fn write(&self) -> Result<(), String> {
        crate::files::update(&self.path, &self.text)
            .map_err(|error| format!("{} cannot be written: {error}", self.shown))
    }
}

/// A reader that finds the locks elsewhere than in the folder of the documents, or not at all.
pub(crate) struct Names<'a> {
    folder: &'a dyn Reader,
    /// The only lock, where it does not stand in that folder.
    lock: Option<PathBuf>,
    forget: bool,
}

impl<'a> Names<'a> {
    /// The locks of our own documents: those in the folder, or none.
    pub(crate) fn own(folder: &'a dyn Reader, forget: bool) -> Self {
        Self { folder, lock: None, forget }
    }

    /// The lock of a crate in `out`, or none.
    pub(crate) fn foreign(folder: &'a dyn Reader, out: &Path, forget: bool) -> Self {
        Self { folder, lock: Some(out.join(LOCK)), forget }
    }
}

impl Reader for Names<'_> {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        let is_lock = match &self.lock {
            Some(_) => path == document::NAMES,
            None => path.starts_with("names/"),
        };
        match &self.lock {
            _ if !is_lock => self.folder.read(path),
            _ if self.forget => Err(ReadError::NotFound),
            None => self.folder.read(path),
            Some(lock) => std::fs::read_to_string(lock).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => ReadError::NotFound,
                _ => ReadError::Io(error.to_string()),
            }),
        }
    }
}
