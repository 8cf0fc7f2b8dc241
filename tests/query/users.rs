//! The users grid.

use rollcall_core::api::{UserColumn, UserQueryRequest, UserSort};
use rollcall_core::model::{AccountId, User};
use rollcall_core::query::UserIndexCache;

use crate::fixture::{Mirror, everybody, query_users, user};
use crate::naive::{self, Known};

fn names(mirror: &Mirror, cache: &UserIndexCache, request: &UserQueryRequest) -> Vec<String> {
    let view = query_users(cache, &mirror.conn, request);
    view.rows.into_iter().map(|row| row.display_name).collect()
}

fn search(text: &str) -> UserQueryRequest {
    UserQueryRequest { text: text.to_owned(), ..everybody(None) }
}

/// A large account whose every user is known.
fn large(mirror: &Mirror, users: usize) -> (AccountId, Vec<Known>) {
    let account = mirror.account("Large");
    let given = ["Marie", "Zoë", "Jan", "Élodie", "Pieter", "Ann"];
    let family = ["Dubois", "de Vries", "Müller", "Smith", "Peeters", "Qureshi", "Xhaka"];
    let known = (0..users).map(|at| {
        let (given, family) = (given[at % given.len()], family[at / 7 % family.len()]);
        let local = format!("{given}.{family}{at}").replace(' ', "");
        let user = User {
            given_name: Some(given.to_owned()),
            family_name: Some(family.to_owned()),
            email: Some(format!("{local}@rochefort.example")),
            user_name: format!("{local}@rochefort.example"),
            employee_number: Some(format!("E{at:06}")),
            department: Some(format!("Department {}", at % 40)),
            active: Some(at % 9 != 0),
            ..user(
                &format!("{:08x}", at.wrapping_mul(2_654_435_761) % 0xffff_ffff),
                &format!("{given} {family}"),
            )
        };
        let id = mirror.add(account, &user);
        Known::new(id, (account, "Large"), 0, user)
    });
    (account, known.collect())
}

#[test]
fn every_spelling_of_a_name_finds_it() {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    for name in ["Zoë Müller-Weiß", "Łukasz Ørsted", "Œuvre Society", "Zoe Smith"] {
        mirror.add(account, &user(name, name));
    }
    let cache = UserIndexCache::new();
    for text in ["zoë", "ZOE", "Zoe\u{308}", " zo "] {
        assert_eq!(names(&mirror, &cache, &search(text)), ["Zoë Müller-Weiß", "Zoe Smith"], "{text}");
    }
    assert_eq!(names(&mirror, &cache, &search("weiss")), ["Zoë Müller-Weiß"]);
    assert_eq!(names(&mirror, &cache, &search("WEIẞ zoe")), ["Zoë Müller-Weiß"]);
    assert_eq!(names(&mirror, &cache, &search("lukasz orsted")), ["Łukasz Ørsted"]);
    assert_eq!(names(&mirror, &cache, &search("oeuvre")), ["Œuvre Society"]);
}

#[test]
fn a_word_never_reaches_across_two_columns_or_two_users() {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    let smith = User { user_name: "jane".into(), title: Some("boss".into()), ..user("1", "smith") };
    mirror.add(account, &smith);
    mirror.add(account, &User { user_name: "bo".into(), ..user("2", "next") });
    let cache = UserIndexCache::new();
    assert_eq!(names(&mirror, &cache, &search("smith jane")), ["smith"]);
    for text in ["smithjane", "janeboss", "bossnext", "smith\u{1f}jane boss next"] {
        assert!(names(&mirror, &cache, &search(text)).is_empty(), "{text}");
    }
    assert_eq!(
        names(&mirror, &cache, &search("smith\u{1f}jane")),
        ["smith"],
        "it separates words like a space"
    );
}

