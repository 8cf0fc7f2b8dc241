//! A service that has no paging and tells of each monitor separately who may do what with it: twenty thousand requests, against
//! a bare client that sends the same ones, as many at once.
//!
//! Nobody measured how long the real one takes; here it is a hundredth of a second, and for every tenth request five. From
//! another country it takes longer, and what we do between two answers weighs less.

use std::path::Path;
use std::time::Duration;

use rollcall_core::remote::ClientSettings;

use crate::bare;
use crate::mirror;
use crate::report::Report;
use crate::serve::{self, Dialect};
use crate::sync::{compare, requests, told};

/// Of one answer.
const PAUSE: Duration = Duration::from_millis(10);
const OPERATORS: usize = 2_000;
const WHAT: &str = "Uptrends, 2000 operators and 20000 monitors";

/// Measures.
pub async fn measure(report: &mut Report, folder: &Path, rounds: usize) {
    let service = serve::start_pausing(folder, Dialect::Uptrends, OPERATORS, PAUSE);
    let [first, second] = requests(folder, Dialect::Uptrends, &service.address).await;
    let at_once = ClientSettings::default().concurrency;
    let mirror = folder.join("mirror-uptrends");
    let mut times: [Vec<Duration>; 4] = Default::default();
    let [full, bare_full, unchanged, bare_unchanged] = &mut times;
    let mut memory = 0;
    for round in 0..rounds {
        eprintln!("uptrends, round {} of {rounds}", round + 1);
        let _ = std::fs::remove_dir_all(&mirror);
        let outcomes = mirror::sync_folder(&mirror, Dialect::Uptrends, &service.address, 2);
        let [whole, again] = outcomes.as_slice() else { panic!("two syncs") };
        // With the account administrator.
        assert_eq!(whole.users as usize, OPERATORS + 1, "everybody is in the mirror");
        full.push(whole.wall);
        bare_full.push(bare::download(folder, Dialect::Uptrends, &first, at_once));
        unchanged.push(again.wall);
        bare_unchanged.push(bare::download(folder, Dialect::Uptrends, &second, at_once));
        memory = memory.max(again.peak.saturating_sub(whole.idle));
        told(whole, again);
    }
    let [full, bare_full, unchanged, bare_unchanged] = &times;
    compare(
        report,
        &format!("full sync, {WHAT}: {} requests, {at_once} at once", first.len()),
        full,
        bare_full,
        1.15,
    );
    compare(report, &format!("second sync, {WHAT}, nothing changed"), unchanged, bare_unchanged, 1.15);
    report.tell(
        &format!("memory of the core while syncing {WHAT}"),
        &format!("{} MB above idle", memory / 1_000_000),
    );
}
