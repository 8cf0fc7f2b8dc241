//! Noting what was carried out at the service of an organisation kept by hand.

use rollcall_core::api::TickChangesRequest;
use rollcall_core::clock;

use super::{applying, confirm, plan, words};
use crate::cli::{Global, RosterTickArguments};
use crate::commands::roster::chosen;
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;

/// Ticks the changes off.
pub async fn run(global: &Global, arguments: RosterTickArguments) -> Result<Exit, Failure> {
    let mut data = Data::open(global).await?;
    let account = chosen(&data, &arguments.account).await?;
    let now = clock::now();
    let done_on = match arguments.on {
        Some(when) => when.at(now).ok_or_else(|| Failure::usage("when was it done? a run is no time"))?,
        None => now.as_millis(),
    };
    let mut plans = plan::waiting(&data, std::slice::from_ref(&account)).await?;
    plan::known(&plans, &arguments.changes)?;
    let Some(found) = plans.first_mut() else {
        output::notice("Nothing waits.");
        return Ok(Exit::Done);
    };
    plan::keep_lines(found, |line| line.change_id.is_some_and(|id| arguments.changes.contains(&id)));
    super::apply::ask_about(&data, found).await?;
    words::tell(found);
    let confirmations = confirm::agree(found, &arguments.agree)?;
    let request = TickChangesRequest {
        account_id: account.id,
        changes: Some(arguments.changes),
        done_on,
        former_owner_role: arguments.former_owner,
        confirmations,
    };
    let started = data.hub.tick_changes(request).await?;
    match started.run_id {
        Some(run) => applying::finish(global, &mut data, &account, run).await,
        None if started.unconfirmed.is_empty() => {
            output::notice("Nothing is left to do.");
            Ok(Exit::Done)
        }
        None => Err(Failure::new(
            Exit::NotConfirmed,
            format!("{}: something else is to be confirmed now; nothing was noted", account.name),
        )
        .advise("Look at the plan again.")),
    }
}
