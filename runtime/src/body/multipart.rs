//! Files on the wire: one as the whole body, or several in a form (`multipart/form-data`, RFC 7578), read piece by piece.
//!
//! Written here rather than left to the HTTP library, so that a form can be sent again on a retry, has a known length, and
//! looks the same to every transport.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncSeekExt, ReadBuf};

use super::form::{Content, FilePart, Form, PartValue};
use crate::error::{BoxError, RequestError};

/// How much of a file, or of bytes in memory, is sent at once.
const CHUNK: usize = 64 * 1024;

/// A form or a file that is being sent: what is left of it, in order.
pub(crate) struct Upload {
    pieces: VecDeque<Piece>,
    remaining: u64,
    sent: Arc<AtomicU64>,
}

/// How many bytes of an upload were taken by the transport, seen from outside.
#[derive(Clone)]
pub(crate) struct Progress {
    sent: Arc<AtomicU64>,
    whole: u64,
}

impl Progress {
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Whether all of it was taken: what is waited for now is the response.
    pub(crate) fn is_over(&self) -> bool {
        self.sent() >= self.whole
    }
}

enum Piece {
    Bytes(Bytes),
    File { file: File, path: Arc<Path>, left: u64 },
}

impl Upload {
    /// Opens a file that is sent as it is.
    ///
    /// # Errors
    ///
    /// If it cannot be opened; nothing was sent then.
    pub(crate) async fn open_file(file: &FilePart) -> Result<Self, RequestError> {
        let mut stream = Self::empty();
        stream.push_content(file, "the body").await?;
        Ok(stream)
    }

