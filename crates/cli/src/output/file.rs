//! A file that is there whole or not at all, readable by its owner only.

use std::io::BufWriter;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Stream;
use crate::exit::Failure;

/// A file in the making.
pub struct NewFile {
    file: NamedTempFile,
    path: PathBuf,
    replace: bool,
}

impl NewFile {
    /// Begins a file that will be at `path`.
    pub fn begin(path: &Path, replace: bool) -> Result<Self, Failure> {
        if !replace && path.exists() {
            let there = format!("{} is there already", path.display());
            return Err(Failure::usage(there).advise("Choose another name, or replace it with --force."));
        }
        let file = NamedTempFile::new_in(folder_of(path)).map_err(|error| problem(path, &error))?;
        Ok(Self { file, path: path.to_path_buf(), replace })
    }

    /// The folder where it is made.
    pub fn folder(&self) -> PathBuf {
        folder_of(&self.path)
    }

    /// Where its bytes go.
    pub fn stream(&self) -> Result<Stream, Failure> {
        let file = self.file.as_file().try_clone().map_err(|error| problem(&self.path, &error))?;
        Ok(Box::new(BufWriter::new(file)))
    }

    /// Puts it in its place.
    pub fn keep(self) -> Result<(), Failure> {
        let Self { file, path, replace } = self;
        file.as_file().sync_all().map_err(|error| problem(&path, &error))?;
        let kept = if replace { file.persist(&path) } else { file.persist_noclobber(&path) };
        kept.map(drop).map_err(|error| problem(&path, &error.error))
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn problem(path: &Path, error: &std::io::Error) -> Failure {
    Failure::failed(format!("{} could not be written: {error}", path.display()))
}
