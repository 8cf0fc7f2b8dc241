//! SQL. `Store::read` and `Store::write` are the only async door; everything inside is synchronous.
mod error;
pub use error::StoreError;
