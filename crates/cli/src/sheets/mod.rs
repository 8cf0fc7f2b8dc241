//! The lists: their columns, and how a row of the core becomes cells.

mod columns;

use rollcall_core::api::{AccountView, GroupRow, HistoryEntryView, UserRow};
use rollcall_core::query::export::{
    HolderExportRow, LogExportRow, MemberExportRow, RoleExportRow, TokenExportRow,
};
use rollcall_core::query::lists::{self, Field};

use crate::sheet::{Cell, Column};

pub use columns::*;

/// The word that JSON has for a value of one of the core's enumerations.
pub fn word(value: &impl serde::Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text.into(),
        Ok(other) => other.to_string().into(),
        Err(_) => Cell::Empty,
    }
}

pub fn account(account: AccountView) -> Vec<Cell> {
    vec![
        Cell::Number(account.id.0.into()),
        account.name.into(),
        account.provider.as_str().into(),
        account.address.into(),
        Cell::count(account.users),
        Cell::count(account.groups),
        Cell::time(account.users_state.map(|state| state.synced_at)),
        account.sync.state.map_or(Cell::Empty, |state| state.as_str().into()),
        Cell::Flag(account.signed_in),
        Cell::Flag(account.sample),
    ]
}

pub fn user(account: &str, row: UserRow) -> Vec<Cell> {
    valued(USERS, lists::USERS, account, &row)
}

pub fn group(account: &str, row: GroupRow) -> Vec<Cell> {
    valued(GROUPS, lists::GROUPS, account, &row)
}

/// A value for each column, by name.
fn valued<T>(columns: &[Column], fields: &[Field<T>], account: &str, row: &T) -> Vec<Cell> {
    let value = |column: &Column| fields.iter().find(|(name, _)| *name == column.key).map(|(_, value)| value);
    columns.iter().map(|column| value(column).map_or(Cell::Empty, |value| value(row, account))).collect()
}

pub fn member(account: &str, row: MemberExportRow) -> Vec<Cell> {
    vec![
        account.into(),
        row.group_id.into(),
        row.group_name.into(),
        row.kind.into(),
        row.member_id.into(),
        row.member_name.into(),
        row.email.into(),
    ]
}

pub fn role(account: &str, row: RoleExportRow) -> Vec<Cell> {
    vec![
        account.into(),
        row.remote_id.into(),
        row.display_name.into(),
        row.description.into(),
        row.scope.into(),
        row.holder_kind.into(),
        Cell::flag(row.is_default),
        Cell::Number(row.holders.into()),
        row.permissions.into(),
    ]
}

pub fn holder(account: &str, row: HolderExportRow) -> Vec<Cell> {
    vec![
        account.into(),
        row.role_id.into(),
        row.role_name.into(),
        row.holder_kind.into(),
        row.holder_id.into(),
        row.holder_name.into(),
        row.email.into(),
        row.group_id.into(),
        row.group_name.into(),
    ]
}

pub fn token(account: &str, row: TokenExportRow) -> Vec<Cell> {
    vec![
        account.into(),
        row.kind.into(),
        row.name.into(),
        row.description.into(),
        row.owner_kind.into(),
        row.owner_id.into(),
        row.owner_name.into(),
        row.owner_email.into(),
        Cell::time(row.created_at),
        Cell::time(row.expires_at),
        Cell::flag(row.expiry_known.then_some(row.expires_at.is_none())),
        Cell::time(row.last_used_at),
        Cell::flag(row.last_use_known.then_some(row.last_used_at.is_none())),
        row.requests.map_or(Cell::Empty, Cell::Number),
    ]
}

pub fn log_entry(account: &str, row: LogExportRow) -> Vec<Cell> {
    vec![
        account.into(),
        Cell::Time(row.at),
        row.event.into(),
        Cell::flag(row.succeeded),
        row.user_id.into(),
        row.user_name.into(),
        row.identifier.into(),
        row.application_id.into(),
        row.ip.into(),
        row.agent.into(),
        row.error.into(),
    ]
}

pub fn change(account: &str, row: HistoryEntryView) -> Vec<Cell> {
    valued(CHANGES, lists::CHANGES, account, &row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_a_list_of_the_window_has_a_field() {
        fn all<T>(columns: &[Column], fields: &[Field<T>]) -> bool {
            columns.iter().all(|column| fields.iter().any(|(name, _)| *name == column.key))
        }
        assert!(all(USERS, lists::USERS) && all(GROUPS, lists::GROUPS) && all(CHANGES, lists::CHANGES));
    }
}
