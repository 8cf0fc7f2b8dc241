//! kill -9 at random points of a Logto sync: the mirror is whole each time, and the next run goes on.

use std::sync::Arc;
use std::time::Instant;

use rollcall_sandbox::{Fault, FaultRule, LogtoLoad, LogtoQuirks, Mutation, When};
use rollcall_tests::hub::{TestHub, difference, impatient};
use rollcall_tests::logto::LogtoService;

use super::kill::{account_key, probe};

const KILLS: u32 = 24;

#[tokio::test(flavor = "multi_thread")]
async fn a_logto_sync_killed_again_and_again_leaves_a_whole_mirror_each_time() {
    let load = LogtoLoad { users: 4_000, organizations: 5, roles: 3, ties: 1, seed: 53 };
    let service = LogtoService::start(load, LogtoQuirks::default()).await;
    // Lists take their time, so that most kills hit a run that has kept something; what is asked user by user does not.
    for list in ["/api/users$", "/api/roles", "/api/organization", "/api/applications"] {
        let fault = Fault::Latency { milliseconds: 30 };
        let rule = FaultRule { method: None, path: Some(list.to_owned()), when: When::Always, fault };
        service.tenant.add_fault(rule);
    }
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = service.connect(&test).await;
    test.sync_well(account).await;
    test.wait_for_details(account).await;
    let secrets = Arc::clone(&test.secrets);
    let key = account_key(&secrets);
    drop(test);
    let begun = Instant::now();
    probe(folder.path(), &secrets, &key, None).await;
    let whole = begun.elapsed();

    let mut known = service.people().await;
    let (mut killed, mut resumed) = (0, 0);
    for round in 0..KILLS {
        let change =
            Mutation { creates: 5, deletes: 5, renames: 10, seed: u64::from(round), ..Mutation::default() };
        service.tenant.mutate(change).await.unwrap();
        let truth = service.people().await;
        probe(folder.path(), &secrets, &key, Some(whole.mul_f64(1.3) * round / KILLS)).await;
        let test = TestHub::open_with(folder.path(), Arc::clone(&secrets), impatient()).await;
        let mirror = test.people(account).await;
        assert!(mirror == known || mirror == truth, "round {round}: a mirror that never was");
        killed += u32::from(mirror != truth);
        // Where in a run a kill hits depends on how busy the machine is: until one run went on, every kill is followed up.
        let follow_up = round % 6 == 5 || (resumed == 0 && mirror != truth && killed >= KILLS / 4);
        known = mirror;
        if follow_up {
            let run = test.sync_well(account).await;
            resumed += u32::from(run.resumed);
            // What an interrupted run read may have changed since; who is there may not.
            assert!(run.proofs.iter().all(|proof| proof.complete), "round {round}: {:?}", run.proofs);
            let mirror = test.people(account).await;
            assert!(mirror.keys().eq(truth.keys()), "round {round}: {}", difference(&mirror, &truth));
            test.sync_well(account).await;
            assert_eq!(difference(&test.people(account).await, &truth), "", "round {round}");
            test.wait_for_details(account).await;
            known = truth;
        }
    }
    println!("{KILLS} kills: {killed} before the end of a run; {resumed} runs went on from one");
    assert!(killed >= KILLS / 4, "the kills did not spread over the run: {killed}");
    assert!(resumed >= 1, "no run went on from a killed one");
}
