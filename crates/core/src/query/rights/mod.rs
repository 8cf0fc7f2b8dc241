//! Who may do what, and why: of one user, of one group, of one resource, and the list of resources.

mod account;
mod detail;
mod findings;
mod group;
mod left;
mod level;
mod list;
mod matrix;
mod redundant;
mod still;
mod user;

pub(super) use account::each;
pub use detail::get_resource;
pub use findings::list_findings;
pub use group::get_group_rights;
pub use left::{Going, seen_by_nobody_else};
pub use list::{each_listed_resource, query_resources};
pub use matrix::{each_listed_access, query_access};
pub use still::still_held;
pub use user::get_user_rights;

#[cfg(test)]
pub(super) const STATEMENTS: &[&[&str]] = &[account::STATEMENTS, findings::STATEMENTS, left::STATEMENTS];
