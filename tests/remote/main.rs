//! Reading and changing services over real HTTP: a third-party SCIM server, and tiny servers that misbehave in one way each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod fake;
mod faults;
mod logto;
mod logto_invitations;
mod logto_world;
mod logto_write;
mod oauth;
mod proxy;
mod quirks;
mod scim2;
mod scim_write;
mod tls;
mod write_faults;
