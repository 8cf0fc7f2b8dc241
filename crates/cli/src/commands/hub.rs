//! The figures of the Hub, account by account.

use rollcall_core::api::HubRequest;
use serde_json::Value;

use crate::cli::{Global, Which};
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::select;
use crate::sheet::Cell;
use crate::sheets;

/// Prints every figure that the core has, whichever they are.
pub async fn run(global: &Global, which: &Which) -> Result<Exit, Failure> {
    let data = Data::open(global).await?;
    let accounts = select::chosen(data.accounts().await?, &which.accounts)?;
    let mut sink = output::printed(global, sheets::HUB)?;
    for account in accounts {
        let hub = data.hub.get_hub(HubRequest { account_id: Some(account.id) }).await?;
        let figures = serde_json::to_value(&hub)
            .map_err(|error| Failure::failed(format!("BUG: figures that are no JSON: {error}")))?;
        for (name, value) in figures.as_object().into_iter().flatten() {
            if let Some(cell) = figure(name, value) {
                sink.row(vec![account.name.as_str().into(), name.as_str().into(), cell])?;
            }
            // Counts of one thing stand together: "tokens.expired".
            for (part, value) in value.as_object().into_iter().flatten() {
                if let Some(cell) = figure(part, value) {
                    sink.row(vec![account.name.as_str().into(), format!("{name}.{part}").into(), cell])?;
                }
            }
        }
    }
    sink.finish()?;
    Ok(Exit::Done)
}

/// The value of a figure; `None` for what is a list of its own.
fn figure(name: &str, value: &Value) -> Option<Cell> {
    match value {
        Value::Null => Some(Cell::Empty),
        Value::Number(number) => {
            let number = number.as_i64()?;
            Some(if name.ends_with("At") { Cell::Time(number) } else { Cell::Number(number) })
        }
        Value::Bool(flag) => Some(Cell::Flag(*flag)),
        Value::String(text) => Some(text.as_str().into()),
        Value::Array(_) | Value::Object(_) => None,
    }
}
