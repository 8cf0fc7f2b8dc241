//! The shell: a window, its permissions, and a hub to hand its commands to.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod desktop;
mod events;
mod logging;
mod sample_roster;
mod samples;
mod window;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use rollcall_core::Hub;
use rollcall_core::data_folder;
use rollcall_core::hub::HubParts;
use rollcall_core::remote::ClientSettings;
use rollcall_core::secrets::{Keychain, SERVICE_NAME};
use tauri::plugin::TauriPlugin;
use tauri::{App, Manager, Wry};
use tauri_plugin_window_state::StateFlags;

/// `rollcall ctl …` is `rollcallctl …`: one program, so that an installation has the core once.
const COMMAND_LINE: &str = "ctl";

fn main() -> ExitCode {
    // A program with a window has no console on Windows.
    if cfg!(not(windows)) && std::env::args_os().nth(1).is_some_and(|first| first == COMMAND_LINE) {
        return rollcall_cli::run(std::env::args_os().skip(2));
    }
    logging::start();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            refuse(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    check_display()?;
    let app = tauri::Builder::default()
        // First, so that a second start does nothing else.
        .plugin(single_instance())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_notification::init())
        .invoke_handler(commands::handler())
        .setup(|app| {
            if let Err(error) = set_up(app) {
                // Tauri would answer an error with a panic.
                refuse(error.as_ref());
                std::process::exit(1);
            }
            Ok(())
        })
        .build(context())?;
    app.run(|_, _| {});
    Ok(())
}

/// Configuration, page and permissions, built in.
#[expect(clippy::disallowed_types, reason = "what Tauri generates has a hash map in it")]
fn context() -> tauri::Context {
    tauri::generate_context!()
}

fn set_up(app: &mut App) -> Result<(), Box<dyn Error>> {
    let folder = match data_folder::overridden() {
        Some(folder) => std::path::absolute(folder)?,
        None => app.path().app_local_data_dir()?,
    };
    data_folder::make(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    if let Err(error) = logging::keep_in(&folder.join("logs")) {
        tracing::warn!(%error, "no log file");
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), os = std::env::consts::OS, "start");
    let hub = Hub::new(HubParts {
        data_folder: folder.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        system_language: sys_locale::get_locale(),
        secrets: Arc::new(Keychain::new(SERVICE_NAME)),
        events: Arc::new(events::WindowEvents(app.handle().clone())),
        samples: Arc::new(samples::BuiltIn::default()),
        desktop: Arc::new(desktop::System(app.handle().clone())),
        client: ClientSettings::default(),
    });
    app.manage(hub.clone());
    // The window takes its time to appear; its data is ready by then.
    tauri::async_runtime::spawn(async move { hub.prepare().await });
    app.handle().plugin(
        tauri_plugin_window_state::Builder::new()
            // More than size and place upsets some window managers.
            .with_state_flags(StateFlags::SIZE | StateFlags::POSITION)
            // An absolute path takes the place of the plugin's own folder.
            .with_filename(folder.join("window.json").to_string_lossy())
            .build(),
    )?;
    window::open(app, &folder, rollcall_core::hub::remembered_theme(&folder))?;
    Ok(())
}

/// One window for one set of data.
fn single_instance() -> TauriPlugin<Wry> {
    let plugin = tauri_plugin_single_instance::Builder::new().callback(|app, _, _| window::focus(app));
    #[cfg(target_os = "linux")]
    let plugin = match data_folder::overridden() {
        Some(folder) => plugin.dbus_id(format!("app.rollcall.data{}", name_of(&folder))),
        None => plugin,
    };
    plugin.build()
}

/// A name for a folder that D-Bus accepts, the same for the same folder.
#[cfg(target_os = "linux")]
fn name_of(folder: &std::path::Path) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf()).hash(&mut hasher);
    hasher.finish().to_string()
}

/// Without a display GTK's own start inside Tauri would end in a panic.
fn check_display() -> Result<(), Box<dyn Error>> {
    #[cfg(target_os = "linux")]
    gtk::init().map_err(|_| {
        "there is no display to open a window on. Start Rollcall from a desktop, or set DISPLAY or WAYLAND_DISPLAY"
    })?;
    Ok(())
}

/// The last word when there is no window to say it in.
fn refuse(error: &(dyn Error + 'static)) {
    let _ = writeln!(std::io::stderr(), "Rollcall cannot start: {error}");
}
