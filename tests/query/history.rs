//! Activity.

use rollcall_core::api::{HistoryMemberKind, HistoryQueryRequest};
use rollcall_core::model::{AccountId, Action, Subject};
use rollcall_core::query::query_history;

use crate::fixture::Mirror;

fn all() -> HistoryQueryRequest {
    HistoryQueryRequest {
        account_id: None,
        run_id: None,
        subject: None,
        action: None,
        text: String::new(),
        offset: 0,
        limit: 100,
    }
}

/// Six lines in three runs of two accounts; returns the accounts and the runs.
fn mirror() -> (Mirror, [AccountId; 2], [i64; 3]) {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    let runs =
        [mirror.run(alpha, "succeeded"), mirror.run(alpha, "succeeded"), mirror.run(beta, "succeeded")];
    mirror.history(alpha, runs[0], ("user", "u1", "Zoë Müller", None, "added"));
    mirror.history(alpha, runs[0], ("group", "g1", "Staff", None, "added"));
    mirror.history(alpha, runs[1], ("user", "u1", "Zoë Müller", None, "changed"));
    mirror.history(alpha, runs[1], ("membership", "g1", "Staff", Some(("u1", "Zoë Müller")), "removed"));
    mirror.history(beta, runs[2], ("user", "u1", "Zoe Smith", None, "removed"));
    mirror.history(beta, runs[2], ("user", "u2", "Abe", None, "removed"));
    (mirror, [alpha, beta], runs)
}

fn ids(mirror: &Mirror, request: &HistoryQueryRequest) -> (u64, Vec<i64>) {
    let view = query_history(&mirror.conn, request).unwrap();
    (view.total, view.entries.into_iter().map(|entry| entry.id).collect())
}

#[test]
fn history_is_filtered_and_read_newest_first() {
    let (mirror, [alpha, beta], runs) = mirror();
    assert_eq!(ids(&mirror, &all()), (6, vec![6, 5, 4, 3, 2, 1]));
    let request = HistoryQueryRequest { account_id: Some(alpha), ..all() };
    assert_eq!(ids(&mirror, &request), (4, vec![4, 3, 2, 1]));
    let request = HistoryQueryRequest { run_id: Some(runs[1]), ..all() };
    assert_eq!(ids(&mirror, &request), (2, vec![4, 3]));
    let request = HistoryQueryRequest { run_id: Some(runs[1]), account_id: Some(beta), ..all() };
    assert_eq!(ids(&mirror, &request), (0, vec![]));
    let request =
        HistoryQueryRequest { subject: Some(Subject::User), action: Some(Action::Removed), ..all() };
    assert_eq!(ids(&mirror, &request), (2, vec![6, 5]));
}

#[test]
fn words_are_found_in_the_names_of_users_groups_and_members() {
    let (mirror, [alpha, _], runs) = mirror();
    let found = |text: &str, request: HistoryQueryRequest| {
        ids(&mirror, &HistoryQueryRequest { text: text.to_owned(), ..request })
    };
    assert_eq!(found("ZOE", all()), (4, vec![5, 4, 3, 1]));
    assert_eq!(found("muller staff", all()), (1, vec![4]));
    assert_eq!(
        found("zoë", HistoryQueryRequest { account_id: Some(alpha), offset: 1, limit: 1, ..all() }),
        (3, vec![3])
    );
    assert_eq!(found("zoe", HistoryQueryRequest { run_id: Some(runs[2]), ..all() }), (1, vec![5]));
    assert_eq!(found("staffzoe", all()), (0, vec![]));
}

#[test]
fn pages_of_history_are_disjoint_and_complete() {
    let (mirror, _, _) = mirror();
    for text in ["", "e"] {
        let whole = ids(&mirror, &HistoryQueryRequest { text: text.into(), ..all() });
        let pages = (0..4).flat_map(|page| {
            let request = HistoryQueryRequest { text: text.into(), offset: page * 2, limit: 2, ..all() };
            let (total, ids) = ids(&mirror, &request);
            assert_eq!(total, whole.0);
            ids
        });
        assert_eq!(pages.collect::<Vec<_>>(), whole.1, "{text}");
    }
}

#[test]
fn a_line_has_its_old_and_new_values() {
    let (mirror, _, _) = mirror();
    let entry = query_history(&mirror.conn, &all()).unwrap().entries.swap_remove(3);
    assert_eq!((entry.subject, entry.action), (Subject::User, Action::Changed));
    assert_eq!(entry.field.as_deref(), Some("title"));
    assert_eq!(entry.before, Some(serde_json::json!("old")));
    assert_eq!(entry.after, Some(serde_json::json!({ "new": [1] })));
}

#[test]
fn the_other_end_of_a_line_is_told_from_users_groups_and_applications_even_when_it_is_gone() {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    let run = mirror.run(account, "succeeded");
    mirror.group(account, "inner", "Inner", None);
    mirror.application(account, "app", "Job", false);
    mirror.add(account, &crate::fixture::user("u1", "Zoë"));
    mirror.history(account, run, ("group", "was", "Was", None, "removed"));
    for member in ["u1", "inner", "was", "app", "gone"] {
        mirror.history(account, run, ("membership", "g1", "Staff", Some((member, member)), "added"));
    }
    let entries = query_history(&mirror.conn, &all()).unwrap().entries;
    let kinds: Vec<_> = entries.iter().rev().map(|entry| entry.member_kind).collect();
    let (user, group) = (HistoryMemberKind::User, HistoryMemberKind::Group);
    let expected = [Some(user), Some(group), Some(group), Some(HistoryMemberKind::Application), Some(user)];
    assert_eq!(kinds, [&[None], &expected[..]].concat());
}
