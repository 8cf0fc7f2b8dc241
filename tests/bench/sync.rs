//! A whole sync, and a second one with nothing changed, each against a bare client with the same requests; and the merge
//! against a bare bulk insert.
//!
//! The service takes as long for a page as the fastest real one that was measured (Logto 1.42 on two cores: 5,000 users a
//! second). The sandbox alone is fifty times faster than that: against it, what a sync writes to the disk would be compared
//! with throwing bytes away. How long the core takes then is shown without a goal.

use std::path::Path;
use std::time::Duration;

use crate::child::Role;
use crate::mirror::{self, Outcome};
use crate::recorder::Recorder;
use crate::report::Report;
use crate::serve::{self, Dialect};
use crate::stopwatch::{median, ratio, shown};
use crate::{bare, merge};

/// Of a page of 500 users.
const PAUSE: Duration = Duration::from_millis(100);

/// Measures with a service of so many users.
pub async fn measure(report: &mut Report, folder: &Path, users: usize, rounds: usize) {
    flat_out(report, folder, users);
    let service = serve::start_pausing(folder, Dialect::Scim, users, PAUSE);
    let [first, second] = requests(folder, Dialect::Scim, &service.address).await;
    let mut times: [Vec<Duration>; 4] = Default::default();
    let [full, bare_full, unchanged, bare_unchanged] = &mut times;
    let (mut merged, mut inserted) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        eprintln!("sync, round {} of {rounds}", round + 1);
        let mirror = mirror::folder_of(folder, users);
        let _ = std::fs::remove_dir_all(&mirror);
        let outcomes = mirror::sync_folder(&mirror, Dialect::Scim, &service.address, 2);
        let [whole, again] = outcomes.as_slice() else { panic!("two syncs") };
        assert_eq!(whole.users as usize, users, "everybody is in the mirror");
        full.push(whole.wall);
        bare_full.push(bare::download(folder, Dialect::Scim, &first, 1));
        unchanged.push(again.wall);
        bare_unchanged.push(bare::download(folder, Dialect::Scim, &second, 1));
        merged.push(whole.applying);
        inserted.push(merge::bulk_insert(&mirror, folder));
        told(whole, again);
    }
    let [full, bare_full, unchanged, bare_unchanged] = &times;
    compare(
        report,
        &format!("full sync, {users} users, from a service that gives 5,000 a second"),
        full,
        bare_full,
        1.15,
    );
    compare(report, "second sync, nothing changed", unchanged, bare_unchanged, 1.05);
    let share = ratio(median(&inserted), median(&merged)) * 100.0;
    report.add(
        "merge of the complete listing into the mirror, index included",
        &rate(users, median(&merged)),
        &format!("bare bulk insert {}", rate(users, median(&inserted))),
        &format!("≥ 50 % of the rate (is {share:.0} %)"),
        share >= 50.0,
    );
}

/// With a service that is never waited for.
fn flat_out(report: &mut Report, folder: &Path, users: usize) {
    let service = serve::start(folder, Dialect::Scim, users);
    let mirror = mirror::folder_of(folder, users);
    let _ = std::fs::remove_dir_all(&mirror);
    let outcomes = mirror::sync_folder(&mirror, Dialect::Scim, &service.address, 2);
    let [whole, again] = outcomes.as_slice() else { panic!("two syncs") };
    told(whole, again);
    report.tell(
        &format!("full sync, {users} users, from a service that is never waited for"),
        &format!("{} ({})", shown(whole.wall), rate(users, whole.wall)),
    );
    report.tell(
        "second sync with it, nothing changed",
        &format!("{} ({})", shown(again.wall), rate(users, again.wall)),
    );
}

pub fn told(whole: &Outcome, again: &Outcome) {
    eprintln!("whole {whole:?}\nagain {again:?}");
}

pub fn compare(report: &mut Report, what: &str, measured: &[Duration], bare: &[Duration], goal: f64) {
    let (measured, bare) = (median(measured), median(bare));
    let is = ratio(measured, bare);
    report.add(
        what,
        &shown(measured),
        &format!("bare download {}", shown(bare)),
        &format!("≤ {goal} × (is {is:.2} ×)"),
        is <= goal,
    );
}

fn rate(users: usize, time: Duration) -> String {
    format!("{:.0} users/s", users as f64 / time.as_secs_f64())
}

/// What a first and a second sync ask for.
pub async fn requests(folder: &Path, dialect: Dialect, address: &str) -> [Vec<String>; 2] {
    let recorder = Recorder::before(address).await;
    let mirror = folder.join("recorded");
    let _ = std::fs::remove_dir_all(&mirror);
    let through = recorder.address.clone();
    let walked = move || {
        let mut role =
            Role::start(&["mirror", dialect.argument(), &mirror.display().to_string(), &through, "2"]);
        role.line();
        recorder.take();
        [(); 2].map(|()| {
            role.go_on();
            let _: Outcome = role.result();
            recorder.take()
        })
    };
    tokio::task::spawn_blocking(walked).await.expect("recorded requests")
}
