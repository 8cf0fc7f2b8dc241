//! Values that are shown once: on the standard output, where nothing else is then. One value stands alone on its line;
//! several are rows that say whose each is.

use std::io::Write;

use rollcall_core::api::{AccountView, ChangeRequest, ReceiptLineView, SecretView};
use zeroize::Zeroizing;

use crate::cli::Global;
use crate::data::Data;
use crate::exit::Failure;
use crate::sheet::one_line;

/// Prints the values that `lines` made.
pub async fn hand_over(
    global: &Global,
    data: &Data,
    account: &AccountView,
    lines: &[&ReceiptLineView],
) -> Result<(), Failure> {
    let mut taken = Vec::new();
    for line in lines {
        taken.push(data.hub.take_secret(ChangeRequest { change_id: line.change_id }).await?);
    }
    let text = if global.json { json(account, &taken)? } else { plain(&taken) };
    // Not buffered: no copy stays behind.
    let mut stream = std::io::stdout().lock();
    stream.write_all(text.as_bytes())?;
    Ok(stream.flush()?)
}

fn plain(taken: &[SecretView]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    for view in taken {
        if taken.len() > 1 {
            let whose = [view.subject.name.as_str(), view.item.as_deref().unwrap_or("password")];
            text.push_str(&whose.map(one_line).join("\t"));
            text.push('\t');
        }
        text.push_str(view.secret.secret().expose());
        text.push('\n');
    }
    text
}

fn json(account: &AccountView, taken: &[SecretView]) -> Result<Zeroizing<String>, Failure> {
    let mut rows = Vec::new();
    for view in taken {
        let mut row = serde_json::to_value(view)
            .map_err(|error| Failure::failed(format!("BUG: a value that is no JSON: {error}")))?;
        if let Some(members) = row.as_object_mut() {
            members.insert("account".to_owned(), account.name.as_str().into());
        }
        rows.push(row);
    }
    Ok(Zeroizing::new(format!("{:#}\n", serde_json::Value::from(rows))))
}
