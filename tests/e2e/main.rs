//! Journeys through the real window: the page, the shell, the core, a service over HTTP and the real keychain.

#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod boundaries;
mod bulk;
mod canary;
mod changes;
mod exports;
mod filters;
mod first_look;
mod first_start;
mod invitations;
mod keyboard;
mod languages;
mod look;
mod look_identity;
mod look_recipients;
mod look_uptrends;
mod no_keychain;
mod past;
mod roster;
mod starting;
mod steps;
mod third_party;
mod tokens;
mod uptrends;
mod uptrends_api_users;
mod uptrends_findings;
mod uptrends_seeds;
mod uptrends_writes;
mod wrong_input;
