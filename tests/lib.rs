//! What the tests share: real counterparts, started for one test and ended with it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc
)]

#[path = "support/accounts.rs"]
pub mod accounts;
#[cfg(target_os = "linux")]
#[path = "support/ctl.rs"]
pub mod ctl;
#[cfg(target_os = "linux")]
#[path = "support/dialog.rs"]
mod dialog;
#[cfg(target_os = "linux")]
#[path = "support/display.rs"]
pub mod display;
#[path = "support/hub.rs"]
pub mod hub;
#[cfg(target_os = "linux")]
#[path = "support/keyboard.rs"]
mod keyboard;
#[cfg(target_os = "linux")]
#[path = "support/keychain.rs"]
pub mod keychain;
#[path = "support/logto.rs"]
pub mod logto;
#[cfg(target_os = "linux")]
#[path = "support/looks.rs"]
mod looks;
#[cfg(unix)]
#[path = "support/process.rs"]
pub mod process;
#[path = "support/scim2.rs"]
pub mod scim2;
#[cfg(target_os = "linux")]
#[path = "support/screen.rs"]
pub mod screen;
#[path = "support/service.rs"]
pub mod service;
#[path = "support/uptrends.rs"]
pub mod uptrends;
#[cfg(target_os = "linux")]
#[path = "support/window.rs"]
pub mod window;
