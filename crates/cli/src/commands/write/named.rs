//! Who and what is meant by a name. A name that fits several is a mistake, and says which.

use rollcall_core::api::AccountView;
use rollcall_core::hub::{NamedGroup, NamedRole, NamedUser};

use crate::cli::Of;
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::select;

/// The account of `of`, else the only one that can be meant.
pub async fn account(data: &Data, of: &Of) -> Result<AccountView, Failure> {
    let named: Vec<String> = of.account.iter().cloned().collect();
    let mut found = select::chosen(data.accounts().await?, &named)?;
    if found.len() == 1 {
        return Ok(found.remove(0));
    }
    let names: Vec<&str> = found.iter().map(|account| account.name.as_str()).collect();
    if names.is_empty() {
        return Err(Failure::new(Exit::NoSuchAccount, "no account is connected yet"));
    }
    Err(Failure::usage("in which account?")
        .advise(format!("Say --account; there are: {}.", names.join(", "))))
}

/// Users of one account by their names: in `of`, else wherever they are.
pub async fn users(data: &Data, of: &Of, names: &[String]) -> Result<(AccountView, Vec<NamedUser>), Failure> {
    let named: Vec<String> = of.account.iter().cloned().collect();
    let accounts = select::chosen(data.accounts().await?, &named)?;
    let (mut account, mut users): (Option<AccountView>, Vec<NamedUser>) = (None, Vec::new());
    for name in names {
        let (own, user) = user(data, &accounts, name).await?;
        match &account {
            Some(first) if first.id != own.id => {
                return Err(Failure::usage(format!(
                    "{name} is in {}, the others are in {}",
                    own.name, first.name
                ))
                .advise("Change one account at a time."));
            }
            _ => account = Some(own.clone()),
        }
        if users.iter().all(|known| known.remote_id != user.remote_id) {
            users.push(user);
        }
    }
    let account = account.ok_or_else(|| Failure::usage("which user?"))?;
    Ok((account, users))
}

async fn user<'a>(
    data: &Data,
    accounts: &'a [AccountView],
    name: &str,
) -> Result<(&'a AccountView, NamedUser), Failure> {
    let mut found = Vec::new();
    for account in accounts {
        let matches = data.hub.find_users(account.id, name.to_owned()).await?;
        found.extend(matches.into_iter().map(|user| (account, user)));
    }
    // An id names one, whoever else has it as a name.
    let by_id: Vec<usize> = found
        .iter()
        .enumerate()
        .filter(|(_, (_, user))| user.remote_id == name)
        .map(|(place, _)| place)
        .collect();
    if let [place] = by_id.as_slice() {
        return Ok(found.swap_remove(*place));
    }
    if found.len() == 1 {
        return Ok(found.swap_remove(0));
    }
    if found.is_empty() {
        return Err(Failure::usage(format!("there is no user \"{name}\"")).advise(
            "Say an id, an e-mail address or a name for signing in; `rollcallctl users` lists them.",
        ));
    }
    let candidates: Vec<String> = found
        .iter()
        .map(|(account, user)| {
            let email = user.email.as_deref().unwrap_or(&user.user_name);
            format!("{} <{email}>, id {} in {}", user.display_name, user.remote_id, account.name)
        })
        .collect();
    Err(Failure::usage(format!("\"{name}\" may be {} users: {}", candidates.len(), candidates.join("; ")))
        .advise("Say which by id, and by --account where it is in several."))
}

/// A role of `account`.
pub async fn role(
    data: &Data,
    account: &AccountView,
    name: &str,
    organization: bool,
) -> Result<NamedRole, Failure> {
    let mut found = data.hub.find_roles(account.id, name.to_owned()).await?;
    let all = found.len();
    found.retain(|role| role.in_organizations == organization && role.of_users);
    if found.is_empty() {
        let where_held = if organization { "in organisations" } else { "in the whole account" };
        let message = format!("{}: there is no role \"{name}\" that users hold {where_held}", account.name);
        let advice = if all > 0 && !organization {
            "For a role in an organisation say --organization."
        } else {
            "`rollcallctl roles` lists them."
        };
        return Err(Failure::usage(message).advise(advice));
    }
    one(found, name, account, |role| (role.remote_id.as_str(), role.display_name.as_str()))
}

/// A group or organisation of `account`.
pub async fn group(data: &Data, account: &AccountView, name: &str) -> Result<NamedGroup, Failure> {
    let found = data.hub.find_groups(account.id, name.to_owned()).await?;
    if found.is_empty() {
        return Err(Failure::usage(format!("{}: there is no organisation \"{name}\"", account.name))
            .advise("`rollcallctl groups` lists them."));
    }
    one(found, name, account, |group| (group.remote_id.as_str(), group.display_name.as_str()))
}

fn one<T>(
    mut found: Vec<T>,
    name: &str,
    account: &AccountView,
    naming: impl Fn(&T) -> (&str, &str),
) -> Result<T, Failure> {
    if let Some(place) = found.iter().position(|one| naming(one).0 == name) {
        return Ok(found.swap_remove(place));
    }
    if found.len() == 1 {
        return Ok(found.swap_remove(0));
    }
    let candidates: Vec<String> =
        found.iter().map(|one| format!("{} (id {})", naming(one).1, naming(one).0)).collect();
    Err(Failure::usage(format!("{}: \"{name}\" may be: {}", account.name, candidates.join("; ")))
        .advise("Say which by its id."))
}
