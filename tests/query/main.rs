//! The read models of the screens, over a mirror in memory.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod accounts;
mod applications;
mod complete;
mod facets;
mod figures;
mod filter;
mod fixture;
mod groups;
mod history;
mod history_world;
mod log;
mod naive;
mod organizations;
mod palette;
mod past;
mod property;
mod roles;
mod runs;
mod saved_filters;
mod tokens;
mod tree;
mod user;
mod users;
