//! An apply on its way: progress, Ctrl+C between two calls, the receipt, values that are shown once, and what the exit code
//! says.

use rollcall_core::api::{
    AccountRequest, AccountView, ErrorCode, HubEvent, ReceiptLineView, ReceiptRequest, ReceiptView,
};
use rollcall_core::model::{BlockReason, RunState, SecretState};

use super::{receipts, secrets};
use crate::cli::Global;
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::progress::Bars;

/// Waits for the end of `run`, and prints what it did.
pub async fn finish(
    global: &Global,
    data: &mut Data,
    account: &AccountView,
    run: i64,
) -> Result<Exit, Failure> {
    wait(data, account).await?;
    let receipt = data.hub.get_receipt(ReceiptRequest { run_id: run, most: None }).await?;
    let waiting: Vec<&ReceiptLineView> =
        receipt.lines.iter().filter(|line| line.secret == Some(SecretState::Waiting)).collect();
    if waiting.is_empty() {
        receipts::print(global, std::slice::from_ref(&receipt))?;
    } else {
        receipts::tell(&receipt);
        secrets::hand_over(global, data, account, &waiting).await?;
    }
    tell_end(account, &receipt);
    Ok(exit_of(&receipt))
}

async fn wait(data: &mut Data, account: &AccountView) -> Result<(), Failure> {
    let mut bars = Bars::new();
    bars.begin(account);
    let mut interrupted = false;
    let ended = loop {
        tokio::select! {
            biased;
            _ = tokio::signal::ctrl_c(), if !interrupted => {
                interrupted = true;
                let hub = data.hub.clone();
                let account_id = account.id;
                // It waits for the call at hand, whose end is told as an event.
                tokio::spawn(async move { hub.cancel_apply(AccountRequest { account_id }).await });
            }
            event = data.events.recv() => match event {
                Some(HubEvent::ChangesProgress { account_id, progress }) if account_id == account.id => match progress {
                    Some(progress) => bars.show_changes(account_id, progress),
                    None => break Ok(()),
                },
                Some(_) => {}
                None => break Err(Failure::failed("BUG: the core has gone")),
            },
        }
    };
    bars.end(account.id);
    ended
}

fn tell_end(account: &AccountView, receipt: &ReceiptView) {
    if let Some(error) = &receipt.run.error {
        output::notice(&format!("rollcallctl: {}: {}", account.name, error.message));
    }
    if receipt.run.state == RunState::Cancelled {
        output::notice("Stopped; what was not sent waits.");
    }
    let blocked = receipt.lines.iter().filter_map(|line| Some((line, line.blocked.as_ref()?)));
    for (line, reason) in blocked {
        output::notice(&format!(
            "rollcallctl: {}: change {} needs you: {}",
            account.name,
            line.change_id,
            super::words::block_text(reason)
        ));
    }
}

/// What an apply says in one number: the gravest of what needs a person, else why it ended early.
pub fn exit_of(receipt: &ReceiptView) -> Exit {
    let blocked = receipt.lines.iter().filter_map(|line| line.blocked.as_ref()).map(exit_of_block);
    let gravity = [Exit::Refused, Exit::SignInRefused, Exit::Conflict, Exit::OutcomeUnknown];
    let gravest = blocked.max_by_key(|exit| gravity.iter().position(|own| own == exit));
    gravest.unwrap_or_else(|| match (&receipt.run.error, receipt.run.state) {
        (Some(error), _) => {
            let code: Option<ErrorCode> = serde_json::from_value(error.code.as_str().into()).ok();
            code.map_or(Exit::Failed, Exit::from)
        }
        (None, RunState::Cancelled) => Exit::Interrupted,
        (None, RunState::Succeeded) => Exit::Done,
        (
            None,
            RunState::Running
            | RunState::Failed
            | RunState::Interrupted
            | RunState::AwaitingReview
            | RunState::Discarded,
        ) => Exit::Failed,
    })
}

/// What a change that needs a person says in one number.
pub const fn exit_of_block(reason: &BlockReason) -> Exit {
    match reason {
        BlockReason::Conflict { .. } | BlockReason::AlsoChanged { .. } | BlockReason::Gone => Exit::Conflict,
        BlockReason::OutcomeUnknown { .. } => Exit::OutcomeUnknown,
        BlockReason::SignedOut => Exit::SignInRefused,
        BlockReason::NameTaken
        | BlockReason::Refused { .. }
        | BlockReason::Forbidden { .. }
        | BlockReason::DependsOn { .. }
        | BlockReason::Invalid { .. } => Exit::Refused,
    }
}
