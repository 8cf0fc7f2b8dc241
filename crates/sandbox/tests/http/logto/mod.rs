//! The Logto dialect.

mod auth;
mod client;
mod faults;
mod lists;
mod oddities;
mod replay;
mod sample;
