//! The local data: encrypted, private, whole after every mishap.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod concurrency;
mod encryption;
mod migration;
mod mishaps;

use std::path::Path;

use rollcall_core::model::Timestamp;
use rollcall_core::secrets::MemorySecrets;
use rollcall_core::store::{Opened, Store};

/// Opens the store in `folder`.
fn open(folder: &Path, secrets: &MemorySecrets) -> Result<Opened, rollcall_core::Error> {
    Store::open(folder, secrets, Timestamp::from_millis(1_770_091_506_000))
}

/// The key in the form that a connection takes.
fn pragma_key(secrets: &MemorySecrets) -> String {
    use rollcall_core::secrets::SecretStore;
    let key = secrets.find(rollcall_core::store::KEY_NAME).unwrap().expect("a key");
    format!("x'{}'", key.expose())
}

/// A connection to the database of `folder` with its key, beside the store.
fn beside(folder: &Path, secrets: &MemorySecrets) -> rusqlite::Connection {
    let conn = rusqlite::Connection::open(folder.join(rollcall_core::store::DATABASE_FILE)).unwrap();
    conn.pragma_update(None, "key", pragma_key(secrets)).unwrap();
    conn
}
