//! The SCIM 2.0 dialect (RFC 7643, 7644, 9865) of one tenant.

mod auth;
pub mod cursor;
mod discovery;
mod list;
mod oauth;
mod patch;
mod query;
mod record;
mod reply;
mod route;
mod serve;

pub use auth::decode_basic;
pub use record::{create, modify, remove, replace};
pub use reply::{html, scim_error};
pub use route::Route;
pub use serve::{Call, serve};
