//! Who may do what, and why: of one user, of one group, of one resource, and the list of resources.

mod account;
mod detail;
mod findings;
mod group;
mod level;
mod list;
mod user;

pub use detail::get_resource;
pub use findings::list_findings;
pub use group::get_group_rights;
pub use list::query_resources;
pub use user::get_user_rights;

#[cfg(test)]
pub(super) const STATEMENTS: &[&[&str]] = &[account::STATEMENTS, findings::STATEMENTS];
