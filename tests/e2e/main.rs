//! Journeys through the real window: the page, the shell, the core, a service over HTTP and the real keychain.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::panic)]

mod boundaries;
mod canary;
mod no_keychain;
mod steps;
mod wrong_input;
