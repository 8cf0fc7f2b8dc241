//! A person's decision about a sync that would remove many users.

use rollcall_core::api::{GuardDecision, ResolveGuardRequest, RunRequest};
use rollcall_core::model::RunState;

use crate::cli::Global;
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Cell;
use crate::sheets;

/// Shows whom run `run_id` would remove, or decides.
pub async fn run(global: &Global, run_id: i64, (apply, discard): (bool, bool)) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let found = data.hub.get_run(RunRequest { run_id }).await?;
    let accounts = select::chosen(data.accounts().await?, &[])?;
    let name = accounts.iter().find(|account| account.id == found.run.account_id);
    let name = name.map(|account| account.name.clone()).unwrap_or_default();
    if found.run.state != RunState::AwaitingReview {
        return Err(Failure::failed(format!("{name}: run {run_id} does not wait for a decision")));
    }
    if !apply && !discard {
        let mut sink = output::printed(global, sheets::REMOVALS)?;
        for removed in found.removals {
            sink.row(vec![name.as_str().into(), Cell::Number(run_id), removed.into()])?;
        }
        sink.finish()?;
        output::remark(&format!("{} users would be removed.", found.run.counts.users_removed));
        return Ok(Exit::AwaitsReview);
    }
    let decision = if apply { GuardDecision::Apply } else { GuardDecision::Discard };
    let view = data.hub.resolve_guard(ResolveGuardRequest { run_id, decision }).await?;
    let mut sink = output::printed(global, sheets::SYNC)?;
    sink.row(super::sync::row(&name, &view, None))?;
    sink.finish()?;
    Ok(Exit::Done)
}
