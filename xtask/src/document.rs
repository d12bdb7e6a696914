//! A complete crate from any OpenAPI document. Our own documents are configured in `spec/apis.yaml`; for others, the
//! configuration is made here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use generator::{Examples, Folder, Generation, ReadError, Reader};

/// The path of the configuration that is made here. No file has this name.
pub(crate) const CONFIGURATION: &str = "apis.made-up.yaml";

/// Where the made-up configuration has its lock of names: on no disk either, unless somebody puts it there.
pub(crate) const NAMES: &str = "names/api.yaml";

/// A document, and the folder that it and its references are below.
#[derive(Debug)]
pub(crate) struct Document {
    /// The folder.
    pub root: PathBuf,
    /// The document's name in it.
    pub file: String,
    /// The crate that makes command lines, if the crate that is written is to have one.
    cli: Option<PathBuf>,
    /// The overlays that correct it, in order.
    overlays: Vec<PathBuf>,
}

impl Document {
    /// The document at `path`; its references may not leave `root`, or its own folder where none is given.
    pub(crate) fn new(path: &Path, root: Option<&Path>) -> Result<Self, String> {
        let (folder, name) = located(path)?;
        let (root, file) = match root {
            None => (folder, name),
            Some(root) => {
                let below = canonical(root)?;
                let file = relative(&below, &folder.join(name));
                let why = || format!("{} is not below {}, which --root names", path.display(), root.display());
                (below, file.ok_or_else(why)?)
            }
        };
        Ok(Self { root, file, cli: None, overlays: Vec::new() })
    }

    /// A document that is not in a folder, such as one of a commit.
    pub(crate) fn elsewhere(file: &str) -> Self {
        Self { root: PathBuf::new(), file: file.to_owned(), cli: None, overlays: Vec::new() }
    }

    /// Corrects the document by these overlays, in their order.
    pub(crate) fn with_overlays(self, paths: &[PathBuf]) -> Result<Self, String> {
        let overlays: Result<_, String> =
            paths.iter().map(|path| located(path).map(|(folder, file)| folder.join(file))).collect();
        Ok(Self { overlays: overlays?, ..self })
    }

    /// Gives the crate a command line, made by the crate at `path`.
    pub(crate) fn with_cli(self, path: PathBuf) -> Self {
        Self { cli: Some(path), ..self }
    }

    /// Generates the crate `name`, which finds the runtime at `runtime`.
    pub(crate) fn generate(&self, name: &str, runtime: &Path) -> Result<(Generation, String), String> {
        let reader = self.reader(name, runtime)?;
        let generation = self.generate_from(&reader, name);
        let report = generation.report.render(&reader);
        Ok((generation, report))
    }

    /// As [`Document::generate`], from a reader that [`Document::reader`] gave, or one that stands before it.
    pub(crate) fn generate_from(&self, reader: &dyn Reader, name: &str) -> Generation {
        let mut command = format!("cargo xtask codegen --spec {} --name {name}", self.file);
        if self.file.contains('/') {
            command.push_str(" --root .");
        }
        for overlay in &self.overlays {
            let _ = write!(command, " --overlay {}", overlay.file_name().unwrap_or_default().to_string_lossy());
        }
        if self.cli.is_some() {
            command.push_str(" --cli");
        }
        generator::generate(reader, CONFIGURATION, &command)
    }

    /// The values that it shows, with the types that [`Document::generate`] gives them.
    pub(crate) fn examples(&self, name: &str, runtime: &Path) -> Result<Examples, String> {
        let (found, _) = generator::examples(&self.reader(name, runtime)?, CONFIGURATION);
        found.into_iter().next().ok_or_else(|| format!("{} cannot be used", self.file))
    }

    /// What the generator reads from: the document's folder, and the configuration that names the crate.
    pub(crate) fn reader(&self, name: &str, runtime: &Path) -> Result<MadeUp, String> {
        let folder =
            Folder::new(&self.root).map_err(|error| format!("{} cannot be read: {error}", self.root.display()))?;
        let overlays = self.overlays.iter().map(|path| (path.to_string_lossy().into_owned(), path.clone())).collect();
        Ok(MadeUp { folder, configuration: self.configuration(name, runtime), overlays })
    }

