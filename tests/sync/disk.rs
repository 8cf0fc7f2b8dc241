//! A full disk: a clear message, and the mirror as it was.

use rollcall_core::api::ErrorCode;
use rollcall_core::model::RunState;
use rollcall_sandbox::Quirks;
use rollcall_tests::hub::TestHub;
use rollcall_tests::service::{Service, TOKEN};

/// Names the small disk in the process that has it.
const SMALL_DISK: &str = "ROLLCALL_TEST_SMALL_DISK";

/// Runs this very test again in a mount namespace with a disk of 3 MiB; needs no rights but those of a user namespace.
#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    if let Some(disk) = std::env::var_os(SMALL_DISK) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(on_small_disk(std::path::Path::new(&disk)));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=3m none \"$1\" && exec \"$2\" --exact disk::a_full_disk_is_said_and_loses_nothing";
    let status = std::process::Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", script, "sh"])
        .arg(folder.path())
        .arg(std::env::current_exe().unwrap())
        .env(SMALL_DISK, folder.path())
        .status()
        .unwrap();
    assert!(status.success(), "the test on the small disk failed");
}

async fn on_small_disk(disk: &std::path::Path) {
    let service = Service::start(300, 1, Quirks::default()).await;
    let test = TestHub::open(&disk.join("data")).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    let people = test.people(account).await;
    service.tenant.generate(6_000, 0, 11).await.unwrap();
    let run = test.sync(account).await;
    assert_ne!(run.state, RunState::Succeeded);
    let error = test.account(account).await.sync.error.expect("a message");
    assert_eq!(error.code, ErrorCode::DiskFull, "{error:?}");
    assert_eq!(test.people(account).await, people, "the mirror is as it was");
    // Still there after a restart, and once there is room again the sync goes on.
    let test = test.reopen().await;
    assert_eq!(test.people(account).await, people);
}
