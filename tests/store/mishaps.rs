//! Newer, damaged, in use: a clear error, and nothing lost.

use std::io::{Seek, SeekFrom, Write};

use rollcall_core::api::SettingsView;
use rollcall_core::secrets::MemorySecrets;
use rollcall_core::store::{DATABASE_FILE, StoreError, settings};
use rollcall_core::{Error, api::ErrorCode};

use super::{beside, open};

#[test]
fn a_database_from_the_future_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    drop(open(folder.path(), &secrets).unwrap());
    beside(folder.path(), &secrets).pragma_update(None, "user_version", 999).unwrap();
    let error = open(folder.path(), &secrets).err().unwrap();
    assert!(matches!(error, Error::Store(StoreError::TooNew { found: 999, .. })), "{error:?}");
    assert_eq!(error.code(), ErrorCode::DatabaseTooNew);
    let version: i64 =
        beside(folder.path(), &secrets).pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 999);
}

#[test]
fn a_damaged_database_is_set_aside_whole_and_a_new_one_begun() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    drop(open(folder.path(), &secrets).unwrap());
    let path = folder.path().join(DATABASE_FILE);
    let garbage = b"this is no database at all".repeat(500);
    std::fs::write(&path, &garbage).unwrap();
    let opened = open(folder.path(), &secrets).unwrap();
    let aside = opened.set_aside.as_ref().expect("it says where the old one is");
    assert_eq!(std::fs::read(aside).unwrap(), garbage);
    assert!(path.exists());
    drop(opened);
    assert!(open(folder.path(), &secrets).unwrap().set_aside.is_none());
}

#[tokio::test]
async fn damage_found_in_the_middle_is_said_and_examined_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    let opened = open(folder.path(), &secrets).unwrap();
    let mut wide = SettingsView::default();
    for number in 0..4000 {
        wide.grid_layouts.insert(format!("grid number {number}"), Vec::new());
    }
    opened.store.write(move |tx| settings::set(tx, &wide)).await.unwrap();
    drop(opened);
    beside(folder.path(), &secrets).execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let path = folder.path().join(DATABASE_FILE);
    let length = std::fs::metadata(&path).unwrap().len();
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(length - 6000)).unwrap();
    file.write_all(&[0xAA; 4000]).unwrap();
    drop(file);

    let opened = open(folder.path(), &secrets).unwrap();
    assert!(opened.set_aside.is_none(), "the damage is not where opening looks");
    let error = opened.store.read(settings::get).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::DatabaseDamaged, "{error:?}");
    drop(opened);
    let opened = open(folder.path(), &secrets).unwrap();
    assert!(opened.set_aside.as_ref().is_some_and(|aside| aside.exists()));
    assert_eq!(opened.store.read(settings::get).await.unwrap(), SettingsView::default());
}

#[test]
fn a_second_program_is_told_that_the_data_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    let first = open(folder.path(), &secrets).unwrap();
    let error = open(folder.path(), &secrets).err().unwrap();
    assert_eq!(error.code(), ErrorCode::DatabaseBusy);
    drop(first);
    assert!(open(folder.path(), &secrets).is_ok());
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let error = open(&file.join("data"), &MemorySecrets::default()).err().unwrap();
    assert!(error.to_string().contains("data"), "{error}");
}
