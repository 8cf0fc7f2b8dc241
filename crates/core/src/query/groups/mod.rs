//! The groups grid and one group with a page of its members.

mod detail;
mod index;
mod list;
mod members;

pub use detail::get_group;
pub(super) use index::{GroupIndex, GroupIndexBuilder, kind_of};
pub use list::query_groups;

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] =
    &[detail::GROUP, members::MEMBERS, members::OTHER, list::ROW, index::GROUPS];
