//! From edits to changes that are kept or carried out: the same path for every command.

use std::collections::BTreeSet;

use rollcall_core::api::{
    AccountView, ApplyChangesRequest, ApplyNowRequest, ChangeQueryRequest, EditProblemsView, EditsRequest,
    PlanView, PreviewEditsRequest, ScheduleChangeRequest,
};
use rollcall_core::model::{Edit, Timestamp};

use super::{applying, confirm, plan, words};
use crate::cli::{Global, Write};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;

/// Shows what `edits` would do, and keeps them or carries them out.
pub async fn run(
    global: &Global,
    data: &mut Data,
    account: &AccountView,
    edits: Vec<Edit>,
    write: &Write,
) -> Result<Exit, Failure> {
    let request = EditsRequest { account_id: account.id, edits: edits.clone() };
    let looked = PreviewEditsRequest { account_id: account.id, edits: edits.clone(), most: None };
    let preview = data.hub.preview_edits(looked).await?;
    check(&account.name, &preview)?;
    words::tell(&preview);
    if !write.apply {
        let proposed = data.hub.propose_changes(request).await?;
        refuse(&account.name, &proposed.problems)?;
        let kept: BTreeSet<i64> = proposed.changes.into_iter().flatten().collect();
        return print_kept(global, data, account, &kept).await;
    }
    let confirmations = confirm::agree(&preview, &write.agree)?;
    let request = ApplyNowRequest { account_id: account.id, edits, confirmations };
    let started = data.hub.apply_now(request).await?;
    refuse(&account.name, &started.problems)?;
    match started.run_id {
        Some(run) => applying::finish(global, data, account, run).await,
        None if started.unconfirmed.is_empty() => {
            output::notice("Nothing is left to do.");
            Ok(Exit::Done)
        }
        None => Err(Failure::new(
            Exit::NotConfirmed,
            format!(
                "{}: something changed meanwhile that is to be confirmed too; nothing was sent",
                account.name
            ),
        )
        .advise("Look at the plan again.")),
    }
}

/// An edit that is kept until a date, by places among the edits.
#[derive(Clone, Copy, Debug)]
pub struct Later {
    /// Which.
    pub index: usize,
    /// Not before.
    pub due_at: Timestamp,
    /// Nor before this one is applied.
    pub needs: usize,
}

/// The same for edits one of which is carried out later, by itself.
pub async fn run_later(
    global: &Global,
    data: &mut Data,
    account: &AccountView,
    edits: Vec<Edit>,
    (write, later): (&Write, Later),
) -> Result<Exit, Failure> {
    let looked = PreviewEditsRequest { account_id: account.id, edits: edits.clone(), most: None };
    let preview = data.hub.preview_edits(looked).await?;
    check(&account.name, &preview)?;
    words::tell(&preview);
    output::notice(&format!(
        "The last of it is carried out by itself, not before {}.",
        crate::when::text(later.due_at)
    ));
    let confirmations = if write.apply { confirm::agree(&preview, &write.agree)? } else { Vec::new() };
    let proposed = data.hub.propose_changes(EditsRequest { account_id: account.id, edits }).await?;
    refuse(&account.name, &proposed.problems)?;
    let at = |place: usize| proposed.changes.get(place).copied().flatten();
    if let (Some(change_id), Some(needs)) = (at(later.index), at(later.needs)) {
        let due_at = Some(later.due_at.as_millis());
        let request = ScheduleChangeRequest { account_id: account.id, change_id, due_at, needs: Some(needs) };
        data.hub.schedule_change(request).await?;
    }
    let kept: BTreeSet<i64> = proposed.changes.iter().flatten().copied().collect();
    if !write.apply {
        return print_kept(global, data, account, &kept).await;
    }
    let changes = kept.into_iter().filter(|id| Some(*id) != at(later.index)).collect();
    let request = ApplyChangesRequest { account_id: account.id, changes: Some(changes), confirmations };
    let started = data.hub.apply_changes(request).await?;
    match started.run_id {
        Some(run) => applying::finish(global, data, account, run).await,
        None => Err(Failure::new(
            Exit::NotConfirmed,
            format!("{}: something is to be confirmed first; nothing was sent", account.name),
        )
        .advise("`rollcallctl plan` shows what waits.")),
    }
}

/// Prints the changes that were kept.
async fn print_kept(
    global: &Global,
    data: &Data,
    account: &AccountView,
    kept: &BTreeSet<i64>,
) -> Result<Exit, Failure> {
    if kept.is_empty() {
        output::notice("Nothing is left to do.");
    }
    let request = ChangeQueryRequest { account_id: Some(account.id), remote_id: None, most: None };
    let mut plans: Vec<PlanView> =
        data.hub.query_changes(request).await?.queues.into_iter().map(|queue| queue.plan).collect();
    for found in &mut plans {
        plan::keep_lines(found, |line| line.change_id.is_some_and(|id| kept.contains(&id)));
    }
    plan::print(global, &plans)?;
    if !kept.is_empty() {
        output::remark(
            "Nothing was sent yet: `rollcallctl plan` shows what waits, `rollcallctl apply` sends it.",
        );
    }
    Ok(Exit::Done)
}

/// Fails when a line cannot be sent as it is.
fn check(account: &str, plan: &PlanView) -> Result<(), Failure> {
    let lines = plan.subjects.iter().flat_map(|subject| &subject.lines);
    let problems: Vec<EditProblemsView> = lines
        .filter(|line| !line.problems.is_empty())
        .map(|line| EditProblemsView { index: line.index, problems: line.problems.clone() })
        .collect();
    refuse(account, &problems)
}

fn refuse(account: &str, problems: &[EditProblemsView]) -> Result<(), Failure> {
    let said: Vec<String> =
        problems.iter().flat_map(|edit| &edit.problems).map(words::problem_text).collect();
    if said.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!("{account}: this cannot be sent as it is: {}", said.join("; "))))
}
