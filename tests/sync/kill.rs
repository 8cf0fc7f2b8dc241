//! kill -9 at random points of a sync: the mirror is whole each time, and the next run goes on.

use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rollcall_core::secrets::{MemorySecrets, SecretStore};
use rollcall_sandbox::{Mutation, Quirks};
use rollcall_tests::hub::{TestHub, impatient};
use rollcall_tests::service::{Service, TOKEN};
use tokio::io::AsyncWriteExt;

const KILLS: u32 = 100;

/// Runs the probe: a program that opens the folder and syncs the account. Kills it after `life`, if that is given.
pub async fn probe(folder: &std::path::Path, secrets: &MemorySecrets, key: &str, life: Option<Duration>) {
    let mut child = tokio::process::Command::new(env!("CARGO_BIN_EXE_sync-probe"))
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    for name in ["database-key".to_owned(), format!("account:{key}")] {
        let secret = secrets.find(&name).unwrap().unwrap();
        input.write_all(format!("{name} {}\n", secret.expose()).as_bytes()).await.unwrap();
    }
    drop(input);
    match life {
        Some(life) => {
            tokio::time::sleep(life).await;
            // SIGKILL on Unix.
            child.start_kill().unwrap();
            child.wait().await.unwrap();
        }
        None => assert!(child.wait().await.unwrap().success()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_killed_a_hundred_times_leaves_a_whole_mirror_each_time() {
    let service = Service::start(1_500, 6, Quirks { max_results: 60, ..Quirks::default() }).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &service.address(), TOKEN).await;
    test.sync_well(account).await;
    let secrets = Arc::clone(&test.secrets);
    let key = account_key(&secrets);
    drop(test);
    service.tenant.mutate(Mutation { creates: 1, ..Mutation::default() }).await.unwrap();
    let begun = Instant::now();
    probe(folder.path(), &secrets, &key, None).await;
    let whole = begun.elapsed();

    let mut known = service.people().await;
    let (mut old, mut new, mut resumed) = (0, 0, 0);
    for round in 0..KILLS {
        let change = Mutation { creates: 20, deletes: 20, renames: 40, moves: 10, seed: u64::from(round) };
        service.tenant.mutate(change).await.unwrap();
        let truth = service.people().await;
        // Evenly over the whole of a run, and a little beyond it.
        probe(folder.path(), &secrets, &key, Some(whole.mul_f64(1.5) * round / KILLS)).await;
        let test = TestHub::open_with(folder.path(), Arc::clone(&secrets), impatient()).await;
        let mirror = test.people(account).await;
        assert!(mirror == known || mirror == truth, "round {round}: a mirror that never was");
        if mirror == truth {
            new += 1
        } else {
            old += 1
        }
        if round % 10 == 9 {
            let run = test.sync_well(account).await;
            resumed += u32::from(run.resumed);
            assert_eq!(test.people(account).await, truth, "round {round}");
            known = truth;
        } else {
            known = mirror;
        }
    }
    println!(
        "{KILLS} kills: {old} before the end of a run, {new} after it; {resumed} of 10 runs went on from one"
    );
    assert!(
        old >= 20 && new >= 1,
        "the kills did not spread over the run: {old} before, {new} after its end"
    );
    assert!(resumed >= 1, "no run went on from a killed one");
}

/// The name of the one account's keychain entry is random; it is the only one there beside the key.
pub fn account_key(secrets: &MemorySecrets) -> String {
    secrets
        .names()
        .into_iter()
        .find_map(|name| name.strip_prefix("account:").map(str::to_owned))
        .expect("the credential of the account")
}
