//! The group that everybody is in, whether or not they are put there: nobody leaves it, and it stays what it is.

use rusqlite::Connection;
use serde_json::Value;

use crate::model::{AccountId, Edit, FieldProblem, FieldReason};
use crate::store::{StoreError, facts};

/// What the service would refuse of `edit` because it is about the group of everybody (Uptrends: `IsEveryone`).
///
/// # Errors
/// Those of the database.
pub fn check(conn: &Connection, account: AccountId, edit: &Edit) -> Result<Option<FieldProblem>, StoreError> {
    let (Edit::AddMember { group, .. }
    | Edit::RemoveMember { group, .. }
    | Edit::UpdateGroup { group, .. }
    | Edit::DeleteGroup { group, .. }) = edit
    else {
        return Ok(None);
    };
    let Some((_, raw)) = facts::find_record(conn, account, "groups", group)? else { return Ok(None) };
    let raw: Value = serde_json::from_str(&raw).unwrap_or_default();
    let refused = raw.get("IsEveryone").and_then(Value::as_bool) == Some(true);
    let problem = FieldProblem { path: "kind".to_owned(), reason: FieldReason::Everybody, limit: None };
    Ok(refused.then_some(problem))
}
