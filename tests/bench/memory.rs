//! Memory of the core above idle while it syncs the large account.

use std::path::Path;

use crate::report::Report;
use crate::stopwatch::shown;
use crate::{mirror, serve};

const LIMIT_MB: u64 = 60;

/// Measures; leaves the mirror for the search.
pub fn measure(report: &mut Report, folder: &Path, users: usize) {
    let service = serve::start(folder, users);
    let mirror = mirror::folder_of(folder, users);
    let _ = std::fs::remove_dir_all(&mirror);
    eprintln!("syncing {users} users");
    let outcomes = mirror::sync_folder(&mirror, &service.address, 1);
    let outcome = outcomes.first().expect("one sync");
    assert_eq!(outcome.users as usize, users, "everybody is in the mirror");
    if outcome.peak == 0 {
        eprintln!("this system does not tell how much memory a process uses");
        return;
    }
    let above = outcome.peak.saturating_sub(outcome.idle) / 1_000_000;
    report.add(
        &format!("memory of the core while syncing {users} users (in {})", shown(outcome.wall)),
        &format!("{above} MB above idle"),
        &format!("idle {} MB", outcome.idle / 1_000_000),
        &format!("≤ {LIMIT_MB} MB above idle"),
        above <= LIMIT_MB,
    );
}
