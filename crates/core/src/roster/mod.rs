//! Organisations kept by hand, for services without an API. Their mirror is what a person said; there is nobody to ask.
//!
//! Reading order: `rules` (roles, rights, how long an invitation is good for), `cost`, `book` (everything the mirror has of one),
//! `writer` and `after` (a tick carries an edit out on it), `reader` (an import is a sync of what was pasted), `paste` and
//! `import` (from text to rows, and what they would change), `check` (what own role and rules forbid), `guards`, `view`.
//! `rules`, `words`, `cost` and `paste` are pure.

mod after;
mod book;
mod check;
pub mod cost;
pub mod import;
mod new;
mod paste;
mod reader;
pub mod rules;
pub mod terms;
pub mod view;
mod words;
mod writer;

use crate::model::{Edit, GroupKind, RemoteId};
pub use crate::remote::is_email_address as is_email;
pub use book::{Book, new_id};
pub use check::check;
pub use new::{Beginning, begin};
pub use paste::{Row, of_serial, parse_date, plain};
pub use reader::RosterDirectory;
pub use writer::{RosterWriter, Tick};

/// `edit` as an organisation kept by hand knows it: who is not in the organisation is not in the account.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named is the same everywhere")]
pub fn as_kept(edit: Edit) -> Edit {
    match edit {
        Edit::DeleteUser { user } => Edit::RemoveMember {
            group: RemoteId::new(rules::ORGANIZATION),
            group_kind: GroupKind::Organization,
            member: user,
        },
        other => other,
    }
}
