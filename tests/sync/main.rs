//! Synchronisation over real HTTP into the real store: complete, resumable, and never a person too many or too few.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod campaign;
mod connection;
mod control;
mod disk;
mod faults;
mod filters;
mod guard;
mod journey;
mod kill;
mod logto;
mod logto_details;
mod logto_faults;
mod logto_kill;
mod third_party;
mod token_notices;
mod uptrends;
mod uptrends_access;
mod uptrends_api_users;
mod uptrends_estate;
mod uptrends_recipients;
mod uptrends_register;
