//! Git, asked through its own command. Nothing here changes a repository or a checkout.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use generator::{MAX_FILE_BYTES, ReadError, Reader};

/// A repository.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    path: PathBuf,
}

impl Repository {
    /// The repository that `path` is in.
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// What a command of Git prints, without the end of its last line.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<String, String> {
        let output = self.command(arguments).output().map_err(|error| format!("git cannot be run: {error}"))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
        if output.status.success() {
            Ok(text(&output.stdout))
        } else {
            Err(format!("git {} fails in {}: {}", arguments.join(" "), self.path.display(), text(&output.stderr)))
        }
    }

    /// The commit that a revision names.
    pub(crate) fn commit(&self, revision: &str) -> Result<String, String> {
        self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])
            .map_err(|_| format!("{} has no revision `{revision}`", self.path.display()))
    }

    /// A reader of the files of its commits.
    pub(crate) fn files(&self) -> Result<Files, String> {
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("git cannot be run: {error}"))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(to), Some(from)) => {
                Ok(Files(Arc::new(Mutex::new(Batch { child, to: Some(to), from: BufReader::new(from) }))))
            }
            _ => Err("git has no standard streams".to_owned()),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.path).args(arguments);
        command
    }
}

/// A running `git cat-file --batch`.
#[derive(Clone)]
pub(crate) struct Files(Arc<Mutex<Batch>>);

struct Batch {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Drop for Batch {
    fn drop(&mut self) {
        // Git ends with its input.
        self.to = None;
        let _ = self.child.wait();
    }
}

impl Batch {
    fn read(&mut self, object: &str) -> std::io::Result<Result<String, ReadError>> {
        let Some(to) = &mut self.to else { return Ok(Err(ReadError::NotFound)) };
        writeln!(to, "{object}")?;
        to.flush()?;
        let mut header = String::new();
        self.from.read_line(&mut header)?;
        let mut words = header.trim_end().rsplit(' ');
        let (size, kind) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let Ok(size) = size.parse::<u64>() else { return Ok(Err(ReadError::NotFound)) };
        let mut bytes = Vec::new();
        // The object, and the end of its line.
        (&mut self.from).take(size + 1).read_to_end(&mut bytes)?;
        bytes.pop();
        Ok(match kind {
            "blob" if size > MAX_FILE_BYTES => Err(ReadError::TooLarge),
            "blob" => String::from_utf8(bytes).map_err(|error| ReadError::NotUtf8(error.utf8_error().valid_up_to())),
            _ => Err(ReadError::NotAFile),
        })
    }
}

/// A folder of one commit.
#[derive(Clone)]
pub(crate) struct Tree {
    files: Files,
    commit: String,
    /// The folder, without a slash at its end; empty for the root.
    folder: String,
}

impl Tree {
    pub(crate) fn new(files: Files, commit: &str, folder: &str) -> Self {
        Self { files, commit: commit.to_owned(), folder: folder.trim_matches('/').to_owned() }
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{}", self.commit, self.folder)
    }
}

impl Reader for Tree {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        if path.contains('\n') || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(ReadError::Outside);
        }
        let slash = if self.folder.is_empty() { "" } else { "/" };
        let object = format!("{}:{}{slash}{path}", self.commit, self.folder);
        let mut batch = self.files.0.lock().map_err(|_| ReadError::Io("another reader has failed".to_owned()))?;
        batch.read(&object).unwrap_or_else(|error| Err(ReadError::Io(error.to_string())))
    }
}
