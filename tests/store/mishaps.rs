//! Newer, damaged, in use: a clear error, and nothing lost.

use std::io::{Seek, SeekFrom, Write};

use rollcall_core::api::SettingsView;
use rollcall_core::model::{AccountId, Timestamp};
use rollcall_core::secrets::MemorySecrets;
use rollcall_core::store::{DATABASE_FILE, Store, StoreError, settings};
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

#[tokio::test]
async fn two_programs_share_the_data_but_only_one_alone_changes_it_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    let first = open(folder.path(), &secrets).unwrap();
    let second = open(folder.path(), &secrets).unwrap();
    let wide = SettingsView { removal_guard_percent: 77, ..SettingsView::default() };
    let written = wide.clone();
    second.store.write(move |tx| settings::set(tx, &written)).await.unwrap();
    assert_eq!(first.store.read(settings::get).await.unwrap(), wide);
    drop(second);

    let anew = || Store::open_anew(folder.path(), &secrets, Timestamp::from_millis(1_770_091_506_000));
    assert_eq!(anew().err().unwrap().code(), ErrorCode::DatabaseBusy, "beginning anew");
    beside(folder.path(), &secrets).pragma_update(None, "user_version", 1).unwrap();
    assert_eq!(open(folder.path(), &secrets).err().unwrap().code(), ErrorCode::DatabaseBusy, "migrating");
    beside(folder.path(), &secrets).pragma_update(None, "user_version", 2).unwrap();
    drop(first);
    assert!(anew().unwrap().store.read(settings::get).await.unwrap() != wide);
}

#[test]
fn a_damaged_database_is_not_set_aside_under_the_feet_of_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    let first = open(folder.path(), &secrets).unwrap();
    let path = folder.path().join(DATABASE_FILE);
    let garbage = b"this is no database at all".repeat(500);
    std::fs::write(&path, &garbage).unwrap();
    let error = open(folder.path(), &secrets).err().unwrap();
    assert_eq!(error.code(), ErrorCode::DatabaseDamaged, "{error:?}");
    assert_eq!(std::fs::read(&path).unwrap(), garbage);
    drop(first);
    // Its journal may have made the file whole again as it closed.
    std::fs::write(&path, &garbage).unwrap();
    assert!(open(folder.path(), &secrets).unwrap().set_aside.is_some(), "alone it is set aside");
}

#[test]
fn one_program_runs_an_account_and_another_one_sees_it() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    let (first, second) =
        (open(folder.path(), &secrets).unwrap().store, open(folder.path(), &secrets).unwrap().store);
    let (acme, other) = (AccountId(1), AccountId(2));
    assert!(!second.has_run(acme).unwrap());
    let held = first.take_run_lock(acme).unwrap().expect("it is free");
    assert!(second.has_run(acme).unwrap() && first.has_run(acme).unwrap());
    assert!(second.take_run_lock(acme).unwrap().is_none());
    assert!(second.take_run_lock(other).unwrap().is_some(), "accounts do not wait for each other");
    drop(held);
    assert!(!second.has_run(acme).unwrap());
    assert!(second.take_run_lock(acme).unwrap().is_some());
}

#[test]
fn opening_leaves_the_staging_of_a_run_of_another_program() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    let first = open(folder.path(), &secrets).unwrap().store;
    let staged = folder.path().join("staging-1.db");
    std::fs::write(&staged, b"pages").unwrap();
    let held = first.take_run_lock(AccountId(1)).unwrap().expect("it is free");
    drop(open(folder.path(), &secrets).unwrap());
    assert!(staged.exists());
    drop(held);
    drop(open(folder.path(), &secrets).unwrap());
    assert!(!staged.exists(), "no run will go on from it");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, b"").unwrap();
    let error = open(&file.join("data"), &MemorySecrets::default()).err().unwrap();
    assert!(error.to_string().contains("data"), "{error}");
}
