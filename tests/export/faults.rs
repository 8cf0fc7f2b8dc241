//! What goes wrong leaves no half file, and never costs the file that was there.

use std::path::Path;

use rollcall_core::api::{ErrorCode, ExportFormat, ExportRequest, HubEvent, ListRequest, UserColumn};

use crate::asked::{choose, column, export, names, synced, users};

/// Names the small disk in the process that has it.
const SMALL_DISK: &str = "ROLLCALL_TEST_SMALL_DISK";

fn everybody(format: ExportFormat) -> rollcall_core::api::ExportListRequest {
    let columns = ["displayName", "userName", "email", "title", "department", "id"];
    let list = ListRequest::Users(users("", UserColumn::DisplayName, false));
    export(list, columns.iter().map(|id| column(id, id)).collect(), format)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_gone_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (_service, test, _) = synced(folder.path(), 5).await;
    choose(&test, &folder.path().join("gone/users.csv"));
    let error = test.hub.export_list(everybody(ExportFormat::Csv)).await.unwrap_err();
    assert_eq!((error.code, error.reason.as_deref()), (ErrorCode::FileNotWritten, Some("fileNoFolder")));
    assert!(error.detail.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_export_leaves_the_file_that_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let (_service, test, _) = synced(folder.path(), 4_000).await;
    let files = folder.path().join("files");
    std::fs::create_dir(&files).unwrap();
    for format in [ExportFormat::Csv, ExportFormat::Xlsx] {
        let file = files.join(if format == ExportFormat::Csv { "users.csv" } else { "users.xlsx" });
        std::fs::write(&file, "before").unwrap();
        choose(&test, &file);
        test.events.take();
        let hub = test.hub.clone();
        let running = tokio::spawn(async move { hub.export_list(everybody(format)).await });
        while !test.events.take().iter().any(|event| matches!(event, HubEvent::ExportProgress { .. })) {
            tokio::task::yield_now().await;
        }
        assert!(test.hub.cancel_export(ExportRequest { export: 1 }).await.unwrap().found);
        let error = running.await.unwrap().unwrap_err();
        assert_eq!(error.code, ErrorCode::Cancelled);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "before");
        std::fs::remove_file(&file).unwrap();
        assert!(names(&files).is_empty(), "{:?}", names(&files));
        assert!(!test.hub.cancel_export(ExportRequest { export: 1 }).await.unwrap().found, "it has ended");
    }
}

/// Runs this very test again in a mount namespace with a disk of 1 MiB and one that cannot be written.
#[test]
fn a_full_disk_and_a_forbidden_one_are_said_and_lose_nothing() {
    if let Some(disk) = std::env::var_os(SMALL_DISK) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(on_small_disk(Path::new(&disk)));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["small", "locked"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let script = "mount -t tmpfs -o size=256k none \"$1/small\" && mount -t tmpfs -o ro none \"$1/locked\" &&
        exec \"$2\" --exact faults::a_full_disk_and_a_forbidden_one_are_said_and_lose_nothing";
    let status = std::process::Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", script, "sh"])
        .arg(folder.path())
        .arg(std::env::current_exe().unwrap())
        .env(SMALL_DISK, folder.path())
        .status()
        .unwrap();
    assert!(status.success(), "the test on the small disk failed");
}

async fn on_small_disk(disk: &Path) {
    let (_service, test, _) = synced(disk, 4_000).await;
    let small = disk.join("small");
    for (format, name) in [(ExportFormat::Csv, "users.csv"), (ExportFormat::Xlsx, "users.xlsx")] {
        let file = small.join(name);
        std::fs::write(&file, "before").unwrap();
        choose(&test, &file);
        let error = test.hub.export_list(everybody(format)).await.unwrap_err();
        assert_eq!((error.code, error.reason.as_deref()), (ErrorCode::FileNotWritten, Some("fileNoRoom")));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "before");
        assert_eq!(names(&small), [name], "nothing half is left");
        std::fs::remove_file(&file).unwrap();
    }
    choose(&test, &disk.join("locked/users.csv"));
    let error = test.hub.export_list(everybody(ExportFormat::Csv)).await.unwrap_err();
    assert_eq!((error.code, error.reason.as_deref()), (ErrorCode::FileNotWritten, Some("fileForbidden")));
}
