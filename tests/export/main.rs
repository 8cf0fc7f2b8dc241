//! Lists as files: what the core writes where the person says, and who is selected.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod asked;
mod faults;
mod files;
mod selection;
