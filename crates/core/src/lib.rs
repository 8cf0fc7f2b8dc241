//! Everything that matters in Rollcall, without a window.
//!
//! Reading order: [`model`] (plain data), [`hub`] (one method a use case), then the layers it calls:
//! `sync`, `changes` and `query`, which use `remote` (HTTP) and `store` (SQL). `remote` and `store` never meet.

pub mod api;
mod api_users;
pub mod changes;
pub mod clock;
pub mod data_folder;
pub mod error;
mod files;
pub mod hub;
pub mod model;
pub mod query;
pub mod remote;
pub mod roster;
pub mod secrets;
pub mod store;
pub mod sync;

pub use error::Error;
pub use hub::Hub;
