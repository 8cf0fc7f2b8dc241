//! Where the local data, the logs and the window's own files are kept: one folder, so that removing it removes all.

use std::io;
use std::path::{Path, PathBuf};

/// Names another folder: for a second set of data, and for tests.
pub const OVERRIDE: &str = "ROLLCALL_DATA_DIR";

/// The folder asked for by [`OVERRIDE`], if any.
pub fn overridden() -> Option<PathBuf> {
    std::env::var_os(OVERRIDE).filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// Makes `folder`, open to nobody else.
///
/// # Errors
/// It cannot be made.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
