//! The groups grid and one group with a page of its members.

mod detail;
mod index;
mod list;
mod members;

pub use detail::get_group;
pub(super) use index::{GroupIndex, GroupIndexBuilder, kind_of};
pub(super) use list::each_listed_group;
pub use list::query_groups;
pub(super) use members::each_listed_member;

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[
    detail::GROUP,
    members::MEMBERS,
    members::OTHER,
    members::ADDED,
    members::BY_HAND,
    list::ROW,
    index::GROUPS,
];
