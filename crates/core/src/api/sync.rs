//! Synchronisation: running, progress, runs of the past.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CommandError, ErrorCode};
use crate::model::{AccountId, Counts, Phase, Proof, RunKind, RunState, Stream};

/// How a listing was shown to be complete.
pub type ProofView = Proof;

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProgressView {
    /// What it is doing.
    pub phase: Phase,
    /// Records handled in this phase.
    #[ts(type = "number")]
    pub done: u64,
    /// Records expected in this phase, where the service says so.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// Records a second.
    pub rate: f64,
}

/// What a sync of an account is doing or how the last one ended.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncStateView {
    /// The newest run, if there was one.
    #[ts(type = "number | null")]
    pub run_id: Option<i64>,
    /// Its state.
    pub state: Option<RunState>,
    /// While it runs.
    pub progress: Option<ProgressView>,
    /// Why it failed.
    pub error: Option<CommandError>,
    /// When it ended, milliseconds UTC.
    #[ts(type = "number | null")]
    pub finished_at: Option<i64>,
    /// When the next automatic one is due, milliseconds UTC.
    #[ts(type = "number | null")]
    pub next_at: Option<i64>,
}

/// Names a run.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunRequest {
    /// The run.
    #[ts(type = "number")]
    pub run_id: i64,
}

/// A person's decision about a plan that the guard stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum GuardDecision {
    /// Take it over: those users are really gone.
    Apply,
    /// Leave the mirror as it is.
    Discard,
}

/// Decides about a plan that the guard stopped.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResolveGuardRequest {
    /// The run.
    #[ts(type = "number")]
    pub run_id: i64,
    /// The decision.
    pub decision: GuardDecision,
}

/// A run that has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncStartedView {
    /// The run.
    #[ts(type = "number")]
    pub run_id: i64,
}

/// Runs, newest first.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunQueryRequest {
    /// Of one account, or of all.
    pub account_id: Option<AccountId>,
    /// Rows to pass over.
    pub offset: u32,
    /// Rows to give, at most 500.
    pub limit: u32,
}

/// One page of runs.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunPageView {
    /// All that match.
    #[ts(type = "number")]
    pub total: u64,
    /// These.
    pub runs: Vec<RunView>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunView {
    /// The run.
    #[ts(type = "number")]
    pub id: i64,
    /// Its account.
    pub account_id: AccountId,
    /// What it did.
    pub kind: RunKind,
    /// Where it stands.
    pub state: RunState,
    /// Milliseconds UTC.
    #[ts(type = "number")]
    pub started_at: i64,
    /// Milliseconds UTC.
    #[ts(type = "number | null")]
    pub finished_at: Option<i64>,
    /// True for the first complete read, whose records are not listed as "added" one by one.
    pub baseline: bool,
    /// True when it went on where an interrupted run stopped.
    pub resumed: bool,
    /// What it did, or, awaiting review, what it would do.
    pub counts: Counts,
    /// What it proved.
    pub proofs: Vec<ProofView>,
    /// Why it failed: the code and one sentence.
    pub error: Option<RunErrorView>,
    /// Records that could not be read as they are.
    #[ts(type = "number")]
    pub issues: u64,
}

/// Why a run failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunErrorView {
    /// The code's name; a string because a newer version may have written it.
    pub code: String,
    /// One English sentence.
    pub message: String,
}

/// One run in full.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RunDetailView {
    /// The run.
    pub run: RunView,
    /// The first 200 issues.
    pub issues: Vec<SyncIssueView>,
    /// Awaiting review: names of the first 200 users that would be removed.
    pub removals: Vec<String>,
}

/// One record that could not be read as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SyncIssueView {
    /// Which list.
    pub stream: Stream,
    /// The record.
    pub remote_id: Option<String>,
    /// What is wrong with it.
    pub problem: String,
}

impl RunErrorView {
    /// As stored with a run.
    pub fn new(code: ErrorCode, message: String) -> Self {
        let code = serde_json::to_value(code).ok().and_then(|v| v.as_str().map(str::to_owned));
        Self { code: code.unwrap_or_default(), message }
    }

    /// For showing it like a fresh one.
    pub fn to_command_error(&self) -> CommandError {
        let code = serde_json::from_value(self.code.clone().into()).unwrap_or(ErrorCode::Internal);
        CommandError::new(code, self.message.clone())
    }
}
