//! kill -9 at random points of an apply: nothing is lost and nothing is done twice, counted at the service.

use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rollcall_core::api::*;
use rollcall_core::model::{BlockReason, ChangeState, Edit};
use rollcall_core::secrets::{MemorySecrets, SecretStore};
use rollcall_tests::hub::{TestHub, impatient};
use serde_json::json;
use tokio::io::AsyncWriteExt;

use super::{Fixture, create, update};

/// `ROLLCALL_KILLS` for a longer campaign.
fn kills() -> u32 {
    std::env::var("ROLLCALL_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(60)
}

/// Runs the probe: a program that opens the folder and applies the queue. Kills it after `life`, if that is given.
async fn probe(folder: &std::path::Path, secrets: &MemorySecrets, life: Option<Duration>) {
    let mut child = tokio::process::Command::new(env!("CARGO_BIN_EXE_apply-probe"))
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    for name in secrets.names() {
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
async fn an_apply_killed_again_and_again_loses_nothing_and_does_nothing_twice() {
    let fixture = Fixture::new(20).await;
    let Fixture { mut service, mut test, account, mut folder } = fixture;
    let secrets = Arc::clone(&test.secrets);
    // The time that a whole apply takes, so that kills spread over it.
    let mut whole = None;
    let (mut created, mut before, mut after, mut unknown) = (0_u64, 0, 0, 0);
    let kills = kills();
    for round in 0..=kills {
        let fixture = Fixture { service, test, account, folder };
        let users = fixture.users().await;
        let user = &users[round as usize % users.len()];
        let name = fixture.row(user).await.unwrap().display_name;
        let edits = vec![
            create(&format!("new_{round}_a")),
            update(user, "name", json!(name), json!(format!("Round {round}"))),
            create(&format!("new_{round}_b")),
            Edit::CreateToken { owner: user.clone(), name: format!("token {round}"), expires_at: None },
        ];
        let user = user.clone();
        let proposed = fixture.propose(edits).await;
        assert!(proposed.changes.iter().all(Option::is_some), "{proposed:?}");
        let Fixture { service: s, test: t, account: _, folder: f } = fixture;
        (service, folder) = (s, f);
        drop(t);
        let begun = Instant::now();
        match whole {
            None => {
                probe(folder.path(), &secrets, None).await;
                whole = Some(begun.elapsed());
            }
            Some(whole) => probe(folder.path(), &secrets, Some(moment(whole, round, kills))).await,
        }
        test = TestHub::open_with(folder.path(), Arc::clone(&secrets), impatient()).await;
        let fixture = Fixture { service, test, account, folder };
        let left = fixture.lines().await;
        if left.is_empty() {
            after += 1
        } else {
            before += 1
        }
        assert!(left.iter().all(|line| line.state != ChangeState::Sent), "round {round}: {left:?}");
        // Everything left is settled: a sync tells what became of the unknown, a person tries the others again.
        if left.iter().any(|line| matches!(line.blocked, Some(BlockReason::OutcomeUnknown { .. }))) {
            unknown += 1;
            fixture.test.sync_well(account).await;
        }
        for line in fixture.lines().await.iter().filter(|line| line.state == ChangeState::Blocked) {
            assert_eq!(line.blocked, Some(BlockReason::OutcomeUnknown { denied: true }), "round {round}");
            let choice =
                ResolveChangeRequest { change_id: line.change_id.unwrap(), choice: ChangeChoice::TryAgain };
            fixture.test.hub.resolve_change(choice).await.unwrap();
        }
        if !fixture.lines().await.is_empty() {
            fixture.apply().await;
        }
        assert_eq!(fixture.lines().await.len(), 0, "round {round}");
        created += 1;
        // Counted at the service: each effect once.
        let people = fixture.service.people().await;
        let is_new = |(name, _): &&(String, String)| name.starts_with("new_");
        assert_eq!(people.values().filter(is_new).count() as u64, 2 * created, "round {round}");
        assert_eq!(fixture.writes("POST", "/api/users"), 2 * created, "round {round}");
        let tokens = fixture.writes("POST", "/api/users/{userId}/personal-access-tokens");
        assert_eq!(tokens, created, "round {round}");
        assert_eq!(fixture.at_service(&user, "name").await, json!(format!("Round {round}")));
        assert_eq!(fixture.test.people(account).await, people, "round {round}: the mirror is the service");
        let Fixture { service: s, test: t, account: _, folder: f } = fixture;
        (service, test, folder) = (s, t, f);
    }
    println!(
        "{kills} kills: {before} before the end of an apply, {after} after it; {unknown} needed a read to tell"
    );
    assert!(before >= kills / 5, "the kills did not spread over the apply: {before} before its end");
    drop(test);
    drop(service);
}

/// Evenly over the whole of an apply, and a little beyond it, in no order.
fn moment(whole: Duration, round: u32, kills: u32) -> Duration {
    let scattered = (u64::from(round) * 2_654_435_761) % u64::from(kills.max(1));
    whole.mul_f64(1.15) * u32::try_from(scattered).unwrap_or(0) / kills.max(1)
}
