//! Changing something: every command makes edits, shows the plan of them, and keeps it or carries it out, on the path that
//! the window takes too. The plan and what is asked go to the standard error stream; what was kept or done, or a value that
//! is shown once, to the standard output.

mod apply;
mod applying;
mod confirm;
mod import;
mod invitations;
mod named;
mod plan;
mod propose;
mod receipts;
mod secrets;
mod still;
mod tick;
mod tokens;
mod undo;
mod users;
mod values;
mod words;

pub use apply::run as apply;
pub use confirm::question;
pub use import::problem as import_problem;
pub use import::run as import;
pub use invitations::run as invitations;
pub use plan::{resolve, run as plan, withdraw};
pub use receipts::{list as receipts, show as show_receipt};
pub use tick::run as tick;
pub use tokens::run as tokens;
pub use undo::run as undo;
pub use users::run as users;
pub use words::money;
