//! The groups grid and one group with a page of its members.

mod detail;
mod index;
mod list;

pub use detail::get_group;
pub(super) use index::{GroupIndex, GroupIndexBuilder};
pub use list::query_groups;
