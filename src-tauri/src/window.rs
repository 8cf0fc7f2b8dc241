//! The one window.

use std::path::Path;

use rollcall_core::api::Theme;
use tauri::utils::config::Color;
use tauri::{App, AppHandle, Manager, Theme as SystemTheme, WebviewUrl, WebviewWindowBuilder};

/// Label of the main window, in tauri.conf.json and in the capability file.
pub const MAIN: &str = "main";

// `--bg` of ui/src/app.css: until the page has drawn itself, the window has its colour and does not flash.
const LIGHT: Color = Color(0xf5, 0xf6, 0xf8, 0xff);
const DARK: Color = Color(0x14, 0x17, 0x1c, 0xff);

/// Opens the window in the `chosen` theme. What its web view writes (cache, web storage) stands in `data_folder`.
///
/// # Errors
/// The system has no room for a window.
pub fn open(app: &App, data_folder: &Path, chosen: Theme) -> tauri::Result<()> {
    let config = app.config().app.windows.iter().find(|window| window.label == MAIN);
    let mut config = config.cloned().ok_or(tauri::Error::WindowNotFound)?;
    // Tauri's own address has no path at all. The router of the page takes that for another site and loads the page
    // anew, for ever.
    config.url = WebviewUrl::App("/".into());
    let builder =
        WebviewWindowBuilder::from_config(app, &config)?.data_directory(data_folder.join("webview"));
    let builder = match chosen {
        Theme::System => builder.background_color(LIGHT),
        Theme::Light => builder.background_color(LIGHT).initialization_script(paint("light")),
        Theme::Dark => builder.background_color(DARK).initialization_script(paint("dark")),
    };
    let window = builder.build()?;
    if chosen == Theme::System && window.theme()? == SystemTheme::Dark {
        window.set_background_color(Some(DARK))?;
    }
    Ok(())
}

/// Gives the page its theme before it draws anything: it learns its settings only when the local data is open.
fn paint(theme: &str) -> String {
    format!("document.documentElement.dataset.theme = '{theme}';")
}

/// Brings the window to the front: somebody started the program a second time.
pub fn focus(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}
