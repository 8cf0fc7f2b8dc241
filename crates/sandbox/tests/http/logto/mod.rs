//! The Logto dialect.

mod client;
mod replay;
