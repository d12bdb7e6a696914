//! What users put into a multipart form: files and texts.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use crate::error::RequestError;

/// Content types by file extension, for the kinds of files that administrators upload.
const TYPES: [(&str, &str); 9] = [
    ("csv", "text/csv"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("jar", "application/java-archive"),
    ("json", "application/json"),
    ("properties", "text/plain"),
    ("txt", "text/plain"),
    ("xml", "application/xml"),
    ("zip", "application/zip"),
];

/// A file to upload: from disk, or from memory.
///
/// As the whole body of a request, its bytes are sent as they are, under the content type that the operation documents unless
/// one was set here; its names are not sent then.
///
/// A file on disk is read while it is sent, in chunks, and again if the call is retried; it is never held in memory.
#[derive(Clone)]
pub struct FilePart {
    pub(crate) name: Option<String>,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) content: Content,
}

#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    Path(Arc<Path>),
    /// A file that is open, read from its start for each attempt.
    Open(Arc<tokio::fs::File>),
}

impl FilePart {
    /// A file on disk. Its own name is sent along, and its content type is chosen by its extension.
    ///
    /// # Errors
    ///
    /// If there is no such file, or it may not be looked at; the error names the path.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, RequestError> {
        Self::at(path.as_ref().to_owned())
    }

    fn at(path: PathBuf) -> Result<Self, RequestError> {
        let found = std::fs::metadata(&path).map_err(|error| RequestError::file(&path, error))?;
        if !found.is_file() {
            return Err(RequestError::not_a_file(&path));
        }
        Ok(Self {
            name: None,
            file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()),
            content_type: None,
            content: Content::Path(path.into()),
        })
    }

    /// A file from memory, sent under a file name.
    pub fn from_bytes(file_name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: None,
            file_name: Some(file_name.into()),
            content_type: None,
            content: Content::Bytes(bytes.into()),
        }
    }

    /// A file of text from memory, sent under a file name.
    pub fn from_text(file_name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::from_bytes(file_name, text.into())
    }

    /// The file name that is sent, instead of the file's own.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The content type, instead of what the extension suggests or the operation documents.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The name of the part in its form, where the operation does not give it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The content type: as set, else by the extension of the file name, else bytes.
    pub(crate) fn effective_type(&self) -> &str {
        if let Some(set) = &self.content_type {
            return set;
        }
        let extension = self.file_name.as_deref().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end);
        TYPES
            .iter()
            .find(|(known, _)| extension.is_some_and(|extension| extension.eq_ignore_ascii_case(known)))
            .map_or("application/octet-stream", |(_, content_type)| content_type)
    }
}

impl From<PathBuf> for FilePart {
    /// A file on disk, as [`FilePart::from_path`] makes one, but looked at only when it is sent: a call with a file that is not
    /// there fails then.
    fn from(path: PathBuf) -> Self {
        Self {
            name: None,
            file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()),
            content_type: None,
            content: Content::Path(path.into()),
        }
    }
}

impl From<tokio::fs::File> for FilePart {
    /// An open file, sent from its start to its end, wherever it stands, and again if the call is retried. It has no name; set
    /// one with [`file_name`](FilePart::file_name), by whose ending the content type is chosen.
    ///
    /// Calls that send the same open file must not run at the same time: they share its position.
    fn from(file: tokio::fs::File) -> Self {
        Self { name: None, file_name: None, content_type: None, content: Content::Open(Arc::new(file)) }
    }
}

impl From<Vec<u8>> for FilePart {
    /// As from [`Bytes`].
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for FilePart {
    /// As from [`Bytes`].
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<Bytes> for FilePart {
    /// A file from memory without a name; set one with [`file_name`](FilePart::file_name), by whose ending the content type is
    /// chosen.
    fn from(bytes: Bytes) -> Self {
        Self { name: None, file_name: None, content_type: None, content: Content::Bytes(bytes) }
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("FilePart");
        shown.field("name", &self.name).field("file_name", &self.file_name);
        match &self.content {
            Content::Bytes(bytes) => shown.field("bytes", &bytes.len()),
            Content::Path(path) => shown.field("path", path),
            Content::Open(_) => shown.field("open", &true),
        };
        shown.finish_non_exhaustive()
    }
}

/// A form (`multipart/form-data`) of any number of files and texts, sent in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub(crate) parts: Vec<Part>,
}

/// One part under its name.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) value: PartValue,
}

#[derive(Clone)]
pub(crate) enum PartValue {
    Text(String),
    /// A text that is JSON.
    Json(String),
    File(FilePart),
}

impl Form {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file under a name.
    pub fn file(mut self, name: impl Into<String>, file: FilePart) -> Self {
        self.parts.push(Part { name: name.into(), value: PartValue::File(file) });
        self
    }

    /// Adds a text under a name.
    pub fn text(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.parts.push(Part { name: name.into(), value: PartValue::Text(text.into()) });
        self
    }
}

impl From<FilePart> for Form {
    /// A form of one file, under the name that was set on it, else under `file`.
    fn from(mut file: FilePart) -> Self {
        let name = file.name.take().unwrap_or_else(|| "file".to_owned());
        Self::new().file(name, file)
    }
}

impl fmt::Debug for Part {
    /// Texts may be secret, so only their length is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Part");
        shown.field("name", &self.name);
        match &self.value {
            PartValue::Text(text) | PartValue::Json(text) => shown.field("text", &text.len()),
            PartValue::File(file) => shown.field("file", file),
        };
        shown.finish()
    }
}
