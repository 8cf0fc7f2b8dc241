use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;
use serde_json::json;

use super::*;
use crate::model::{
    Address, Authentication, EditKind, EditableField, FieldEdit, FieldKind, Paging, PasswordChoice,
    ProviderKind,
};

const NOW: Timestamp = Timestamp::from_millis(1_000);

fn account() -> Account {
    Account {
        id: AccountId(1),
        key: "k".to_owned(),
        provider: ProviderKind::Scim,
        name: "Acme".to_owned(),
        address: Address::parse("https://acme.example").unwrap(),
        authentication: Authentication::Bearer,
        certificate_authority: None,
        sample: false,
        signed_in: true,
        sync_interval_minutes: None,
        created_at: NOW,
    }
}

fn capabilities() -> Capabilities {
    Capabilities {
        described: true,
        users: true,
        groups: true,
        streams: Vec::new(),
        details: false,
        sign_ins: false,
        log: false,
        paging: Paging::Index,
        max_page_size: None,
        filter: true,
        sort: true,
        etag: true,
        patch: true,
        bulk: false,
        change_password: true,
        edits: vec![EditKind::CreateUser, EditKind::UpdateUser, EditKind::SetUserActive],
        user_fields: vec![EditableField {
            path: "userName".to_owned(),
            kind: FieldKind::UserName,
            required: true,
            max_length: None,
        }],
        group_fields: Vec::new(),
        role_fields: Vec::new(),
        invitations: None,
        facts: None,
        documentation: None,
    }
}

/// An empty mirror with one account.
fn database() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    conn.set_prepared_statement_cache_capacity(64);
    for step in [
        include_str!("../../../sql/0001_foundation.sql"),
        include_str!("../../../sql/0002_directory.sql"),
        include_str!("../../../sql/0003_saved_filters.sql"),
        include_str!("../../../sql/0004_changes.sql"),
        include_str!("../../../sql/0005_tokens.sql"),
        include_str!("../../../sql/0006_resources.sql"),
        include_str!("../../../sql/0007_rosters.sql"),
        include_str!("../../../sql/0008_scheduled_changes.sql"),
        include_str!("../../../sql/0009_imported_api_users.sql"),
        include_str!("../../../sql/0010_recipients.sql"),
    ] {
        conn.execute_batch(step).unwrap();
    }
    let mut conn = conn;
    let tx = conn.transaction().unwrap();
    crate::store::accounts::insert(&tx, &account()).unwrap();
    tx.commit().unwrap();
    conn
}

fn suspend(number: usize) -> Edit {
    Edit::SetUserActive { user: RemoteId::new(format!("u{number}")), active: false }
}

/// Steps of the database's machine that it takes to propose `edits` to a queue of `waiting` others.
fn steps(waiting: usize, edits: &[Edit]) -> u64 {
    let mut conn = database();
    let before: Vec<Edit> = (0..waiting).map(|number| suspend(1_000_000 + number)).collect();
    let tx = conn.transaction().unwrap();
    propose(&tx, &account(), Some(&capabilities()), &before, NOW).unwrap();
    tx.commit().unwrap();
    let steps = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&steps);
    let count = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        false
    };
    conn.progress_handler(1, Some(count)).unwrap();
    let tx = conn.transaction().unwrap();
    let proposed = propose(&tx, &account(), Some(&capabilities()), edits, NOW).unwrap();
    assert_eq!((proposed.problems.len(), proposed.changes.len()), (0, edits.len()));
    tx.commit().unwrap();
    steps.load(Ordering::Relaxed)
}

fn many(count: usize) -> Vec<Edit> {
    (0..count).map(suspend).collect()
}

/// What is read grows with the edits, not with their square: the queue is read once, and kept in memory from then on.
#[test]
fn ten_times_as_many_edits_read_ten_times_as_much() {
    let (few, more) = (steps(0, &many(200)), steps(0, &many(2_000)));
    assert!(more < 11 * few, "{few} steps for 200 edits, {more} for 2,000");
    // What waits already is read once, however many edits come.
    let (beside_none, beside_many) = (steps(0, &many(2_000)), steps(2_000, &many(2_000)));
    let once = steps(2_000, &many(1)) - steps(0, &many(1));
    assert!(
        beside_many - beside_none < 2 * once,
        "{beside_none} steps, {beside_many} beside 2,000; once: {once}"
    );
}

#[test]
fn ten_thousand_edits_are_one_proposal_and_proposing_them_again_adds_none() {
    let mut conn = database();
    let edits = many(10_000);
    let tx = conn.transaction().unwrap();
    let first = propose(&tx, &account(), Some(&capabilities()), &edits, NOW).unwrap();
    let again = propose(&tx, &account(), Some(&capabilities()), &edits, NOW).unwrap();
    assert_eq!(first.changes, again.changes);
    assert_eq!(table::list_open(&tx, AccountId(1)).unwrap().len(), 10_000);
}

/// An edit finds what an earlier one of the same proposal has just put into the queue, or taken out of it.
#[test]
fn edits_of_one_proposal_see_each_other() {
    let mut conn = database();
    let tx = conn.transaction().unwrap();
    let let_in = Edit::SetUserActive { user: RemoteId::new("u0"), active: true };
    let name = |before: &str, after: &str| Edit::UpdateUser {
        user: RemoteId::new("u1"),
        fields: vec![FieldEdit { path: "userName".to_owned(), before: json!(before), after: json!(after) }],
    };
    let edits =
        [suspend(0), suspend(0), let_in, name("a", "b"), name("b", "c"), name("c", "a"), name("a", "d")];
    let proposed = propose(&tx, &account(), Some(&capabilities()), &edits, NOW).unwrap();
    let ids = &proposed.changes;
    assert_eq!((ids[0], ids[2], ids[3], ids[5]), (ids[1], ids[0], ids[4], None), "{ids:?}");
    let open = table::list_open(&tx, AccountId(1)).unwrap();
    assert_eq!(open.len(), 2, "{open:?}");
    assert_eq!(open[1].edit, name("a", "d"));
}

/// What waits for something new is found by the name that stands for it, and nothing else is touched.
#[test]
fn only_what_names_the_new_one_gets_its_id() {
    let mut conn = database();
    let tx = conn.transaction().unwrap();
    let create = Edit::CreateUser {
        fields: vec![FieldEdit { path: "userName".to_owned(), before: json!(null), after: json!("ada") }],
        password: PasswordChoice::None,
    };
    let of = |place: usize| Edit::SetUserActive { user: Placeholder::Place(place).id(), active: false };
    let mut edits = vec![create.clone(), of(0)];
    // Eleven more, so that one number begins like another.
    edits.extend((0..11).flat_map(|n| [create.clone(), of(2 + 2 * n)]));
    let proposed = propose(&tx, &account(), Some(&capabilities()), &edits, NOW).unwrap();
    let first = ChangeId(proposed.changes[0].unwrap());
    release(&tx, AccountId(1), first, &RemoteId::new("u-new")).unwrap();
    let open = table::list_open(&tx, AccountId(1)).unwrap();
    let named: Vec<_> = open
        .iter()
        .filter(|change| parts::subject(&change.edit).id == Some(RemoteId::new("u-new")))
        .collect();
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].id.0, proposed.changes[1].unwrap());
    assert_eq!(open.iter().filter(|change| !placeholder::named_in(&change.edit).is_empty()).count(), 11);
}
