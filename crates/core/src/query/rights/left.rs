//! Resources that nobody may see once somebody is gone.

use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};

use super::account::AccountRights;
use crate::model::AccountId;
use crate::store::{Context, StoreError};

const HAS_GRANTS: &str = "SELECT 1 FROM grants WHERE account_id = :account_id AND resource_id <> '' LIMIT 1";

/// The right of those who see everything anyway.
const SEES_ALL: &str = "AccountAdministrator";

/// Who goes, by the ids of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Going {
    /// Users.
    pub users: BTreeSet<String>,
    /// Groups.
    pub groups: BTreeSet<String>,
    /// Members, each with the group that they leave.
    pub members: BTreeSet<(String, String)>,
}

/// Resources that somebody may see, and nobody once `going` are gone, administrators aside: id and name.
///
/// # Errors
/// When the store cannot be read.
pub fn seen_by_nobody_else(
    conn: &Connection,
    account: AccountId,
    going: &Going,
) -> Result<Vec<(String, String)>, StoreError> {
    let has_grants = conn
        .prepare_cached(HAS_GRANTS)
        .and_then(|mut statement| statement.exists(named_params! { ":account_id": account.0 }))
        .context("looking for rights on resources")?;
    if *going == Going::default() || !has_grants {
        return Ok(Vec::new());
    }
    let mut rights = AccountRights::load(conn, account)?;
    let before = seen(&rights);
    rights.remove(going);
    let after = seen(&rights);
    let alone = before.difference(&after);
    Ok(alone.map(|id| (id.clone(), rights.resource_name(id).to_owned())).collect())
}

fn seen(rights: &AccountRights) -> BTreeSet<String> {
    let administrators = rights.holders_in_account(SEES_ALL);
    let is_seen = |id: &&String| rights.on_resource(id).keys().any(|user| !administrators.contains(user));
    rights.resources.keys().filter(is_seen).cloned().collect()
}

#[cfg(test)]
pub(in crate::query) const STATEMENTS: &[&str] = &[HAS_GRANTS];
