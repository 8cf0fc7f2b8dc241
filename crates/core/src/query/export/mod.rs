//! Whole lists, one row after another: what the command line prints and exports. Rows are handed over as they are read, so
//! that memory stays flat at any size.

mod applications;
mod changes;
mod groups;
mod log;
mod roles;
mod tokens;
mod users;

use rusqlite::{Connection, Row, ToSql};

use crate::store::{Context, StoreError};

pub use applications::{ApplicationExportRow, each_application};
pub use changes::{Since, each_change};
pub use groups::{MemberExportRow, each_group, each_member};
pub use log::{LogExportRow, LogFilter, each_log_entry};
pub use roles::{HolderExportRow, RoleExportRow, each_holder, each_role};
pub use tokens::{TokenExportRow, each_token};
pub use users::each_user;

/// Takes one row; its error ends the walk.
pub type Visit<'a, T> = &'a mut dyn FnMut(T) -> Result<(), StoreError>;

/// Hands every row of `sql` over as `make` reads it.
fn each<T>(
    conn: &Connection,
    sql: &str,
    parameters: &[(&str, &dyn ToSql)],
    make: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    visit: Visit<'_, T>,
) -> Result<(), StoreError> {
    let doing = "reading a list";
    let mut statement = conn.prepare_cached(sql).context(doing)?;
    let mut rows = statement.query(parameters).context(doing)?;
    while let Some(row) = rows.next().context(doing)? {
        visit(make(row).context(doing)?)?;
    }
    Ok(())
}

/// Statements over large tables, for the test of their plans.
#[cfg(test)]
pub(super) const STATEMENTS: &[&str] = &[
    applications::APPLICATIONS,
    changes::SINCE_TIME,
    changes::SINCE_RUN,
    groups::GROUPS,
    groups::MEMBERS,
    log::LOG,
    roles::ROLES,
    roles::HOLDERS,
    tokens::TOKENS,
    users::USERS,
];
