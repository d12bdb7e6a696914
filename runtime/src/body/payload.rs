//! The body of a call: bytes, fields, a file, or a form with files, in a form that can be sent any number of times.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::form::{FilePart, Form};

/// The body, in a form that can be sent any number of times.
#[derive(Clone, Default)]
pub(crate) enum Payload {
    #[default]
    None,
    Bytes {
        content_type: Cow<'static, str>,
        bytes: Bytes,
    },
    File {
        content_type: Cow<'static, str>,
        file: Arc<FilePart>,
    },
    Form(Arc<Form>),
}

impl Payload {
    /// Whether it may hold files, which are opened anew for each attempt.
    pub(crate) fn has_files(&self) -> bool {
        matches!(self, Self::File { .. } | Self::Form(_))
    }
}

impl fmt::Debug for Payload {
    /// The length of the body, but no content: it may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Bytes { content_type, bytes } => {
                f.debug_struct("Bytes").field("content_type", content_type).field("len", &bytes.len()).finish()
            }
            Self::File { content_type, file } => {
                f.debug_struct("File").field("content_type", content_type).field("file", file).finish()
            }
            Self::Form(form) => form.fmt(f),
        }
    }
}