    /// A configuration for the document: one module, called `api`, each of whose tags can be switched on alone.
    pub(crate) fn configuration(&self, name: &str, runtime: &Path) -> String {
        let quoted = |text: &str| serde_json::Value::String(text.to_owned()).to_string();
        let cli = self.cli.as_ref().map_or_else(String::new, |path| {
            format!("  cli: {{ package: sailc, path: {}, default-features: false }}\n", quoted(&path.to_string_lossy()))
        });
        let corrections: Vec<String> = self.overlays.iter().map(|path| quoted(&path.to_string_lossy())).collect();
        format!(
            "crate:
  name: {name}
  version: 0.1.0
  description: {description}
  documentation: |
    Client generated from `{file}`.

    Calls are awaited inside a [Tokio](https://docs.rs/tokio) runtime; the feature `blocking` brings its own.

    Each tag of the document is a feature of its own, with the types that it needs: `api-<tag>`. All are on by default.
    `gzip` adds compressed responses, `http2` HTTP/2, and `aws-lc-rs` replaces the cryptography of `ring`.
  runtime: {{ package: openapi-client-runtime, path: {runtime}, default-features: false }}
  features:
    blocking: [runtime/blocking]
    gzip: [runtime/gzip]
    http2: [runtime/http2]
    ring: [runtime/ring]
    aws-lc-rs: [runtime/aws-lc-rs]
  default-features: [ring]
{cli}  tables:
    workspace: {{}}
apis:
  - module: api
    document: {document}
    corrections: [{corrections}]
    features: tags
",
            description = quoted(&format!("Client generated from {}.", self.file)),
            file = self.file.replace('`', "'"),
            runtime = quoted(&runtime.to_string_lossy()),
            document = quoted(&self.file),
            corrections = corrections.join(", "),
        )
    }
}

/// The folder of the file at `path`, and its name there.
fn located(path: &Path) -> Result<(PathBuf, String), String> {
    let path = canonical(path)?;
    match (path.parent(), path.file_name().and_then(|name| name.to_str())) {
        (Some(root), Some(file)) if path.is_file() => Ok((root.to_owned(), file.to_owned())),
        _ => Err(format!("{} is not a file", path.display())),
    }
}

/// The path without links in it.
fn canonical(path: &Path) -> Result<PathBuf, String> {
    path.canonicalize().map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// What a specification below `root` calls the file at `path`.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str());
    Some(parts.collect::<Option<Vec<&str>>>()?.join("/"))
}

/// Accepts names of crates that Cargo accepts.
pub(crate) fn crate_name(name: &str) -> Result<String, String> {
    let starts = name.starts_with(|first: char| first.is_ascii_lowercase());
    if starts && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_')) {
        Ok(name.to_owned())
    } else {
        Err("a crate's name starts with a lowercase letter and has only lowercase letters, digits, `-` and `_`"
            .to_owned())
    }
}

/// The folder of a document, with a configuration in it that is on no disk, and overlays from anywhere.
pub(crate) struct MadeUp {
    folder: Folder,
    configuration: String,
    /// Where overlays lie, by what the configuration calls them: their whole path, which no `$ref` can be.
    overlays: BTreeMap<String, PathBuf>,
}

impl Reader for MadeUp {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        if path == CONFIGURATION {
            return Ok(self.configuration.clone());
        }
        if path == NAMES {
            return Err(ReadError::NotFound);
        }
        let Some(overlay) = self.overlays.get(path) else { return self.folder.read(path) };
        let (Some(folder), Some(name)) = (overlay.parent(), overlay.file_name().and_then(|name| name.to_str())) else {
            return Err(ReadError::NotAFile);
        };
        Folder::new(folder).map_err(|error| ReadError::Io(error.to_string()))?.read(name)
    }
}
