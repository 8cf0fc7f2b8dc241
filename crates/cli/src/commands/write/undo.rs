//! Undoing an apply: the inverse changes, as far as the service allows.

use rollcall_core::api::{Remains, RunRequest};

use super::{propose, words};
use crate::cli::{Global, Write};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;

/// Proposes or carries out what undoes `run_id`.
pub async fn run(global: &Global, run_id: i64, write: &Write) -> Result<Exit, Failure> {
    let mut data = Data::open(global).await?;
    let undo = data.hub.undo_run(RunRequest { run_id }).await?;
    for remains in &undo.remains {
        let what = words::line_text(remains.kind, &[], None, &[]);
        output::notice(&format!(
            "does not come back: {}: {what}: {}",
            remains.subject.name,
            why(remains.reason)
        ));
    }
    if undo.edits.is_empty() {
        return Err(Failure::failed(format!("nothing of receipt {run_id} can be undone")));
    }
    let accounts = data.accounts().await?;
    let account = accounts.into_iter().find(|account| account.id == undo.plan.account_id);
    let account =
        account.ok_or_else(|| Failure::new(Exit::NoSuchAccount, "the account is not there any more"))?;
    propose::run(global, &mut data, &account, undo.edits, write).await
}

const fn why(reason: Remains) -> &'static str {
    match reason {
        Remains::Deleted => "what was deleted is gone; another one would have another id",
        Remains::Secret => "the value of a token or password cannot be restored",
        Remains::Person => "who is signed out, or no longer allowed, must do it again by themselves",
        Remains::NoInverse => "the service has no way back",
    }
}
