//! Synchronisation: remote → staging → proof → plan → guard → mirror and history.
//!
//! Reading order: [`run`] is the whole of a run in numbered steps; `walk` lands pages; [`proof`], [`guard`] are pure.

mod checkpoint;
pub mod guard;
mod plan;
mod progress;
pub mod proof;
mod run;
mod settle;
mod walk;

pub use run::{Ended, RunContext, apply_reviewed, can_resume, run};
