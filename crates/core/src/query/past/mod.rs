//! The past: what is different between two moments, and how an account was at one.
//!
//! A moment is a place in each account's history: behind its last line that had happened by then. Lines after it, one remote
//! id after the other, collapse to what is different in the end; put back into the mirror they make it what it was.
//!
//! Reading order: `place` (where a moment is), `lines` (what has happened since), `collapse` (what is different in the
//! end), `compare` and `differences` (the list of that), `record` and `state` (one record as it was), `users` and `user` (the
//! screens as they were), `cache`.

mod cache;
mod collapse;
mod compare;
mod differences;
mod lines;
mod place;
mod record;
mod state;
mod user;
mod users;

pub use cache::PastCache;
pub use differences::compare;
pub use user::get_past_user;
pub use users::{ReadUser, query_past_users};

#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[
    differences::TEXTS,
    lines::ONE_TOO_MANY,
    lines::MANY_LINES,
    place::FIRST_RUN,
    place::LINE_AT,
    place::LINE_OF_RUN,
    place::RUN_AT,
    place::RUN_UNTIL,
    state::STEPS,
    state::KEPT,
    state::USER,
    state::GROUP,
    state::ROLE,
    state::INVITATION,
    state::APPLICATION,
    user::EDGES,
    user::GROUPS_NOW,
    user::ROLES_NOW,
    user::GROUP,
    user::ROLE,
    user::NAMED,
    users::ID,
    users::GROUPS,
];

/// Those that sort: never more than [`lines::FEW`].
#[cfg(test)]
pub(super) const SORTING_STATEMENTS: &[&str] = &[lines::FEW_LINES];
