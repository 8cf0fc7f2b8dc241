//! The tokens of all users and applications: a list in any order, the same by owner, the calendar of their ends, and what is
//! due to be told of them.

mod cache;
mod calendar;
mod coverage;
mod index;
mod list;
mod matching;
mod notices;
mod owners;
mod page;

pub use calendar::get_token_calendar;
pub use list::query_tokens;
pub use notices::list_due_notices;
pub use owners::query_token_owners;

pub(in crate::query) use cache::TokenIndexCache;
pub(in crate::query) use list::{count_tokens, each_listed_token};

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] =
    &[cache::REVISION, coverage::USERS, coverage::ASKED, index::TOKENS, notices::ENDING, page::ROW];
