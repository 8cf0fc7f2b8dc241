//! Synchronisation: remote → staging → proof → plan → guard → mirror and history.
//!
//! Reading order: [`run`] is the whole of a run in numbered steps; `stream` reads one list, `walk` lands its pages, `apply`
//! makes the mirror new, `background` reads what must be asked for user by user once that is done; [`proof`] and [`guard`] are pure.

mod apply;
mod background;
mod checkpoint;
pub mod guard;
mod one_thread;
mod plan;
mod progress;
pub mod proof;
mod run;
mod settle;
mod stream;
mod walk;

pub use background::{BackgroundContext, LogRead, read_in_background, read_log};
pub use run::{Ended, RunContext, apply_reviewed, can_resume, run};
