//! The lock of a folder that a crate is written to: several runs at once take turns.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Holds the lock of a folder until it is dropped, or the process ends in whatever way.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
    /// The folder, if it was made to be locked.
    made: Option<PathBuf>,
}

impl Lock {
    /// Waits until no other run reads or writes the folder. It is made if it is not there, and goes again if nothing is written
    /// to it.
    pub(crate) fn to_write(folder: &Path) -> io::Result<Self> {
        let made = (!folder.exists()).then(|| folder.to_owned());
        fs::create_dir_all(folder)?;
        let file = open(folder)?;
        file.lock()?;
        Ok(Self { _file: file, made })
    }

    /// Waits until no other run writes the folder; `None` if it is not there.
    pub(crate) fn to_read(folder: &Path) -> io::Result<Option<Self>> {
        match open(folder) {
            Ok(file) => file.lock_shared().map(|()| Some(Self { _file: file, made: None })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Fails where there is something in it.
        let _ = self.made.as_ref().map(fs::remove_dir);
    }
}

/// The folder itself, so that no file has to lie around in it.
#[cfg(unix)]
fn open(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// A file in the folder: elsewhere, folders cannot be locked.
#[cfg(not(unix))]
fn open(folder: &Path) -> io::Result<File> {
    fs::OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(".codegen.lock"))
}
