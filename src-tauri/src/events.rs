//! The core's events on their way to the window.

use rollcall_core::api::{EVENT_NAME, HubEvent};
use rollcall_core::hub::EventSink;
use tauri::{AppHandle, Emitter};

use crate::window::MAIN;

/// Hands events to the main window.
pub struct WindowEvents(pub AppHandle);

impl EventSink for WindowEvents {
    fn send(&self, event: HubEvent) {
        if let Err(error) = self.0.emit_to(MAIN, EVENT_NAME, event) {
            // The window is gone or going; what it shows next it reads from the core anyway.
            tracing::warn!(%error, "an event did not reach the window");
        }
    }
}