#[test]
fn pages_are_disjoint_and_complete_in_both_directions() {
    let mirror = Mirror::new();
    let (account, known) = large(&mirror, 1_234);
    let cache = UserIndexCache::new();
    for descending in [false, true] {
        let sort = UserSort { column: UserColumn::Department, descending };
        let base = UserQueryRequest { sort, ..everybody(Some(account)) };
        let mut seen = Vec::new();
        for offset in (0..).step_by(100) {
            let request = UserQueryRequest { offset, limit: 100, ..base.clone() };
            let view = query_users(&cache, &mirror.conn, &request);
            assert_eq!((view.total, view.all), (1_234, 1_234));
            if view.rows.is_empty() {
                break;
            }
            seen.extend(view.rows.into_iter().map(|row| row.remote_id));
        }
        let expected: Vec<_> = naive::query(&known, &base, |_| true)
            .into_iter()
            .map(|id| known.iter().find(|known| known.id == id).unwrap().user.remote_id.as_str().to_owned())
            .collect();
        assert_eq!(seen, expected);
    }
}

#[test]
fn a_page_has_at_most_500_rows() {
    let mirror = Mirror::new();
    let (account, _) = large(&mirror, 700);
    let request = UserQueryRequest { limit: u32::MAX, ..everybody(Some(account)) };
    let view = query_users(&UserIndexCache::new(), &mirror.conn, &request);
    assert_eq!((view.rows.len(), view.total), (500, 700));
}

/// Large enough for lists of frequent letters; typed letter by letter, so that each search starts from the one before.
#[test]
fn typing_letter_by_letter_in_a_large_account_finds_what_a_fresh_search_finds() {
    let mirror = Mirror::new();
    let (account, known) = large(&mirror, 17_000);
    let typing = UserIndexCache::new();
    for typed in [
        "marie.dubois1",
        "é zo 0001",
        "e00123",
        "rochefort.example",
        "müller@",
        "er@rochefort",
        "department 3",
        "qzx",
    ] {
        let letters = typed.char_indices().map(|(at, c)| &typed[..at + c.len_utf8()]);
        for text in letters {
            let active = text.len() % 2 == 0;
            let typed = if active { format!("status:active {text}") } else { text.to_owned() };
            let request = UserQueryRequest { text: typed, ..everybody(Some(account)) };
            let view = query_users(&typing, &mirror.conn, &request);
            let expected = naive::query(&known, &request, |known| {
                (!active || known.user.active != Some(false)) && naive::has_words(known, text)
            });
            assert_eq!(view.total as usize, expected.len(), "{text}");
            let first: Vec<_> = expected
                .iter()
                .take(50)
                .map(|id| known[usize::try_from(*id).unwrap() - 1].user.remote_id.as_str().to_owned())
                .collect();
            assert_eq!(view.rows.into_iter().map(|row| row.remote_id).collect::<Vec<_>>(), first, "{text}");
        }
    }
}

#[test]
fn a_changed_mirror_shows_after_invalidation_with_a_greater_revision() {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    mirror.add(alpha, &user("1", "Ann"));
    mirror.add(beta, &user("1", "Bea"));
    let cache = UserIndexCache::new();
    let before = query_users(&cache, &mirror.conn, &everybody(None));
    mirror.add(alpha, &user("2", "Abe"));
    assert_eq!(names(&mirror, &cache, &everybody(None)), ["Ann", "Bea"], "not before it is told");
    cache.invalidate(alpha);
    let after = query_users(&cache, &mirror.conn, &everybody(None));
    assert!(after.revision > before.revision);
    assert_eq!((after.total, after.all), (3, 3));
    assert_eq!(names(&mirror, &cache, &everybody(Some(alpha))), ["Abe", "Ann"]);
    let of_beta = query_users(&cache, &mirror.conn, &everybody(Some(beta)));
    assert!(of_beta.revision < after.revision, "the other account is as it was");
}

#[test]
fn a_user_that_went_since_the_index_was_built_is_left_out() {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    mirror.add(account, &user("1", "Ann"));
    mirror.add(account, &user("2", "Bea"));
    let cache = UserIndexCache::new();
    cache.warm(&mirror.conn, account).unwrap();
    mirror.remove_user(account, "1");
    assert_eq!(names(&mirror, &cache, &everybody(Some(account))), ["Bea"]);
}

