//! The lists: their columns, and how a row of the core becomes cells.
#![expect(
    clippy::needless_pass_by_value,
    reason = "every list hands its rows over by value, whatever a sheet needs of them"
)]

mod columns;

use rollcall_core::api::{
    AccountView, DifferenceView, GroupRow, HistoryEntryView, InvitationRow, OwnerState, PastUserRow,
    ReceiptRow, TokenOwnerRow, TokenRow, UserRow,
};
use rollcall_core::model::{Timestamp, TokenState};
use rollcall_core::query::export::{
    ApplicationExportRow, HolderExportRow, LogExportRow, MemberExportRow, RoleExportRow, TokenExportRow,
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

pub fn invitation(account: &str, row: &InvitationRow) -> Vec<Cell> {
    valued(INVITATIONS, lists::INVITATIONS, account, row)
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

pub fn application(account: &str, row: ApplicationExportRow) -> Vec<Cell> {
    vec![
        account.into(),
        row.remote_id.into(),
        row.display_name.into(),
        row.description.into(),
        row.kind.into(),
        Cell::Flag(row.manages_account),
        row.roles.into(),
        Cell::Number(row.secrets),
        Cell::time(row.oldest_secret_at),
        Cell::time(row.first_expires_at),
        Cell::time(row.created_at),
    ]
}

pub fn token(account: &str, row: TokenRow) -> Vec<Cell> {
    vec![
        account.into(),
        row.kind.as_str().into(),
        row.access_type.into(),
        row.name.into(),
        row.description.into(),
        row.owner.kind.as_str().into(),
        row.owner.known_id().map(str::to_owned).into(),
        // As in an export: nothing where the account does not list the owner.
        if row.owner.state == OwnerState::Gone && row.imported_at.is_none() {
            Cell::Empty
        } else {
            row.owner.display_name.into()
        },
        row.owner.email.into(),
        Cell::time(row.created_at),
        Cell::time(row.expires_at),
        Cell::flag(row.expiry_known.then_some(row.expires_at.is_none())),
        Cell::time(row.last_used_at),
        Cell::flag(row.last_use_known.then_some(row.last_used_at.is_none())),
        row.requests.map_or(Cell::Empty, Cell::Number),
        word(&row.state),
        Cell::time(row.imported_at),
    ]
}

pub fn exported_token(account: &str, row: TokenExportRow, now: Timestamp) -> Vec<Cell> {
    let state = TokenState::at(row.expires_at.map(Timestamp::from_millis), row.expiry_known, now);
    vec![
        account.into(),
        row.kind.into(),
        row.access_type.into(),
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
        word(&state),
        Cell::time(row.imported_at),
    ]
}

pub fn token_owner(account: &str, row: TokenOwnerRow) -> Vec<Cell> {
    vec![
        account.into(),
        row.owner.kind.as_str().into(),
        row.owner.known_id().map(str::to_owned).into(),
        row.owner.display_name.into(),
        row.owner.email.into(),
        word(&row.owner.state),
        Cell::Number(row.tokens.into()),
        Cell::Number(row.expired.into()),
        Cell::Number(row.expiring.into()),
        Cell::Number(row.never_expires.into()),
        Cell::time(row.next_expiry_at),
        Cell::time(row.last_used_at),
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

pub fn receipt(row: ReceiptRow) -> Vec<Cell> {
    vec![
        row.account_name.into(),
        Cell::Number(row.run.id),
        Cell::Time(row.run.started_at),
        Cell::time(row.run.finished_at),
        row.run.state.as_str().into(),
        Cell::Number(row.applied.into()),
        Cell::Number(row.blocked.into()),
        Cell::Number(row.left.into()),
        row.run.error.map_or(Cell::Empty, |error| error.message.into()),
    ]
}

pub fn difference(account: &str, row: DifferenceView) -> Vec<Cell> {
    vec![
        account.into(),
        Cell::Time(row.at),
        row.subject.as_str().into(),
        row.action.as_str().into(),
        row.remote_id.into(),
        row.name.into(),
        row.member_id.into(),
        row.member_name.into(),
        row.field.into(),
        row.before.as_ref().map_or(Cell::Empty, word),
        row.after.as_ref().map_or(Cell::Empty, word),
        Cell::Flag(row.returned),
    ]
}

pub fn past_user(account: &str, row: PastUserRow) -> Vec<Cell> {
    let columns = PAST_USERS.split_last().map_or(PAST_USERS, |(_fate, others)| others);
    let mut cells = valued(columns, lists::USERS, account, &row.row);
    cells.push(word(&row.fate));
    cells
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
