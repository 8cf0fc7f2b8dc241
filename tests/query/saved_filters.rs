//! Kept filters know what is new since they were last opened.

use rollcall_core::api::SavedFilterView;
use rollcall_core::model::{AccountId, Timestamp, User};
use rollcall_core::query::{UserIndexCache, list_saved_filters, seen_now};
use rollcall_core::store::saved_filters::{self, SavedFilter};

use crate::fixture::{Mirror, moment, user};

fn keep(
    mirror: &mut Mirror,
    cache: &UserIndexCache,
    account_id: Option<AccountId>,
    name: &str,
    text: &str,
) -> i64 {
    let seen = seen_now(cache, &mirror.conn, account_id, text, &moment()).unwrap();
    let filter =
        SavedFilter { id: 0, account_id, name: name.to_owned(), text: text.to_owned(), opened_at: 5, seen };
    let tx = mirror.conn.transaction().unwrap();
    let id = saved_filters::insert(&tx, &filter).unwrap();
    tx.commit().unwrap();
    id
}

fn list(mirror: &Mirror, cache: &UserIndexCache) -> Vec<SavedFilterView> {
    list_saved_filters(cache, &mirror.conn, &moment()).unwrap().filters
}

#[test]
fn whoever_meets_a_kept_filter_now_and_did_not_when_it_was_opened_is_new() {
    let mut mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    let suspended = |id: &str| User { active: Some(false), ..user(id, id) };
    mirror.add(alpha, &suspended("old"));
    let later = mirror.add(alpha, &user("later", "later"));
    mirror.add(beta, &suspended("other"));
    let cache = UserIndexCache::new();
    let everywhere = keep(&mut mirror, &cache, None, "Everywhere", "status:suspended");
    keep(&mut mirror, &cache, Some(beta), "Beta", "status:suspended");
    let counts = |mirror: &Mirror| {
        list(mirror, &cache).iter().map(|filter| (filter.count, filter.new)).collect::<Vec<_>>()
    };
    assert_eq!(counts(&mirror), [(Some(2), 0), (Some(1), 0)]);
    mirror.conn.execute("UPDATE user_search SET active = 0 WHERE user_id = ?1", [later]).unwrap();
    mirror.remove_user(alpha, "old");
    cache.invalidate(alpha);
    assert_eq!(counts(&mirror), [(Some(2), 1), (Some(1), 0)], "suspended since, though created before");
    let seen = seen_now(&cache, &mirror.conn, None, "status:suspended", &moment()).unwrap();
    let tx = mirror.conn.transaction().unwrap();
    assert!(saved_filters::mark_opened(&tx, everywhere, Timestamp::from_millis(9), &seen).unwrap());
    tx.commit().unwrap();
    assert_eq!(counts(&mirror), [(Some(2), 0), (Some(1), 0)]);
    assert_eq!(list(&mirror, &cache)[0].opened_at, 9);
}

#[test]
fn kept_filters_are_renamed_reordered_and_removed_and_go_with_their_account() {
    let mut mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    mirror.add(beta, &user("b", "b"));
    let cache = UserIndexCache::new();
    let ids = [(None, "One"), (Some(alpha), "Two"), (None, "Three")]
        .map(|(account, name)| keep(&mut mirror, &cache, account, name, "a"));
    let tx = mirror.conn.transaction().unwrap();
    saved_filters::reorder(&tx, &[ids[2], ids[0]]).unwrap();
    assert!(saved_filters::update(&tx, ids[0], "Uno", "no_such_field:x").unwrap());
    assert!(!saved_filters::update(&tx, 99, "x", "x").unwrap());
    tx.commit().unwrap();
    let names =
        |mirror: &Mirror| list(mirror, &cache).into_iter().map(|filter| filter.name).collect::<Vec<_>>();
    assert_eq!(names(&mirror), ["Three", "Uno", "Two"]);
    assert_eq!(list(&mirror, &cache)[1].count, None, "not understood any more, but not lost");
    mirror.conn.execute("DELETE FROM accounts WHERE id = ?1", [alpha.0]).unwrap();
    cache.forget(alpha);
    let tx = mirror.conn.transaction().unwrap();
    assert!(saved_filters::delete(&tx, ids[2]).unwrap());
    assert!(!saved_filters::delete(&tx, ids[2]).unwrap());
    tx.commit().unwrap();
    assert_eq!(names(&mirror), ["Uno"]);
}
