//! Nothing readable on the disk, and nothing without the key.

use rollcall_core::api::SettingsView;
use rollcall_core::secrets::{MemorySecrets, SecretStore};
use rollcall_core::store::{DATABASE_FILE, KEY_NAME, StoreError, settings};

use super::{beside, open};

const CANARY: &str = "canary-b5c1e0f2-in-the-settings";

async fn write_canary(store: &rollcall_core::store::Store) {
    let mut settings = SettingsView::default();
    settings.grid_layouts.insert(CANARY.to_owned(), Vec::new());
    store.write(move |tx| settings::set(tx, &settings)).await.unwrap();
}

#[tokio::test]
async fn no_file_in_the_folder_has_a_readable_byte_of_what_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    let store = open(folder.path(), &secrets).unwrap().store;
    write_canary(&store).await;
    let key = secrets.find(KEY_NAME).unwrap().unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for readable in [CANARY.as_bytes(), b"SQLite format 3", b"CREATE TABLE", key.expose().as_bytes()] {
            let found = bytes.windows(readable.len()).any(|window| window == readable);
            assert!(!found, "{} is readable in {}", String::from_utf8_lossy(readable), path.display());
        }
    }
}

#[tokio::test]
async fn without_the_key_or_with_another_the_database_does_not_open() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    write_canary(&open(folder.path(), &secrets).unwrap().store).await;
    let count = "SELECT count(*) FROM sqlite_schema";
    let bare = rusqlite::Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    assert!(bare.query_row(count, [], |row| row.get::<_, i64>(0)).is_err());
    let other = rusqlite::Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    other.pragma_update(None, "key", format!("x'{}'", "ab".repeat(32))).unwrap();
    assert!(other.query_row(count, [], |row| row.get::<_, i64>(0)).is_err());
    let right = beside(folder.path(), &secrets);
    assert!(right.query_row(count, [], |row| row.get::<_, i64>(0)).unwrap() > 5);
}

#[tokio::test]
async fn data_whose_key_is_gone_is_left_untouched_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = MemorySecrets::default();
    write_canary(&open(folder.path(), &secrets).unwrap().store).await;
    let key = secrets.find(KEY_NAME).unwrap().unwrap();
    secrets.delete(KEY_NAME).unwrap();
    let before = std::fs::read(folder.path().join(DATABASE_FILE)).unwrap();
    let error = open(folder.path(), &secrets).err().unwrap();
    assert!(matches!(error, rollcall_core::Error::Store(StoreError::KeyMissing)), "{error:?}");
    assert_eq!(std::fs::read(folder.path().join(DATABASE_FILE)).unwrap(), before);
    assert!(secrets.find(KEY_NAME).unwrap().is_none(), "no new key that would hide the old one");
    secrets.set(KEY_NAME, &key).unwrap();
    let store = open(folder.path(), &secrets).unwrap().store;
    assert!(store.read(settings::get).await.unwrap().grid_layouts.contains_key(CANARY));
}

#[cfg(unix)]
#[test]
fn the_folder_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    open(&folder, &MemorySecrets::default()).unwrap();
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
}