#[test]
fn a_forgotten_account_is_nowhere() {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    mirror.add(alpha, &user("1", "Ann"));
    mirror.add(beta, &user("1", "Bea"));
    let cache = UserIndexCache::new();
    let before = query_users(&cache, &mirror.conn, &everybody(None));
    for table in ["user_search", "users", "accounts"] {
        let column = if table == "accounts" { "id" } else { "account_id" };
        mirror.conn.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [alpha.0]).unwrap();
    }
    cache.forget(alpha);
    let after = query_users(&cache, &mirror.conn, &everybody(None));
    assert!(after.revision > before.revision);
    assert_eq!(after.all, 1);
    assert_eq!(query_users(&cache, &mirror.conn, &everybody(Some(alpha))).all, 0);
}

#[test]
fn a_renamed_account_sorts_under_its_new_name_at_once() {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    mirror.add(alpha, &user("1", "Ann"));
    mirror.add(beta, &user("1", "Bea"));
    let cache = UserIndexCache::new();
    let sort = UserSort { column: UserColumn::Account, descending: false };
    let request = UserQueryRequest { sort, ..everybody(None) };
    assert_eq!(names(&mirror, &cache, &request), ["Ann", "Bea"]);
    mirror.conn.execute("UPDATE accounts SET name = 'Zeta' WHERE id = ?1", [alpha.0]).unwrap();
    assert_eq!(names(&mirror, &cache, &request), ["Bea", "Ann"]);
}

#[test]
fn readers_in_parallel_see_the_same_users() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mirror.db");
    let mirror = Mirror::new();
    let (account, _) = large(&mirror, 2_000);
    mirror.conn.execute("VACUUM INTO ?1", [file.to_str().unwrap()]).unwrap();
    let cache = UserIndexCache::new();
    std::thread::scope(|scope| {
        let reader = || {
            let conn = rusqlite::Connection::open(&file).unwrap();
            query_users(&cache, &conn, &UserQueryRequest { text: "dub".into(), ..everybody(Some(account)) })
        };
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(reader)).collect();
        cache.invalidate(account);
        let views: Vec<_> = readers.into_iter().map(|reader| reader.join().unwrap()).collect();
        assert!(views.iter().all(|view| view.total == views[0].total && view.rows == views[0].rows));
        assert!(views[0].total > 0);
    });
}

#[test]
fn the_last_sign_in_sorts_and_never_is_told_from_not_reported() {
    let mirror = Mirror::new();
    let (tells, silent) = (mirror.account("Tells"), mirror.account("Silent"));
    mirror.reports_sign_ins(tells, true);
    mirror.reports_sign_ins(silent, false);
    let add = |account, name: &str, at: Option<i64>| {
        let id = mirror.add(account, &user(name, name));
        at.into_iter().for_each(|at| mirror.last_sign_in(id, at));
    };
    add(tells, "Late", Some(300));
    add(tells, "Never", None);
    add(tells, "Early", Some(100));
    add(silent, "Unknown", None);
    let page = |descending| {
        let sort = UserSort { column: UserColumn::LastSignInAt, descending };
        let request = UserQueryRequest { sort, ..everybody(None) };
        query_users(&UserIndexCache::new(), &mirror.conn, &request).rows
    };
    let told: Vec<_> = page(false)
        .into_iter()
        .map(|row| (row.display_name, row.last_sign_in_at, row.sign_in_known))
        .collect();
    let expected = [
        ("Early", Some(100), true),
        ("Late", Some(300), true),
        ("Never", None, true),
        ("Unknown", None, false),
    ];
    assert_eq!(told, expected.map(|(name, at, known)| (name.to_owned(), at, known)));
    let names: Vec<_> = page(true).into_iter().map(|row| row.display_name).collect();
    assert_eq!(names, ["Late", "Early", "Never", "Unknown"]);
}
