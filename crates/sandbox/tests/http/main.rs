//! The service over real HTTP: what a client sees.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod admin;
mod auth;
mod client;
mod faults;
mod lists;
mod logto;
mod mutations;
mod paging;
mod quirks;
mod records;
mod samples;
mod uptrends;
