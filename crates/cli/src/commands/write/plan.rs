//! What waits: shown as a plan, taken back, decided about.

use std::io::IsTerminal;

use rollcall_core::api::{
    AccountView, ChangeChoice, ChangeIdsRequest, ChangeQueryRequest, PlanLineView, PlanView,
    ResolveChangeRequest,
};

use super::words;
use crate::cli::{Decision, Global, WithdrawArguments};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Cell;
use crate::sheets;

/// Prints what waits, account by account.
pub async fn run(global: &Global, accounts: &[String]) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let accounts = select::chosen(data.accounts().await?, accounts)?;
    let plans = waiting(&data, &accounts).await?;
    print(global, &plans)?;
    if plans.is_empty() {
        output::remark("Nothing waits to be sent.");
    }
    Ok(Exit::Done)
}

/// The plans of these accounts, where something waits.
pub async fn waiting(data: &Data, accounts: &[AccountView]) -> Result<Vec<PlanView>, Failure> {
    let mut plans = Vec::new();
    for account in accounts {
        let request = ChangeQueryRequest { account_id: Some(account.id), remote_id: None, most: None };
        let queues = data.hub.query_changes(request).await?.queues;
        plans.extend(queues.into_iter().map(|queue| queue.plan).filter(|plan| plan.lines > 0));
    }
    Ok(plans)
}

/// Only some lines.
pub fn keep_lines(plan: &mut PlanView, keep: impl Fn(&PlanLineView) -> bool) {
    for subject in &mut plan.subjects {
        subject.lines.retain(&keep);
    }
    plan.subjects.retain(|subject| !subject.lines.is_empty());
    let lines: usize = plan.subjects.iter().map(|subject| subject.lines.len()).sum();
    plan.lines = u32::try_from(lines).unwrap_or(u32::MAX);
}

/// The lines of some plans.
pub fn lines(plans: &[PlanView]) -> impl Iterator<Item = &PlanLineView> {
    plans.iter().flat_map(|plan| &plan.subjects).flat_map(|subject| &subject.lines)
}

/// In words on a terminal, as rows for scripts, whole as JSON.
pub fn print(global: &Global, plans: &[PlanView]) -> Result<(), Failure> {
    if global.json {
        return output::json(plans);
    }
    if !global.plain && std::io::stdout().is_terminal() {
        return output::lines(plans.iter().flat_map(words::lines));
    }
    let mut sink = output::printed(global, sheets::PLAN)?;
    for plan in plans {
        for subject in &plan.subjects {
            for line in &subject.lines {
                for cells in rows(plan, &subject.subject, line) {
                    sink.row(cells)?;
                }
            }
        }
    }
    Ok(sink.finish()?)
}

/// A row for each value, or one.
fn rows(plan: &PlanView, subject: &rollcall_core::api::RecordView, line: &PlanLineView) -> Vec<Vec<Cell>> {
    let joined = |texts: Vec<String>| Cell::from(texts.join("; "));
    let targets: Vec<&str> = line.targets.iter().map(|target| target.name.as_str()).collect();
    let head = vec![
        plan.account_name.as_str().into(),
        line.change_id.map_or(Cell::Empty, Cell::Number),
        Cell::Number(line.order.into()),
        sheets::word(&line.state),
        sheets::word(&subject.kind),
        subject.remote_id.clone().into(),
        subject.name.as_str().into(),
        sheets::word(&line.kind),
        targets.join(" in ").into(),
        line.item.clone().into(),
    ];
    let guards = line.guards.iter().chain(&plan.guards).filter(|guard| guard.confirm);
    let tail = [
        joined(line.losses.iter().map(words::loss_text).collect()),
        joined(guards.map(|guard| words::guard_text(&guard.guard)).collect()),
        line.blocked.as_ref().map_or(Cell::Empty, |reason| words::block_text(reason).into()),
    ];
    let values: Vec<[Cell; 3]> = if line.fields.is_empty() {
        vec![[Cell::Empty, Cell::Empty, Cell::Empty]]
    } else {
        let value = |value: &serde_json::Value| {
            if value.is_null() { Cell::Empty } else { words::value_text(value).into() }
        };
        let fields = line.fields.iter();
        fields.map(|field| [field.path.as_str().into(), value(&field.before), value(&field.after)]).collect()
    };
    values
        .into_iter()
        .map(|values| head.iter().cloned().chain(values).chain(tail.iter().cloned()).collect())
        .collect()
}

/// Takes changes back; nothing of them is sent.
pub async fn withdraw(global: &Global, arguments: &WithdrawArguments) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let accounts = select::chosen(data.accounts().await?, &arguments.accounts)?;
    let plans = waiting(&data, &accounts).await?;
    known(&plans, &arguments.changes)?;
    let mut withdrawn = 0;
    for plan in &plans {
        let of_plan = |id: &&i64| lines(std::slice::from_ref(plan)).any(|line| line.change_id == Some(**id));
        let changes: Vec<i64> = arguments.changes.iter().filter(of_plan).copied().collect();
        if !arguments.all && changes.is_empty() {
            continue;
        }
        let changes = (!arguments.all).then_some(changes);
        let request = ChangeIdsRequest { account_id: plan.account_id, changes };
        let left = data.hub.withdraw_changes(request).await?;
        let left: u32 = left.queues.iter().map(|queue| queue.plan.lines).sum();
        withdrawn += plan.lines.saturating_sub(left);
    }
    // Also those that needed what a withdrawn one would have created.
    output::notice(&format!("{} taken back; nothing was sent.", words::count(withdrawn, "change")));
    Ok(Exit::Done)
}

/// Fails when one of `changes` does not wait.
pub fn known(plans: &[PlanView], changes: &[i64]) -> Result<(), Failure> {
    let missing = changes.iter().find(|id| !lines(plans).any(|line| line.change_id == Some(**id)));
    match missing {
        None => Ok(()),
        Some(id) => {
            Err(Failure::usage(format!("no change {id} waits")).advise("`rollcallctl plan` lists them."))
        }
    }
}

/// Decides about a change that needs a person.
pub async fn resolve(global: &Global, change_id: i64, decision: Decision) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let choice = match decision {
        Decision::KeepMine => ChangeChoice::KeepMine,
        Decision::TakeTheirs => ChangeChoice::TakeTheirs,
        Decision::TryAgain => ChangeChoice::TryAgain,
    };
    let view = data.hub.resolve_change(ResolveChangeRequest { change_id, choice }).await?;
    let mut plans: Vec<PlanView> = view.queues.into_iter().map(|queue| queue.plan).collect();
    plans.iter_mut().for_each(|plan| keep_lines(plan, |line| line.change_id == Some(change_id)));
    plans.retain(|plan| plan.lines > 0);
    print(global, &plans)?;
    Ok(Exit::Done)
}
