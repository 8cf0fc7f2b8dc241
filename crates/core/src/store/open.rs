//! Opening the local data: on disk with its key, or in memory for one session. A damaged file is set aside, a newer one
//! refused; neither is ever deleted. What changes the file as a whole is done only while no other process has it open.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};

use rusqlite::Connection;

use super::checkpoints::Checkpoints;
use super::connection::{Purpose, open_file, open_memory};
use super::error::Context;
use super::key::{self, DatabaseKey};
use super::lock::{FolderLock, Opening};
use super::{Inner, Place, READERS, Store, StoreError, migrations, staging_file};
use crate::Error;
use crate::model::Timestamp;
use crate::secrets::SecretStore;

/// Name of the database in the data folder.
pub const DATABASE_FILE: &str = "rollcall.db";

/// An open store, and what the person should know about it.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Where the damaged file is now, when there was one.
    pub set_aside: Option<PathBuf>,
}

impl Store {
    /// Opens the database in `folder`, making both when missing. Other processes may have it open too.
    ///
    /// # Errors
    /// The keychain's; [`StoreError::KeyMissing`], [`StoreError::TooNew`], [`StoreError::File`]; [`StoreError::Busy`] for
    /// data of an older version and [`StoreError::Damaged`] for damaged data while another process has it open.
    pub fn open(folder: &Path, secrets: &dyn SecretStore, now: Timestamp) -> Result<Opened, Error> {
        Self::open_with(folder, secrets, now, false)
    }

    /// Sets the data in `folder` aside and begins anew, for data whose key is lost.
    ///
    /// # Errors
    /// As [`Self::open`]; [`StoreError::Busy`] while another process has it open.
    pub fn open_anew(folder: &Path, secrets: &dyn SecretStore, now: Timestamp) -> Result<Opened, Error> {
        Self::open_with(folder, secrets, now, true)
    }

    fn open_with(
        folder: &Path,
        secrets: &dyn SecretStore,
        now: Timestamp,
        anew: bool,
    ) -> Result<Opened, Error> {
        // The keychain may ask the person to unlock it: nobody else should stand at the gate meanwhile.
        secrets.find(key::KEY_NAME)?;
        make_private_folder(folder)?;
        let opening = Opening::begin(folder)?;
        let path = folder.join(DATABASE_FILE);
        if anew && path.exists() {
            if !opening.is_alone() {
                return Err(StoreError::Busy.into());
            }
            set_aside(&path, now)?;
        }
        let key = key::find_or_create(secrets, path.exists())?;
        let (writer, set_aside) = if opening.is_alone() {
            open_alone(&path, &key, now)?
        } else {
            (open_beside(&path, &key)?, None)
        };
        let readers =
            (0..READERS).map(|_| open_file(&path, &key, Purpose::Read)).collect::<Result<Vec<_>, _>>()?;
        staging_file::remove_strays(folder, &writer)?;
        let lock = opening.finish()?;
        let store = Self::from_parts(Place::Disk { path, key }, writer, readers, Some(lock));
        Ok(Opened { store, set_aside })
    }

    /// An empty store in memory: nothing is written to the disk, and everything is gone with the process.
    ///
    /// # Errors
    /// When memory is short.
    pub fn open_session() -> Result<Self, StoreError> {
        let mut conn = open_memory()?;
        migrations::migrate(&mut conn)?;
        Ok(Self::from_parts(Place::Memory, conn, Vec::new(), None))
    }

    fn from_parts(
        place: Place,
        writer: Connection,
        readers: Vec<Connection>,
        lock: Option<FolderLock>,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                place,
                checkpoints: Checkpoints::new(&writer),
                writer: Arc::new(Mutex::new(writer)),
                readers: Mutex::new(readers),
                reader_free: Condvar::new(),
                _lock: lock,
            }),
        }
    }
}

/// Migrates, examines, and sets a damaged file aside.
fn open_alone(
    path: &Path,
    key: &DatabaseKey,
    now: Timestamp,
) -> Result<(Connection, Option<PathBuf>), StoreError> {
    match open_writer(path, key) {
        Ok(writer) => Ok((writer, None)),
        Err(StoreError::Damaged(reason)) => {
            tracing::error!(reason, "the database is damaged and is set aside");
            let aside = set_aside(path, now)?;
            Ok((open_writer(path, key)?, Some(aside)))
        }
        Err(error) => Err(error),
    }
}

/// While another process works with the file, it must be as that one left it.
fn open_beside(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    let conn = open_file(path, key, Purpose::Write)?;
    if migrations::is_current(&conn)? { Ok(conn) } else { Err(StoreError::Busy) }
}

fn open_writer(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    let mut conn = open_file(path, key, Purpose::Write)?;
    migrations::migrate(&mut conn)?;
    if examination_wanted(path).exists() {
        examine(&conn)?;
        // Sound after all: the error came from somewhere else.
        remove_if_there(&examination_wanted(path))?;
    }
    Ok(conn)
}

/// Reads every page: first that none was altered, then that the tables fit together.
fn examine(conn: &Connection) -> Result<(), StoreError> {
    let mut statement = conn.prepare("PRAGMA cipher_integrity_check").context("examining")?;
    let altered = statement.exists([]).context("examining")?;
    let verdict: String =
        conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).context("examining")?;
    if altered || verdict != "ok" {
        return Err(StoreError::Damaged("the examination found altered pages".to_owned()));
    }
    Ok(())
}

fn examination_wanted(path: &Path) -> PathBuf {
    path.with_extension("examine")
}

/// Leaves a note for the next start.
pub(super) fn ask_for_examination(path: &Path) {
    let note = examination_wanted(path);
    if let Err(error) = std::fs::write(&note, b"") {
        tracing::warn!(%error, "the examination could not be ordered");
    }
}

/// Renames the database and its journals so that a new one can begin; returns the database's new name.
///
/// # Errors
/// When the folder cannot be written.
pub fn set_aside(path: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    let stamp = jiff::Timestamp::from_millisecond(now.as_millis())
        .map(|at| at.strftime("%Y%m%d-%H%M%S").to_string())
        .unwrap_or_else(|_| now.as_millis().to_string());
    let mut target = path.with_file_name(format!("rollcall.damaged-{stamp}.db"));
    let mut attempt = 1;
    while target.exists() {
        attempt += 1;
        target = path.with_file_name(format!("rollcall.damaged-{stamp}-{attempt}.db"));
    }
    for suffix in ["", "-wal", "-shm"] {
        let (from, to) = (with_suffix(path, suffix), with_suffix(&target, suffix));
        if from.exists() {
            std::fs::rename(&from, &to).map_err(|source| StoreError::file(&from, source))?;
        }
    }
    remove_if_there(&examination_wanted(path))?;
    Ok(target)
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

pub(super) fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::file(path, error)),
        _ => Ok(()),
    }
}

/// Makes `folder`, readable by its owner only where the system knows such a thing.
fn make_private_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| StoreError::file(folder, source))
}
