//! Runs.

use rollcall_core::api::{RunErrorView, RunQueryRequest, SyncIssueView};
use rollcall_core::model::{RunState, Stream};
use rollcall_core::query::{get_run, query_runs};

use crate::fixture::Mirror;

#[test]
fn runs_are_listed_newest_first() {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    let runs = [mirror.run(alpha, "succeeded"), mirror.run(beta, "failed"), mirror.run(alpha, "cancelled")];
    let listed = |account_id, offset, limit| {
        let view = query_runs(&mirror.conn, &RunQueryRequest { account_id, offset, limit }).unwrap();
        (view.total, view.runs.into_iter().map(|run| run.id).collect::<Vec<_>>())
    };
    assert_eq!(listed(None, 0, 9), (3, vec![runs[2], runs[1], runs[0]]));
    assert_eq!(listed(None, 1, 1), (3, vec![runs[1]]));
    assert_eq!(listed(Some(alpha), 0, 9), (2, vec![runs[2], runs[0]]));
}

#[test]
fn a_run_tells_its_counts_its_error_and_its_issues() {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    let run = mirror.run(account, "failed");
    let issue =
        "INSERT INTO sync_issues (run_id, stream, remote_id, problem) VALUES (?1, 'groups', 'g1', 'no name')";
    mirror.conn.execute(issue, [run]).unwrap();
    let detail = get_run(&mirror.conn, run).unwrap().unwrap();
    assert_eq!(detail.run.state, RunState::Failed);
    assert_eq!((detail.run.counts.users, detail.run.issues), (3, 1));
    let error = RunErrorView { code: "offline".into(), message: "cannot be reached".into() };
    assert_eq!(detail.run.error, Some(error));
    let issue =
        SyncIssueView { stream: Stream::Groups, remote_id: Some("g1".into()), problem: "no name".into() };
    assert_eq!(detail.issues, [issue]);
    assert_eq!(get_run(&mirror.conn, run + 1).unwrap(), None);
}

#[test]
fn a_run_awaiting_review_names_whom_it_would_remove() {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    let run = mirror.run(account, "awaitingReview");
    for name in ["Zoë", "Ève", "Ann"] {
        mirror
            .conn
            .execute("INSERT INTO sync_removals (run_id, remote_id, name) VALUES (?1, ?2, ?2)", (run, name))
            .unwrap();
    }
    assert_eq!(get_run(&mirror.conn, run).unwrap().unwrap().removals, ["Ann", "Ève", "Zoë"]);
    mirror.conn.execute("UPDATE sync_runs SET state = 'discarded'", []).unwrap();
    assert!(get_run(&mirror.conn, run).unwrap().unwrap().removals.is_empty());
}

#[test]
fn a_state_of_another_version_is_reported_as_damage() {
    let mirror = Mirror::new();
    let run = mirror.run(mirror.account("Alpha"), "paused");
    let error = get_run(&mirror.conn, run).unwrap_err();
    assert_eq!(error.to_string(), "the local data is damaged: the state of a run is not readable");
}
