//! Invitations before they are sent. Reading order: `addresses` (text as addresses; pure), `there` (whom the mirror has of
//! them), `guard` (what is said beforehand; pure), `view` (what would become of each), `file` (the addresses in a file).

mod addresses;
mod file;
mod guard;
mod there;
mod view;

pub use file::{InviteeColumn, column};
pub use guard::{add as add_guards, limit};
pub use there::{There, folded};
pub use view::invitees;
