//! One user.

use rollcall_core::model::{Stream, User};
use rollcall_core::query::get_user;

use crate::fixture::{Mirror, user};

#[test]
fn a_user_shows_everything_synced_about_it() {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    let ann = User {
        email: Some("ann@example.com".into()),
        raw: r#"{"id":"u1","x":[1,{"y":null}]}"#.into(),
        ..user("u1", "Ann")
    };
    mirror.add(alpha, &ann);
    mirror.add(beta, &user("u1", "Another"));
    mirror.group(alpha, "g1", "Zürich", None);
    mirror.group(alpha, "g2", "änderung", None);
    for group in ["g1", "g2", "gone"] {
        mirror.member(alpha, group, "u1", None);
    }
    let run = mirror.run(alpha, "succeeded");
    mirror.stream(alpha, Stream::Users, run, 100);
    mirror.history(alpha, run, ("user", "u1", "Ann", None, "added"));
    mirror.history(alpha, run, ("group", "u1", "A group that has the same id", None, "added"));
    mirror.history(alpha, run, ("membership", "g1", "Zürich", Some(("u1", "Ann")), "added"));
    mirror.history(alpha, run, ("user", "u2", "Bob", None, "added"));

    let detail = get_user(&mirror.conn, alpha, "u1").unwrap().unwrap();
    assert_eq!((detail.row.display_name.as_str(), detail.row.groups), ("Ann", 2));
    assert_eq!(detail.row.email.as_deref(), Some("ann@example.com"));
    assert_eq!(
        detail.groups.iter().map(|group| group.display_name.as_str()).collect::<Vec<_>>(),
        ["änderung", "Zürich"]
    );
    assert_eq!(detail.raw, serde_json::json!({ "id": "u1", "x": [1, { "y": null }] }));
    assert_eq!((detail.first_seen_at, detail.last_changed_at), (7, 8));
    assert_eq!(detail.users_state.unwrap().synced_at, 100);
    assert_eq!(detail.groups_state, None);
    assert_eq!(detail.history.iter().map(|entry| entry.id).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(get_user(&mirror.conn, alpha, "u9").unwrap(), None);
}

#[test]
fn a_user_has_the_newest_100_lines_of_history() {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    mirror.add(account, &user("u1", "Ann"));
    let run = mirror.run(account, "succeeded");
    for line in 0..130 {
        let member = Some(("u1", "Ann"));
        let line = if line % 2 == 0 {
            ("user", "u1", "Ann", None, "changed")
        } else {
            ("membership", "g", "G", member, "added")
        };
        mirror.history(account, run, line);
    }
    let history = get_user(&mirror.conn, account, "u1").unwrap().unwrap().history;
    assert_eq!(
        history.iter().map(|entry| entry.id).collect::<Vec<_>>(),
        (31..=130).rev().collect::<Vec<_>>()
    );
}
