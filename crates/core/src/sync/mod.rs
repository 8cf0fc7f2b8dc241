//! Synchronisation: remote → staging → proof → plan → guard → mirror and history.
//!
//! Reading order: [`run`] is the whole of a run in numbered steps; `stream` reads one list, `walk` lands its pages, `apply`
//! makes the mirror new; [`proof`] and [`guard`] are pure.

mod apply;
mod checkpoint;
pub mod guard;
mod plan;
mod progress;
pub mod proof;
mod run;
mod settle;
mod stream;
mod walk;

pub use run::{Ended, RunContext, apply_reviewed, can_resume, run};
