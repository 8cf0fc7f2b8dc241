//! Reading services over real HTTP: a third-party SCIM server, and tiny servers that misbehave in one way each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod fake;
mod faults;
mod logto;
mod oauth;
mod proxy;
mod quirks;
mod scim2;
mod tls;
