//! What the core asks of the desktop it runs on.

use std::path::{Path, PathBuf};

use async_trait::async_trait;

/// Asks for a place to save to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveAs {
    /// Title of the dialog.
    pub title: String,
    /// The offered name, with its ending.
    pub name: String,
    /// The ending, without its dot.
    pub ending: &'static str,
}

/// Asks for a file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFile {
    /// Title of the dialog.
    pub title: String,
    /// Endings that are offered, without their dots.
    pub endings: &'static [&'static str],
}

/// The desktop, seen from the core. Where a file goes is said by the person, to the system's own dialog: never by the page,
/// which could be made to name any file.
#[async_trait]
pub trait Desktop: Send + Sync {
    /// Lets the person choose a file, and agree to replace one that is there; `None` when they chose none.
    async fn save_as(&self, ask: SaveAs) -> Option<PathBuf>;

    /// Lets the person choose a file to read; `None` when they chose none.
    async fn open_file(&self, ask: OpenFile) -> Option<PathBuf>;

    /// Shows a file where it lies.
    ///
    /// # Errors
    /// One sentence about why it cannot.
    fn show_in_folder(&self, file: &Path) -> Result<(), String>;

    /// Opens a page in the person's browser.
    ///
    /// # Errors
    /// One sentence about why it cannot.
    fn open_page(&self, address: &str) -> Result<(), String>;
}

/// No desktop: nobody is there to choose a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDesktop;

#[async_trait]
impl Desktop for NoDesktop {
    async fn save_as(&self, _: SaveAs) -> Option<PathBuf> {
        None
    }

    async fn open_file(&self, _: OpenFile) -> Option<PathBuf> {
        None
    }

    fn show_in_folder(&self, _: &Path) -> Result<(), String> {
        Err("there is no desktop".to_owned())
    }

    fn open_page(&self, _: &str) -> Result<(), String> {
        Err("there is no desktop".to_owned())
    }
}
