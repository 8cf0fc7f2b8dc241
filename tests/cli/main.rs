//! The command line: the real program against a real service over HTTP, with a real keychain, alone and beside the window.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod api_users;
mod canary;
mod changing;
mod everyday;
mod exits;
mod exports;
mod invitations;
mod roster;
mod together;
