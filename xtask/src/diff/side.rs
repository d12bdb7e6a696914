//! One side of a comparison: a document, a folder with an `apis.yaml`, or either at a revision of Git.

use std::collections::BTreeMap;
use std::path::Path;

use generator::{Folder, Generation, Outlines, ReadError, Reader};

use crate::document::{self, Document};
use crate::git::{Repository, Tree};

/// The configuration in a folder of documents.
const APIS: &str = "apis.yaml";

/// Where one side comes from.
pub(crate) struct Source {
    /// What messages call it.
    pub shown: String,
    files: Overlaid,
    configuration: &'static str,
    /// The document, where there is but one.
    document: Option<String>,
}

impl Source {
    /// Reads what was typed: a path, a revision of the repository at `root`, `REV:PATH`, or `REPOSITORY@REV:PATH`.
    pub(crate) fn parse(root: &Path, typed: &str) -> Result<Self, String> {
        let path = Path::new(typed);
        if path.is_dir() {
            let folder = Folder::new(path).map_err(|error| format!("{typed} cannot be read: {error}"))?;
            return Self::of_folder(typed, Box::new(folder));
        }
        if path.is_file() {
            let Document { root, file, .. } = Document::new(path, None)?;
            let folder = Folder::new(&root).map_err(|error| format!("{typed} cannot be read: {error}"))?;
            return Ok(Self::of_document(typed, Box::new(folder), &file));
        }
        let (repository, revision) = match typed.split_once('@') {
            Some((repository, rest)) if Path::new(repository).is_dir() => {
                (Repository::new(Path::new(repository)), rest)
            }
            _ => (Repository::new(root), typed),
        };
        let (revision, path) = revision.split_once(':').unwrap_or((revision, "spec"));
        let commit =
            repository.commit(revision).map_err(|error| format!("`{typed}` is no file and no folder, and {error}"))?;
        Self::at(repository.files()?, &commit, path, typed)
    }

    /// A document, or a folder of documents, in a commit.
    pub(crate) fn at(files: crate::git::Files, commit: &str, path: &str, shown: &str) -> Result<Self, String> {
        let folder = Tree::new(files.clone(), commit, path);
        if folder.read(APIS).is_ok() {
            return Self::of_folder(shown, Box::new(folder));
        }
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let tree = Tree::new(files, commit, folder);
        match tree.read(file) {
            Ok(_) => Ok(Self::of_document(shown, Box::new(tree), file)),
            Err(error) => Err(format!("`{shown}` is no document, and has no {APIS}: {error}")),
        }
    }

    fn of_folder(shown: &str, reader: Box<dyn Reader>) -> Result<Self, String> {
        reader.read(APIS).map_err(|error| format!("{shown} has no {APIS} that can be read: {error}"))?;
        let files = Overlaid { below: reader, above: BTreeMap::new(), alias: None };
        Ok(Self { shown: shown.to_owned(), files, configuration: APIS, document: None })
    }

    /// A document, whose configuration is made up.
    fn of_document(shown: &str, reader: Box<dyn Reader>, file: &str) -> Self {
        let configuration = Document::elsewhere(file).configuration("client", Path::new("runtime"));
        let above = BTreeMap::from([(document::CONFIGURATION.to_owned(), configuration)]);
        let files = Overlaid { below: reader, above, alias: None };
        let document = Some(file.to_owned());
        Self { shown: shown.to_owned(), files, configuration: document::CONFIGURATION, document }
    }

    /// Gives a document the names in the text of a lock.
    pub(crate) fn with_names(mut self, names: String) -> Self {
        self.files.above.insert(document::NAMES.to_owned(), names);
        self
    }

    /// Calls the document as that of `other`, if both are documents: names and types are kept by the file that they are in.
    pub(crate) fn called_as(mut self, other: &Self) -> Self {
        if let (Some(own), Some(name)) = (&self.document, &other.document) {
            self.files.alias = Some((name.clone(), own.clone()));
            let configuration = Document::elsewhere(name).configuration("client", Path::new("runtime"));
            self.files.above.insert(document::CONFIGURATION.to_owned(), configuration);
            self.document = Some(name.clone());
        }
        self
    }

    /// The file that a finding calls `name`.
    pub(crate) fn real_name<'n>(&'n self, name: &'n str) -> &'n str {
        match &self.files.alias {
            Some((alias, real)) if alias == name => real,
            _ => name,
        }
    }

    /// Whether its crate has a version: that of a document of others is made up.
    pub(crate) fn has_version(&self) -> bool {
        self.configuration == APIS
    }

    /// What it is read from.
    pub(crate) fn reader(&self) -> &dyn Reader {
        &self.files
    }

    /// What users see of it. Where it has no lock of names, `names` are its locks.
    pub(crate) fn outlines(&self, names: &BTreeMap<String, String>) -> Result<Outlines, String> {
        let lacking = names.iter().filter(|(path, _)| self.files.read(path).is_err());
        let names = lacking.map(|(path, text)| (path.clone(), text.clone())).collect();
        let reader = Named { files: &self.files, names };
        let outlines = generator::outlines(&reader, self.configuration);
        if outlines.report.has_errors() {
            return Err(format!("{} cannot be compared:\n{}", self.shown, outlines.report.render(&reader)));
        }
        Ok(outlines)
    }
}

impl Source {
    /// The crate of a document, called `name`, with the names of these locks.
    pub(crate) fn generate(
        &self,
        names: &BTreeMap<String, String>,
        name: &str,
        runtime: &Path,
    ) -> Result<Generation, String> {
        let file = self.document.as_ref().ok_or_else(|| format!("{} is more than a document", self.shown))?;
        let mut names = names.clone();
        names.insert(document::CONFIGURATION.to_owned(), Document::elsewhere(file).configuration(name, runtime));
        let reader = Named { files: &self.files, names };
        let generation = generator::generate(&reader, self.configuration, "cargo xtask diff");
        match generation.report.has_errors() {
            true => Err(format!("{} cannot be compiled:\n{}", self.shown, generation.report.render(&reader))),
            false => Ok(generation),
        }
    }
}

/// Files, some of which are held in memory.
struct Overlaid {
    below: Box<dyn Reader>,
    above: BTreeMap<String, String>,
    /// Another name of a file, and its own.
    alias: Option<(String, String)>,
}

impl Reader for Overlaid {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        let real = match &self.alias {
            Some((alias, real)) if alias == path => real,
            _ => path,
        };
        self.above.get(path).map_or_else(|| self.below.read(real), |text| Ok(text.clone()))
    }
}

/// Files with locks of names that come from elsewhere.
struct Named<'a> {
    files: &'a Overlaid,
    names: BTreeMap<String, String>,
}

impl Reader for Named<'_> {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        self.names.get(path).map_or_else(|| self.files.read(path), |text| Ok(text.clone()))
    }
}
