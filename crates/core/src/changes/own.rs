//! What an Uptrends account would refuse, or what would end our own access to it: said before anything is sent, each with
//! what to do in its place.

use rusqlite::Connection;

use crate::model::{
    ADMINISTRATOR, Account, AccountFacts, AccountId, Authentication, Edit, FieldProblem, FieldReason,
    GrantHolder, INFRA, ResourceKind, Right, account_word,
};
use crate::store::account_holders as holders;
use crate::store::{StoreError, accounts};

/// What the service said of the account as a whole; nothing before the first sync.
///
/// # Errors
/// Those of the database.
pub fn load(conn: &Connection, account: AccountId) -> Result<AccountFacts, StoreError> {
    Ok(accounts::find_capabilities(conn, account)?.and_then(|can| can.facts).unwrap_or_default())
}

/// Why `edit` is not sent, whatever a person confirms.
///
/// # Errors
/// Those of the database.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named ends no access and takes no right")]
pub fn check(conn: &Connection, account: &Account, edit: &Edit) -> Result<Option<FieldProblem>, StoreError> {
    let reason = match edit {
        Edit::DeleteUser { user } => {
            let own = load(conn, account.id)?.own_user;
            own.is_some_and(|own| own == user.as_str()).then_some(FieldReason::OwnUser)
        }
        Edit::DeleteToken { name, .. } => is_own_token(account, name).then_some(FieldReason::OwnCredential),
        Edit::GiveRight { right } => of_right(conn, account.id, right, true)?,
        Edit::TakeRight { right } => of_right(conn, account.id, right, false)?,
        _ => None,
    };
    let path = if matches!(edit, Edit::GiveRight { .. } | Edit::TakeRight { .. }) { "right" } else { "kind" };
    Ok(reason.map(|reason| FieldProblem { path: path.to_owned(), reason, limit: None }))
}

/// API users sign in by their names.
fn is_own_token(account: &Account, name: &str) -> bool {
    matches!(&account.authentication, Authentication::Basic { user_name } if user_name.eq_ignore_ascii_case(name))
}

fn of_right(
    conn: &Connection,
    account: AccountId,
    right: &Right,
    gives: bool,
) -> Result<Option<FieldReason>, StoreError> {
    let word = account_word(&right.permission);
    if word == ADMINISTRATOR {
        let of_group = right.holder_kind == GrantHolder::Group && !gives;
        return Ok(Some(if of_group { FieldReason::Fixed } else { FieldReason::UseAdministrators }));
    }
    if gives {
        return Ok(None);
    }
    let keeps = word == INFRA || right.resource_kind == Some(ResourceKind::MonitorGroup);
    if keeps
        && right.holder_kind == GrantHolder::Group
        && holders::is_administrators(conn, account, &right.holder)?
    {
        return Ok(Some(FieldReason::Fixed));
    }
    let direct = holders::list_given(conn, account, right)?.contains(&right.permission);
    let through = !direct && holders::find_group_giving(conn, account, right)?.is_some();
    Ok(through.then_some(FieldReason::ThroughGroup))
}
