//! What applies did: the list of them, and one change by change.

use std::io::IsTerminal;

use rollcall_core::api::{ChangeQueryRequest, ReceiptLineView, ReceiptRequest, ReceiptView};

use super::words;
use crate::cli::{Global, Which};
use crate::commands::pour::Pour;
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Cell;
use crate::sheets;

/// Lists the newest receipts.
pub async fn list(global: &Global, which: &Which) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let accounts = select::chosen(data.accounts().await?, &which.accounts)?;
    let pour = Pour::new(output::printed(global, sheets::RECEIPTS)?, which.limit);
    let view = data
        .hub
        .query_changes(ChangeQueryRequest { account_id: None, remote_id: None, most: Some(0) })
        .await?;
    let wanted = |id| accounts.iter().any(|account| account.id == id);
    for row in view.receipts.into_iter().filter(|row| wanted(row.run.account_id)) {
        pour.row(sheets::receipt(row));
    }
    pour.finish()?;
    Ok(Exit::Done)
}

/// Prints one receipt.
pub async fn show(global: &Global, run_id: i64) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let receipt = data.hub.get_receipt(ReceiptRequest { run_id, most: None }).await?;
    print(global, std::slice::from_ref(&receipt))?;
    Ok(Exit::Done)
}

/// In words on a terminal, as rows for scripts, whole as JSON.
pub fn print(global: &Global, receipts: &[ReceiptView]) -> Result<(), Failure> {
    if global.json {
        return output::json(receipts);
    }
    if !global.plain && std::io::stdout().is_terminal() {
        return output::lines(receipts.iter().flat_map(words::receipt_lines));
    }
    let mut sink = output::printed(global, sheets::RECEIPT)?;
    for receipt in receipts {
        for line in &receipt.lines {
            sink.row(row(receipt, line))?;
        }
    }
    Ok(sink.finish()?)
}

/// In words on the standard error stream, where the output is for something else.
pub fn tell(receipt: &ReceiptView) {
    words::receipt_lines(receipt).iter().for_each(|line| output::notice(line));
}

fn row(receipt: &ReceiptView, line: &ReceiptLineView) -> Vec<Cell> {
    let last = line.calls.last();
    let targets: Vec<&str> = line.targets.iter().map(|target| target.name.as_str()).collect();
    let fields: Vec<String> = line
        .fields
        .iter()
        .map(|field| {
            format!(
                "{}: {} -> {}",
                field.path,
                words::value_text(&field.before),
                words::value_text(&field.after)
            )
        })
        .collect();
    vec![
        receipt.account_name.as_str().into(),
        Cell::Number(receipt.run.id),
        Cell::Number(line.change_id),
        sheets::word(&line.subject.kind),
        line.subject.remote_id.clone().into(),
        line.subject.name.as_str().into(),
        sheets::word(&line.kind),
        targets.join(" in ").into(),
        line.item.clone().into(),
        fields.join("; ").into(),
        sheets::word(&line.state),
        last.map_or(Cell::Empty, |call| sheets::word(&call.outcome)),
        line.blocked.as_ref().map_or(Cell::Empty, |reason| words::block_text(reason).into()),
        Cell::time(last.map(|call| call.ended_at.unwrap_or(call.sent_at))),
        receipt.signed_in_as.clone().into(),
        receipt.person.clone().into(),
    ]
}
