//! Changes: edits → queue → plan → precondition → service → mirror.
//!
//! Reading order: `queue` is what a person does, `view` the plan that they read, `apply` carries changes out one by one,
//! `settle` finds out what became of those without an answer. `plan` (order and losses), `guard`, `precondition`,
//! `merge`, `open`, `overlay`, `permissions`, `reach`, `inverse` and `bulk` are pure. `import` makes changes of a file of users,
//! `invite` looks at whom to invite.

mod apply;
pub mod bulk;
mod everybody;
mod facts;
pub mod guard;
pub mod import;
mod inverse;
pub mod invite;
mod left;
mod limits;
mod merge;
mod open;
mod overlay;
mod own;
mod parts;
mod permissions;
mod placeholder;
pub mod plan;
pub mod precondition;
mod queue;
mod reach;
mod receipt;
mod rights_guard;
mod roster_guard;
mod settle;
mod view;

pub use apply::{Applied, ApplyContext, apply};
pub use left::view as left_view;
pub use overlay::Overlay;
pub use parts::{item, new_name, subject};
pub use placeholder::Placeholder;
pub use queue::{Resolved, propose, resolve, schedule, withdraw};
pub use receipt::{Lines, can_undo, each_line, lines, undo};
pub use settle::{has_unknown, settle, settle_by_mirror};
pub use view::{Extent, Plan, of_changes, preview, problems_of};
