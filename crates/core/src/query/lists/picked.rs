//! Which rows of a list: some by name, or all but some.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::api::{RowKey, Selection};
use crate::model::AccountId;
use crate::store::{Context, StoreError};

pub(in crate::query) const USER: &str =
    "SELECT id FROM users WHERE account_id = :account_id AND remote_id = :remote_id";

/// Which rows of a list.
#[derive(Clone, Debug)]
pub struct Picked {
    all: bool,
    rows: BTreeSet<RowKey>,
}

impl Picked {
    /// The described ones.
    pub fn new(selection: Selection) -> Self {
        Self { all: selection.all, rows: selection.rows.into_iter().collect() }
    }

    /// All but the named ones.
    pub const fn is_all(&self) -> bool {
        self.all
    }

    /// The named ones.
    pub const fn rows(&self) -> &BTreeSet<RowKey> {
        &self.rows
    }

    /// Whether it has this row.
    pub fn has(&self, key: &RowKey) -> bool {
        self.rows.contains(key) != self.all
    }

    /// Numbers in the store of the named users.
    pub(in crate::query) fn user_ids(&self, conn: &Connection) -> Result<Vec<i64>, StoreError> {
        let mut statement = conn.prepare_cached(USER).context("looking for the selected users")?;
        let mut ids = Vec::with_capacity(self.rows.len());
        for RowKey { account_id: AccountId(account), remote_id } in &self.rows {
            let parameters = named_params! { ":account_id": account, ":remote_id": remote_id };
            let id: Option<i64> = statement
                .query_row(parameters, |row| row.get(0))
                .optional()
                .context("looking for the selected users")?;
            ids.extend(id);
        }
        Ok(ids)
    }
}
