//! The reference of the merge: the same rows with the same indexes into an empty encrypted file, one prepared
//! statement a table, one transaction.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::mirror;
use crate::stopwatch::timed;

/// What a merge of a first listing fills.
const TABLES: [&str; 4] = ["users", "user_search", "groups", "memberships"];

/// Time for all rows of the mirror in `from`.
pub fn bulk_insert(from: &Path, folder: &Path) -> Duration {
    let source = mirror::connection(from);
    let target = folder.join("bulk");
    let _ = std::fs::remove_dir_all(&target);
    std::fs::create_dir_all(&target).expect("a folder");
    let mut conn = mirror::connection(&target);
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA foreign_keys = ON;",
    )
    .expect("the settings of the writer");
    conn.execute_batch(&schema(&source)).expect("the schema");
    insert(&mut conn, "accounts", &rows(&source, "accounts"));
    let tables = TABLES.map(|table| (table, rows(&source, table)));
    let (time, ()) = timed(|| {
        let transaction = conn.transaction().expect("a transaction");
        for (table, rows) in &tables {
            insert_into(&transaction, table, rows);
        }
        transaction.commit().expect("a commit");
    });
    time
}

/// Tables and indexes of `conn`, in the order in which they were made.
fn schema(conn: &Connection) -> String {
    let mut statement = conn
        .prepare("SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
        .expect("the schema");
    let parts = statement.query_map([], |row| row.get::<_, String>(0)).expect("the schema");
    parts.collect::<Result<Vec<_>, _>>().expect("the schema").join("\n")
}

fn insert(conn: &mut Connection, table: &str, rows: &[Vec<Value>]) {
    let transaction = conn.transaction().expect("a transaction");
    insert_into(&transaction, table, rows);
    transaction.commit().expect("a commit");
}

fn insert_into(conn: &Connection, table: &str, rows: &[Vec<Value>]) {
    let marks = vec!["?"; rows.first().map_or(1, Vec::len)].join(", ");
    let mut statement = conn.prepare(&format!("INSERT INTO {table} VALUES ({marks})")).expect("the table");
    for row in rows {
        statement.execute(params_from_iter(row)).expect("the row fits");
    }
}

fn rows(conn: &Connection, table: &str) -> Vec<Vec<Value>> {
    let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).expect("the table");
    let columns = statement.column_count();
    let rows = statement
        .query_map([], |row| (0..columns).map(|column| row.get(column)).collect::<Result<Vec<Value>, _>>())
        .expect("the rows");
    rows.collect::<Result<_, _>>().expect("the rows")
}
