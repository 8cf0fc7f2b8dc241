//! The system's own dialogs, asked from here and not from the page: the page learns which file was chosen, and cannot
//! choose one itself.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use rollcall_core::hub::{Desktop, OpenFile, SaveAs};
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};
use tauri_plugin_opener::OpenerExt;
use tokio::sync::oneshot;

use crate::window::MAIN;

/// The desktop that the window is on.
pub struct System(pub AppHandle);

impl System {
    /// A dialog of the window, in the folder of documents.
    fn dialog(&self, title: String) -> FileDialogBuilder<Wry> {
        let mut dialog = self.0.dialog().file().set_title(title);
        if let Ok(folder) = self.0.path().document_dir().or_else(|_| self.0.path().home_dir())
            && folder.is_dir()
        {
            dialog = dialog.set_directory(folder);
        }
        if let Some(window) = self.0.get_webview_window(MAIN) {
            dialog = dialog.set_parent(&window);
        }
        dialog
    }
}

#[async_trait]
impl Desktop for System {
    async fn save_as(&self, ask: SaveAs) -> Option<PathBuf> {
        let dialog = self
            .dialog(ask.title)
            .set_file_name(ask.name)
            .add_filter(ask.ending.to_uppercase(), &[ask.ending]);
        let (chosen, choice) = oneshot::channel();
        // Nobody waits for it any more when the window is going.
        dialog.save_file(move |file| drop(chosen.send(file)));
        choice.await.ok()??.into_path().ok()
    }

    async fn open_file(&self, ask: OpenFile) -> Option<PathBuf> {
        let name = ask.endings.first().map(|ending| ending.to_uppercase()).unwrap_or_default();
        let dialog = self.dialog(ask.title).add_filter(name, ask.endings);
        let (chosen, choice) = oneshot::channel();
        dialog.pick_file(move |file| drop(chosen.send(file)));
        choice.await.ok()??.into_path().ok()
    }

    fn show_in_folder(&self, file: &Path) -> Result<(), String> {
        self.0.opener().reveal_item_in_dir(file).map_err(|error| error.to_string())
    }

    fn open_page(&self, address: &str) -> Result<(), String> {
        self.0.opener().open_url(address, None::<&str>).map_err(|error| error.to_string())
    }
}
