//! The Uptrends dialect.

mod account;
mod api_users;
mod client;
mod duty;
mod faults;
mod groups;
mod loads;
mod monitors;
mod operators;
mod quirks;
mod rights;
mod sample;
mod things;