    /// Opens the form's files and writes everything around them. Also gives the `Content-Type`.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened; nothing was sent then.
    pub(crate) async fn open(form: &Form) -> Result<(String, Self), RequestError> {
        let boundary = boundary();
        let mut stream = Self::empty();
        let mut around = String::new();
        for part in &form.parts {
            let _ = write!(around, "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&part.name));
            match &part.value {
                PartValue::Text(text) => {
                    around.push_str("\r\n\r\n");
                    around.push_str(text);
                }
                PartValue::Json(text) => {
                    around.push_str("\r\nContent-Type: application/json\r\n\r\n");
                    around.push_str(text);
                }
                PartValue::File(file) => {
                    if let Some(name) = &file.file_name {
                        let _ = write!(around, "; filename=\"{}\"", quoted(name));
                    }
                    let _ = write!(around, "\r\nContent-Type: {}\r\n\r\n", one_line(file.effective_type()));
                    stream.push(std::mem::take(&mut around).into());
                    stream.push_content(file, &part.name).await?;
                }
            }
            around.push_str("\r\n");
        }
        let _ = write!(around, "--{boundary}--\r\n");
        stream.push(around.into());
        Ok((format!("multipart/form-data; boundary={boundary}"), stream))
    }

    fn empty() -> Self {
        Self { pieces: VecDeque::new(), remaining: 0, sent: Arc::default() }
    }

    /// Adds what is in a file; `called` is what errors call it where it has no name.
    async fn push_content(&mut self, file: &FilePart, called: &str) -> Result<(), RequestError> {
        match &file.content {
            Content::Bytes(bytes) => self.push(bytes.clone()),
            Content::Path(path) => self.push_path(path).await?,
            Content::Open(open) => {
                let name = file.file_name.as_deref().unwrap_or(called);
                self.push_open(open, Path::new(name).into()).await?;
            }
        }
        Ok(())
    }

    fn push(&mut self, bytes: Bytes) {
        self.remaining += bytes.len() as u64;
        self.pieces.push_back(Piece::Bytes(bytes));
    }

    /// Adds a file on disk.
    async fn push_path(&mut self, path: &Arc<Path>) -> Result<(), RequestError> {
        // Opening a pipe would wait for its writer.
        let found = tokio::fs::metadata(path).await.map_err(|error| RequestError::file(path, error))?;
        if !found.is_file() {
            return Err(RequestError::not_a_file(path));
        }
        let file = File::open(path).await.map_err(|error| RequestError::file(path, error))?;
        self.push_file(file, path.clone()).await
    }

    /// Adds a file that is open already, from its start.
    async fn push_open(&mut self, open: &File, name: Arc<Path>) -> Result<(), RequestError> {
        let failed = |error| RequestError::file(&name, error);
        let mut file = open.try_clone().await.map_err(failed)?;
        file.rewind().await.map_err(failed)?;
        self.push_file(file, name).await
    }

    async fn push_file(&mut self, mut file: File, path: Arc<Path>) -> Result<(), RequestError> {
        let found = file.metadata().await.map_err(|error| RequestError::file(&path, error))?;
        if !found.is_file() {
            return Err(RequestError::not_a_file(&path));
        }
        file.set_max_buf_size(CHUNK);
        let left = found.len();
        self.remaining += left;
        self.pieces.push_back(Piece::File { file, path, left });
        Ok(())
    }

    /// A view of how far it got.
    pub(crate) fn progress(&self) -> Progress {
        Progress { sent: self.sent.clone(), whole: self.sent.load(Ordering::Relaxed) + self.remaining }
    }

    /// How many bytes are still to be sent.
    pub(crate) fn remaining(&self) -> u64 {
        self.remaining
    }

    /// The next chunk; `None` after the last.
    pub(crate) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            let chunk = match self.pieces.front_mut() {
                None => return Poll::Ready(None),
                Some(Piece::Bytes(bytes)) => Ok(bytes.split_to(bytes.len().min(CHUNK))),
                Some(Piece::File { left: 0, .. }) => Ok(Bytes::new()),
                Some(Piece::File { file, path, left }) => match read(file, path, *left, context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(chunk) => chunk.inspect(|chunk| *left -= chunk.len() as u64),
                },
            };
            match chunk {
                Ok(chunk) if chunk.is_empty() => {
                    self.pieces.pop_front();
                }
                Ok(chunk) => {
                    self.remaining -= chunk.len() as u64;
                    self.sent.fetch_add(chunk.len() as u64, Ordering::Relaxed);
                    return Poll::Ready(Some(Ok(chunk)));
                }
                Err(error) => {
                    self.pieces.clear();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

/// Reads the next chunk of a file, never more than the length that was promised for it.
fn read(file: &mut File, path: &Path, left: u64, context: &mut Context<'_>) -> Poll<Result<Bytes, BoxError>> {
    let room = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
    let mut chunk = vec![0; room];
    let mut buffer = ReadBuf::new(&mut chunk);
    match Pin::new(file).poll_read(context, &mut buffer) {
        Poll::Pending => Poll::Pending,
        Poll::Ready(Err(error)) => Poll::Ready(Err(BodyError::new(path, error).into())),
        Poll::Ready(Ok(())) if buffer.filled().is_empty() => {
            let error = io::Error::new(io::ErrorKind::UnexpectedEof, "it became shorter while it was being sent");
            Poll::Ready(Err(BodyError::new(path, error).into()))
        }
        Poll::Ready(Ok(())) => {
            let filled = buffer.filled().len();
            chunk.truncate(filled);
            Poll::Ready(Ok(chunk.into()))
        }
    }
}

/// A file that could not be read to its end, found again in the error of the HTTP library.
#[derive(Debug)]
pub(crate) struct BodyError(String);

impl BodyError {
    fn new(path: &Path, error: io::Error) -> Self {
        Self(format!("{}: {error}", path.display()))
    }
}

impl std::fmt::Display for BodyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BodyError {}

/// A boundary that no content can hold except by design or by a miracle: 128 random bits.
fn boundary() -> String {
    format!("form-{:032x}", fastrand::u128(..))
}

/// A name inside quotes, escaped as the HTML standard and with it every server does; and so are the control characters
/// that no header may hold (RFC 9110, section 5.5).
fn quoted(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for char in name.chars() {
        match char {
            '"' => escaped.push_str("%22"),
            char if char.is_ascii_control() => {
                let _ = write!(escaped, "%{:02X}", u32::from(char));
            }
            char => escaped.push(char),
        }
    }
    escaped
}

/// A header value without line breaks, which would start another header, and without other control characters.
fn one_line(text: &str) -> String {
    text.replace(|char: char| char.is_ascii_control(), " ")
}
