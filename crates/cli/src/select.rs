//! Which accounts are meant.

use rollcall_core::api::AccountView;
use rollcall_core::model::fold;

use crate::exit::{Exit, Failure};

/// The accounts with these names or numbers, all when there are none; each once, in the order of `accounts`.
pub fn chosen(accounts: Vec<AccountView>, wanted: &[String]) -> Result<Vec<AccountView>, Failure> {
    if wanted.is_empty() {
        return Ok(accounts);
    }
    let mut ids = Vec::new();
    for name in wanted {
        ids.push(find(&accounts, name)?.id);
    }
    Ok(accounts.into_iter().filter(|account| ids.contains(&account.id)).collect())
}

/// The account with this name, any case, with or without accents; else with this number.
fn find<'a>(accounts: &'a [AccountView], wanted: &str) -> Result<&'a AccountView, Failure> {
    let folded = fold(wanted.trim());
    let by_name = accounts.iter().find(|account| fold(&account.name) == folded);
    let found = by_name.or_else(|| accounts.iter().find(|account| account.id.to_string() == wanted.trim()));
    found.ok_or_else(|| {
        let names: Vec<&str> = accounts.iter().map(|account| account.name.as_str()).collect();
        Failure::new(Exit::NoSuchAccount, format!("there is no account \"{wanted}\"")).advise(format!(
            "There are: {}.",
            if names.is_empty() { "none".to_owned() } else { names.join(", ") }
        ))
    })
}
