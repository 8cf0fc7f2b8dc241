//! Making connections: key, pragmas, limits.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::error::Context;
use super::key::DatabaseKey;

/// Bytes of the write-ahead log that are kept between transactions.
const LARGEST_LOG: i64 = 16 << 20;

/// What a connection is for; decides how much memory its page cache may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The one writer.
    Write,
    /// A reader that cannot write.
    Read,
    /// Pages on their way to the mirror.
    Stage,
}

impl Purpose {
    /// KiB of page cache. A sync at any size stays below 60 MB above idle, so these add up to less.
    const fn cache_kib(self) -> i64 {
        match self {
            Self::Write => 4 * 1024,
            Self::Read => 4 * 1024,
            // Shared out anew with what is attached to it.
            Self::Stage => 2 * 1024,
        }
    }
}

/// Opens the encrypted file at `path`.
///
/// # Errors
/// [`StoreError::Damaged`] when the key does not open it.
pub fn open_file(path: &Path, key: &DatabaseKey, purpose: Purpose) -> Result<Connection, StoreError> {
    let flags = match purpose {
        // A staging connection makes the database that it attaches.
        Purpose::Write | Purpose::Stage => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Purpose::Read => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .context("opening the local data")?;
    // SQLCipher prints to stderr when a key does not fit; that case has its own error here.
    conn.pragma_update(None, "cipher_log_level", "NONE").context("silencing the cipher")?;
    // The key goes into the connection and nowhere else.
    conn.pragma_update(None, "key", key.pragma().as_str()).context("giving the key")?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
        .context("opening the local data with its key")?;
    configure(&conn, purpose)?;
    Ok(conn)
}

/// A database in memory, for "this session only".
///
/// # Errors
/// When memory is short.
pub fn open_memory() -> Result<Connection, StoreError> {
    let conn = Connection::open_in_memory().context("opening the session's data")?;
    configure(&conn, Purpose::Write)?;
    Ok(conn)
}

fn configure(conn: &Connection, purpose: Purpose) -> Result<(), StoreError> {
    conn.busy_timeout(Duration::from_secs(5)).context("setting the patience")?;
    conn.set_prepared_statement_cache_capacity(64);
    // Sorting and statement journals stay in memory: a temporary file would be plain text.
    conn.pragma_update(None, "temp_store", "MEMORY").context("keeping temporary data in memory")?;
    conn.pragma_update(None, "cache_size", -purpose.cache_kib()).context("sizing the cache")?;
    conn.pragma_update(None, "foreign_keys", true).context("switching foreign keys on")?;
    if purpose == Purpose::Write {
        // Answers with the mode that holds ("memory" for a database in memory).
        conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).context("switching to WAL")?;
    }
    // What the writer has committed is on the disk even when the power fails: the journal of changes says what was sent.
    let durability = if purpose == Purpose::Write { "FULL" } else { "NORMAL" };
    conn.pragma_update(None, "synchronous", durability).context("choosing durability")?;
    // A first sync leaves a log as large as the file; it shrinks again when it is next begun anew.
    conn.pragma_update_and_check(None, "journal_size_limit", LARGEST_LOG, |_| Ok(()))
        .context("limiting the log")?;
    if purpose == Purpose::Read {
        conn.pragma_update(None, "query_only", true).context("making a reader")?;
    }
    Ok(())
}
