//! A file that is there whole or not at all, readable by its owner only.

use std::io::BufWriter;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::{Stream, WriteError};

/// A file in the making.
pub struct NewFile {
    file: NamedTempFile,
    path: PathBuf,
    replace: bool,
}

impl NewFile {
    /// Begins a file that will be at `path`, in the place of one that is there where `replace`.
    ///
    /// # Errors
    /// [`WriteError::Exists`], and when nothing can be written in its folder.
    pub fn begin(path: &Path, replace: bool) -> Result<Self, WriteError> {
        if !replace && path.exists() {
            return Err(WriteError::Exists);
        }
        // Beside its place: another folder may be another disk, and must not see it.
        let file =
            tempfile::Builder::new().prefix(".rollcall-").suffix(".part").tempfile_in(folder_of(path))?;
        Ok(Self { file, path: path.to_path_buf(), replace })
    }

    /// The folder where it is made.
    pub fn folder(&self) -> PathBuf {
        folder_of(&self.path)
    }

    /// Where its bytes go.
    ///
    /// # Errors
    /// When the system has no more handles.
    pub fn stream(&self) -> Result<Stream, WriteError> {
        Ok(Box::new(BufWriter::new(self.file.as_file().try_clone()?)))
    }

    /// Puts it in its place. Whatever was there is there until then, and for good when this fails.
    ///
    /// # Errors
    /// When the disk does not take it, or something came to be there that must not be replaced.
    pub fn keep(self) -> Result<(), WriteError> {
        let Self { file, path, replace } = self;
        file.as_file().sync_all()?;
        let kept = if replace { file.persist(&path) } else { file.persist_noclobber(&path) };
        kept.map(drop).map_err(|error| {
            let is_there = error.error.kind() == std::io::ErrorKind::AlreadyExists;
            if is_there { WriteError::Exists } else { error.error.into() }
        })
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_that_is_given_up_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("users.csv");
        std::fs::write(&path, "before").unwrap();
        let file = NewFile::begin(&path, true).unwrap();
        file.stream().unwrap().write_all(b"half").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
        drop(file);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
        assert_eq!(names(folder.path()), ["users.csv"]);
    }

    #[test]
    fn a_file_that_must_not_be_replaced_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("users.csv");
        let file = NewFile::begin(&path, false).unwrap();
        std::fs::write(&path, "came meanwhile").unwrap();
        assert!(matches!(NewFile::begin(&path, false), Err(WriteError::Exists)));
        assert!(matches!(file.keep(), Err(WriteError::Exists)));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "came meanwhile");
        assert_eq!(names(folder.path()), ["users.csv"]);
    }
}
