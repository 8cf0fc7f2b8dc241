//! One row of the users grid by its number in the store.

use std::collections::BTreeMap;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, named_params};

use crate::api::UserRow;
use crate::model::AccountId;
use crate::query::accounts::capabilities_of;
use crate::query::invited::invited_until;
use crate::store::{Context, StoreError};

pub(super) const ROW: &str = "SELECT account_id, remote_id, user_name, display_name, email, active, given_name, family_name, title,
            department, organization, employee_number, user_type, phone, locale, external_id, created_at, modified_at,
            last_sign_in_at
     FROM users WHERE id = :id";

/// Positions of the columns of [`ROW`]: looked up by name once a statement, not once a value, because a page has
/// nine hundred values and a millisecond.
struct Columns {
    account_id: usize,
    remote_id: usize,
    user_name: usize,
    display_name: usize,
    email: usize,
    active: usize,
    given_name: usize,
    family_name: usize,
    title: usize,
    department: usize,
    organization: usize,
    employee_number: usize,
    user_type: usize,
    phone: usize,
    locale: usize,
    external_id: usize,
    created_at: usize,
    modified_at: usize,
    last_sign_in_at: usize,
}

/// Reads rows with one prepared statement.
pub(in crate::query) struct UserRowReader<'conn> {
    conn: &'conn Connection,
    /// Whether sign-ins are reported, of the accounts met so far.
    sign_ins: Vec<(AccountId, bool)>,
    /// Whom Rollcall invited, of the accounts met so far.
    invited: Vec<(AccountId, BTreeMap<i64, i64>)>,
    statement: CachedStatement<'conn>,
    columns: Columns,
}

impl<'conn> UserRowReader<'conn> {
    pub fn new(conn: &'conn Connection) -> Result<Self, StoreError> {
        let statement = conn.prepare_cached(ROW).context("reading users")?;
        let columns = Columns::of(&statement).context("reading users")?;
        Ok(Self { conn, sign_ins: Vec::new(), invited: Vec::new(), statement, columns })
    }

    /// The user with this number, in so many groups; `None` when it went since the index was built.
    pub fn read(&mut self, id: i64, groups: u32) -> Result<Option<UserRow>, StoreError> {
        let columns = &self.columns;
        let found = self
            .statement
            .query_row(named_params! { ":id": id }, |row| columns.row(row, groups))
            .optional()
            .context("reading users")?;
        let Some(mut row) = found else { return Ok(None) };
        row.sign_in_known = row.last_sign_in_at.is_some() || self.reports_sign_ins(row.account_id)?;
        row.invited_until = self.invited_until(row.account_id, id)?;
        Ok(Some(row))
    }

    fn invited_until(&mut self, account: AccountId, id: i64) -> Result<Option<i64>, StoreError> {
        if let Some((_, invited)) = self.invited.iter().find(|(met, _)| *met == account) {
            return Ok(invited.get(&id).copied());
        }
        let invited = invited_until(self.conn, account)?;
        let until = invited.get(&id).copied();
        self.invited.push((account, invited));
        Ok(until)
    }

    fn reports_sign_ins(&mut self, account: AccountId) -> Result<bool, StoreError> {
        if let Some((_, known)) = self.sign_ins.iter().find(|(met, _)| *met == account) {
            return Ok(*known);
        }
        let known = capabilities_of(self.conn, account)?.is_some_and(|capabilities| capabilities.sign_ins);
        self.sign_ins.push((account, known));
        Ok(known)
    }
}

impl Columns {
    fn of(statement: &rusqlite::Statement<'_>) -> rusqlite::Result<Self> {
        let at = |name| statement.column_index(name);
        Ok(Self {
            account_id: at("account_id")?,
            remote_id: at("remote_id")?,
            user_name: at("user_name")?,
            display_name: at("display_name")?,
            email: at("email")?,
            active: at("active")?,
            given_name: at("given_name")?,
            family_name: at("family_name")?,
            title: at("title")?,
            department: at("department")?,
            organization: at("organization")?,
            employee_number: at("employee_number")?,
            user_type: at("user_type")?,
            phone: at("phone")?,
            locale: at("locale")?,
            external_id: at("external_id")?,
            created_at: at("created_at")?,
            modified_at: at("modified_at")?,
            last_sign_in_at: at("last_sign_in_at")?,
        })
    }

    /// Whether sign-ins are reported is known of the account.
    fn row(&self, row: &Row<'_>, groups: u32) -> rusqlite::Result<UserRow> {
        Ok(UserRow {
            account_id: AccountId(row.get(self.account_id)?),
            remote_id: row.get(self.remote_id)?,
            user_name: row.get(self.user_name)?,
            display_name: row.get(self.display_name)?,
            email: row.get(self.email)?,
            active: row.get(self.active)?,
            given_name: row.get(self.given_name)?,
            family_name: row.get(self.family_name)?,
            title: row.get(self.title)?,
            department: row.get(self.department)?,
            organization: row.get(self.organization)?,
            employee_number: row.get(self.employee_number)?,
            user_type: row.get(self.user_type)?,
            phone: row.get(self.phone)?,
            locale: row.get(self.locale)?,
            external_id: row.get(self.external_id)?,
            groups,
            pending: None,
            created_at: row.get(self.created_at)?,
            modified_at: row.get(self.modified_at)?,
            last_sign_in_at: row.get(self.last_sign_in_at)?,
            sign_in_known: false,
            invited_until: None,
        })
    }
}
