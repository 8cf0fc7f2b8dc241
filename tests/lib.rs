//! What the tests share: real counterparts, started for one test and ended with it.

#![allow(clippy::expect_used, clippy::panic, clippy::missing_panics_doc)]

#[cfg(target_os = "linux")]
#[path = "support/display.rs"]
pub mod display;
#[path = "support/hub.rs"]
pub mod hub;
#[cfg(target_os = "linux")]
#[path = "support/keychain.rs"]
pub mod keychain;
#[cfg(unix)]
#[path = "support/process.rs"]
pub mod process;
#[path = "support/service.rs"]
pub mod service;
#[cfg(target_os = "linux")]
#[path = "support/window.rs"]
pub mod window;
