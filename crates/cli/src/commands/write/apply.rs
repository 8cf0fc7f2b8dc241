//! Sending what waits, account by account.

use std::collections::{BTreeMap, BTreeSet};

use rollcall_core::api::{ApplyChangesRequest, GuardView, PlanView, PreviewEditsRequest};
use rollcall_core::clock;
use rollcall_core::model::{ChangeState, ProviderKind};

use super::{applying, confirm, plan, words};
use crate::cli::{ApplyArguments, Global};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;

/// Applies what was asked for.
pub async fn run(global: &Global, arguments: &ApplyArguments) -> Result<Exit, Failure> {
    let mut data = Data::open(global).await?;
    send(global, &mut data, arguments).await
}

/// The same with data that is open.
pub async fn send(global: &Global, data: &mut Data, arguments: &ApplyArguments) -> Result<Exit, Failure> {
    let accounts = select::chosen(data.accounts().await?, &arguments.accounts)?;
    let mut plans = plan::waiting(data, &accounts).await?;
    plan::known(&plans, &arguments.changes)?;
    let blocked = plan::lines(&plans).find(|line| {
        line.state == ChangeState::Blocked && line.change_id.is_some_and(|id| arguments.changes.contains(&id))
    });
    if let Some((line, reason)) = blocked.and_then(|line| Some((line, line.blocked.as_ref()?))) {
        let id = line.change_id.unwrap_or_default();
        return Err(Failure::new(
            applying::exit_of_block(reason),
            format!("change {id} needs you: {}", words::block_text(reason)),
        )
        .advise(format!("Decide about it: `rollcallctl resolve {id} --help`, or in the window.")));
    }
    let now = clock::now().as_millis();
    let open: BTreeSet<i64> = plan::lines(&plans).filter_map(|line| line.change_id).collect();
    for found in &mut plans {
        plan::keep_lines(found, |line| {
            // What has a date waits for it, and for what it needs, unless it is asked for by its number.
            let is_ready = line.due_at.is_none_or(|due_at| due_at <= now)
                && line.needs.is_none_or(|needed| !open.contains(&needed));
            let is_asked_for = if arguments.changes.is_empty() {
                is_ready
            } else {
                line.change_id.is_some_and(|id| arguments.changes.contains(&id))
            };
            is_asked_for && line.state == ChangeState::Pending
        });
    }
    plans.retain(|plan| plan.lines > 0);
    if plans.is_empty() {
        output::notice("Nothing is ready to be sent.");
        return Ok(Exit::Done);
    }
    let mut exits = Vec::new();
    for mut plan in plans {
        let Some(account) = accounts.iter().find(|account| account.id == plan.account_id) else { continue };
        if account.provider == ProviderKind::Roster {
            output::notice(&format!(
                "{} is kept by hand: carry it out at its service, then say so with `rollcallctl roster tick`.",
                account.name
            ));
            continue;
        }
        ask_about(data, &mut plan).await?;
        words::tell(&plan);
        let changes = plan::lines(std::slice::from_ref(&plan)).filter_map(|line| line.change_id).collect();
        let confirmations = confirm::agree(&plan, &arguments.agree)?;
        let request = ApplyChangesRequest { account_id: account.id, changes: Some(changes), confirmations };
        let started = data.hub.apply_changes(request).await?;
        match started.run_id {
            Some(run) => exits.push(applying::finish(global, data, account, run).await?),
            None if started.unconfirmed.is_empty() => output::notice("Nothing is left to do."),
            None => {
                let message =
                    format!("{}: something else is to be confirmed now; nothing was sent", account.name);
                return Err(Failure::new(Exit::NotConfirmed, message).advise("Look at the plan again."));
            }
        }
        if exits.last() == Some(&Exit::Interrupted) {
            break;
        }
    }
    Ok(exits.into_iter().find(|exit| *exit != Exit::Done).unwrap_or(Exit::Done))
}

/// Asks about just these changes: what is asked about the whole queue is about all of it. The keys are the same in a preview.
pub async fn ask_about(data: &Data, plan: &mut PlanView) -> Result<(), Failure> {
    let edits = plan::lines(std::slice::from_ref(plan)).map(|line| line.edit.clone()).collect();
    let preview = data
        .hub
        .preview_edits(PreviewEditsRequest { account_id: plan.account_id, edits, most: None })
        .await?;
    let guards: BTreeMap<u32, Vec<GuardView>> =
        plan::lines(std::slice::from_ref(&preview)).map(|line| (line.index, line.guards.clone())).collect();
    let lines = plan.subjects.iter_mut().flat_map(|subject| &mut subject.lines);
    for (line, place) in lines.zip(0..) {
        line.guards = guards.get(&place).cloned().unwrap_or_default();
    }
    plan.guards = preview.guards;
    Ok(())
}
