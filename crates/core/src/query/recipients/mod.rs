//! Who is told of what: of one alert definition, of one user or group, and who would be told right now.

mod detail;
mod findings;
mod left;
mod lists;
mod reaching;
mod team;

pub use detail::get_recipients;
pub use left::{Silenced, reaching_nobody_else};
pub use reaching::get_reaching;

pub(super) use findings::findings;
pub(super) use lists::count_people;
pub(super) use reaching::alerted_users;

#[cfg(test)]
pub(super) const STATEMENTS: &[&[&str]] = &[lists::STATEMENTS, team::STATEMENTS];
