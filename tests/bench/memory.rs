//! Memory of the core above idle while it syncs the large account, of either kind of service.

use std::path::Path;

use crate::mirror;
use crate::report::Report;
use crate::serve::{self, Dialect};
use crate::stopwatch::shown;

const LIMIT_MB: u64 = 60;

/// Measures; leaves the mirror of the SCIM service for the search.
pub fn measure(report: &mut Report, folder: &Path, users: usize) {
    measure_one(report, folder, Dialect::Scim, &mirror::folder_of(folder, users), users);
    let mirror = folder.join("mirror-logto");
    measure_one(report, folder, Dialect::Logto, &mirror, users);
    let _ = std::fs::remove_dir_all(&mirror);
}

fn measure_one(report: &mut Report, folder: &Path, dialect: Dialect, mirror: &Path, users: usize) {
    let service = serve::start(folder, dialect, users);
    let _ = std::fs::remove_dir_all(mirror);
    let kind = match dialect {
        Dialect::Scim => "SCIM",
        Dialect::Logto => "Logto",
        Dialect::Uptrends => "Uptrends",
    };
    eprintln!("syncing {users} {kind} users");
    let outcomes = mirror::sync_folder(mirror, dialect, &service.address, 1);
    let outcome = outcomes.first().expect("one sync");
    assert_eq!(outcome.users as usize, users, "everybody is in the mirror");
    if outcome.peak == 0 {
        eprintln!("this system does not tell how much memory a process uses");
        return;
    }
    let above = outcome.peak.saturating_sub(outcome.idle) / 1_000_000;
    report.add(
        &format!("memory of the core while syncing {users} {kind} users (in {})", shown(outcome.wall)),
        &format!("{above} MB above idle"),
        &format!("idle {} MB", outcome.idle / 1_000_000),
        &format!("≤ {LIMIT_MB} MB above idle"),
        above <= LIMIT_MB,
    );
}
