//! One writer, some readers, one door.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rollcall_core::api::SettingsView;
use rollcall_core::model::Timestamp;
use rollcall_core::secrets::MemorySecrets;
use rollcall_core::store::{Context, Store, StoreError, settings};

use super::open;

#[tokio::test]
async fn a_long_write_delays_neither_the_runtime_nor_a_reader() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &MemorySecrets::default()).unwrap().store;
    let release = Arc::new(AtomicBool::new(false));
    let writing = {
        let (store, release) = (store.clone(), Arc::clone(&release));
        tokio::spawn(async move {
            store
                .write(move |tx| {
                    settings::set(tx, &SettingsView::default())?;
                    while !release.load(Ordering::SeqCst) {
                        std::thread::sleep(Duration::from_millis(1));
                    }
                    Ok(())
                })
                .await
        })
    };
    // On this single-threaded runtime both would hang if the write held it; the read would if it waited for the writer.
    for _ in 0..10 {
        store.read(settings::get).await.unwrap();
    }
    release.store(true, Ordering::SeqCst);
    writing.await.unwrap().unwrap();
}

#[tokio::test]
async fn an_error_rolls_back_and_a_panic_rolls_back_and_the_store_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &MemorySecrets::default()).unwrap().store;
    let dark = || SettingsView { removal_guard_percent: 77, ..SettingsView::default() };
    let failed: Result<(), _> = store
        .write(move |tx| {
            settings::set(tx, &dark())?;
            Err(StoreError::Bug("on purpose".to_owned()))
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(store.read(settings::get).await.unwrap(), SettingsView::default());
    let panicked = {
        let store = store.clone();
        tokio::spawn(async move {
            store
                .write::<()>(move |tx| {
                    settings::set(tx, &dark())?;
                    panic!("on purpose");
                })
                .await
        })
        .await
    };
    assert!(panicked.unwrap_err().is_panic());
    assert_eq!(store.read(settings::get).await.unwrap(), SettingsView::default());
    store.write(move |tx| settings::set(tx, &dark())).await.unwrap();
    assert_eq!(store.read(settings::get).await.unwrap(), dark());
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &MemorySecrets::default()).unwrap().store;
    let error = store
        .read(|conn| conn.execute("DELETE FROM accounts", []).context("trying to write"))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("readonly") || error.to_string().contains("read-only"), "{error}");
}

#[tokio::test]
async fn a_reader_whose_work_panics_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), &MemorySecrets::default()).unwrap().store;
    for _ in 0..20 {
        let store = store.clone();
        let read = tokio::spawn(async move { store.read::<()>(|_| panic!("on purpose")).await });
        assert!(read.await.unwrap_err().is_panic());
    }
    store.read(settings::get).await.unwrap();
}

#[tokio::test]
async fn a_store_that_is_gone_leaves_nobody_at_work_on_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    let now = || Timestamp::from_millis(1_770_091_506_000);
    for round in 0..10 {
        let store = open(folder.path(), &secrets).unwrap().store;
        store
            .write(|tx| {
                tx.execute_batch("PRAGMA wal_autocheckpoint = 0").context("keeping the log")?;
                tx.execute_batch("CREATE TABLE filler AS SELECT randomblob(8000000) AS bytes")
                    .context("filling")
            })
            .await
            .unwrap();
        store.checkpoint_soon();
        drop(store);
        // Only who is alone may begin anew.
        let anew = Store::open_anew(folder.path(), &secrets, now());
        assert!(anew.is_ok(), "round {round}: {:?}", anew.err());
    }
}
