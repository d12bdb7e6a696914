//! A complete crate from any OpenAPI document. Our own documents are configured in `spec/apis.yaml`; for others, the
//! configuration is made here.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use generator::{Examples, Folder, Generation, ReadError, Reader};

/// The path of the configuration that is made here. No file has this name.
pub(crate) const CONFIGURATION: &str = "apis.made-up.yaml";

/// A document, and the folder that it and its references are below.
#[derive(Debug)]
pub(crate) struct Document {
    /// The folder.
    pub root: PathBuf,
    /// The document's name in it.
    pub file: String,
    /// The crate that makes command lines, if the crate that is written is to have one.
    cli: Option<PathBuf>,
}

impl Document {
    /// The document at `path`; its references may not leave its folder.
    pub(crate) fn new(path: &Path) -> Result<Self, String> {
        let path = path.canonicalize().map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        match (path.parent(), path.file_name().and_then(|name| name.to_str())) {
            (Some(root), Some(file)) if path.is_file() => {
                Ok(Self { root: root.to_owned(), file: file.to_owned(), cli: None })
            }
            _ => Err(format!("{} is not a file", path.display())),
        }
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
        let cli = if self.cli.is_some() { " --cli" } else { "" };
        let command = format!("cargo xtask codegen --spec {} --name {name}{cli}", self.file);
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
        Ok(MadeUp { folder, configuration: configuration(name, &self.file, runtime, self.cli.as_deref()) })
    }
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

/// A configuration for one document: one module, called `api`, each of whose tags can be switched on alone.
fn configuration(name: &str, file: &str, runtime: &Path, cli: Option<&Path>) -> String {
    let quoted = |text: &str| serde_json::Value::String(text.to_owned()).to_string();
    let mut text = String::new();
    let _ = write!(
        text,
        "crate:
  name: {name}
  version: 0.1.0
  description: {description}
  documentation: |
    Client generated from `{file}`.

    Each tag of the document is a feature of its own, with the types that it needs: `api-<tag>`. All are on by default.
  runtime: {{ package: openapi-client-runtime, path: {runtime} }}
{cli}  tables:
    workspace: {{}}
apis:
  - module: api
    document: {document}
    features: tags
",
        description = quoted(&format!("Client generated from {file}.")),
        file = file.replace('`', "'"),
        runtime = quoted(&runtime.to_string_lossy()),
        cli = cli.map_or_else(String::new, |path| {
            format!("  cli: {{ package: sailc, path: {}, default-features: false }}\n", quoted(&path.to_string_lossy()))
        }),
        document = quoted(file),
    );
    text
}

/// The folder of a document, with a configuration in it that is on no disk.
pub(crate) struct MadeUp {
    folder: Folder,
    configuration: String,
}

impl Reader for MadeUp {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        if path == CONFIGURATION { Ok(self.configuration.clone()) } else { self.folder.read(path) }
    }
}
