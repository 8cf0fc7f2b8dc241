//! The service's own log.

use rollcall_core::api::LogQueryRequest;
use rollcall_core::model::AccountId;
use rollcall_core::query::{get_user, query_log};
use rusqlite::named_params;

use crate::fixture::{Mirror, user};

fn log(mirror: &Mirror, account: AccountId, line: (i64, &str, bool, Option<&str>, Option<&str>)) {
    let (at, event, succeeded, user, identifier) = line;
    let sql = "INSERT INTO log_entries (account_id, remote_id, at, event, succeeded, user_id, identifier, ip, raw)
               VALUES (:account, :at || :event, :at, :event, :succeeded, :user, :identifier, '192.0.2.7', '{}')";
    let parameters = named_params! {
        ":account": account.0, ":at": at, ":event": event, ":succeeded": succeeded, ":user": user,
        ":identifier": identifier,
    };
    mirror.conn.execute(sql, parameters).unwrap();
}

fn mirror() -> (Mirror, AccountId, AccountId) {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    mirror.add(alpha, &user("u1", "Zoë"));
    log(&mirror, alpha, (10, "Interaction.SignIn.Submit", true, Some("u1"), None));
    log(&mirror, alpha, (30, "Interaction.SignIn.Submit", false, None, Some("eve@example.com")));
    log(&mirror, alpha, (50, "ExchangeTokenBy.RefreshToken", true, Some("u9"), None));
    log(&mirror, beta, (40, "Interaction.Register.Submit", true, None, None));
    (mirror, alpha, beta)
}

fn all() -> LogQueryRequest {
    LogQueryRequest {
        account_id: None,
        text: String::new(),
        event: String::new(),
        succeeded: None,
        from: None,
        to: None,
        offset: 0,
        limit: 50,
    }
}

fn times(mirror: &Mirror, request: &LogQueryRequest) -> Vec<i64> {
    let view = query_log(&mirror.conn, request).unwrap();
    assert!(view.total >= view.entries.len() as u64);
    view.entries.iter().map(|entry| entry.at).collect()
}

#[test]
fn the_logs_of_all_accounts_are_one_newest_first_page_by_page() {
    let (mirror, alpha, _) = mirror();
    assert_eq!(times(&mirror, &all()), [50, 40, 30, 10]);
    assert_eq!(times(&mirror, &LogQueryRequest { offset: 1, limit: 2, ..all() }), [40, 30]);
    assert_eq!(times(&mirror, &LogQueryRequest { account_id: Some(alpha), ..all() }), [50, 30, 10]);
    let view = query_log(&mirror.conn, &LogQueryRequest { limit: 1, ..all() }).unwrap();
    assert_eq!((view.total, view.oldest_at), (4, Some(10)));
}

#[test]
fn the_log_is_filtered_by_range_event_result_and_person() {
    let (mirror, _, _) = mirror();
    assert_eq!(times(&mirror, &LogQueryRequest { from: Some(30), to: Some(50), ..all() }), [40, 30]);
    assert_eq!(times(&mirror, &LogQueryRequest { event: "signin".into(), ..all() }), [30, 10]);
    assert_eq!(times(&mirror, &LogQueryRequest { succeeded: Some(false), ..all() }), [30]);
    assert_eq!(times(&mirror, &LogQueryRequest { text: "zoe".into(), ..all() }), [10]);
    assert_eq!(times(&mirror, &LogQueryRequest { text: "EVE".into(), ..all() }), [30]);
    let both = LogQueryRequest { event: "signin".into(), succeeded: Some(true), from: Some(11), ..all() };
    assert_eq!(times(&mirror, &both), Vec::<i64>::new());
    let page = LogQueryRequest { text: "192.0.2".into(), offset: 1, limit: 1, ..all() };
    assert_eq!(query_log(&mirror.conn, &page).unwrap().total, 4);
    assert_eq!(times(&mirror, &page), [40]);
}

#[test]
fn a_user_shows_what_the_log_says_of_it() {
    let (mirror, alpha, _) = mirror();
    let log = get_user(&mirror.conn, alpha, "u1").unwrap().unwrap().log;
    assert_eq!(
        log.iter().map(|entry| (entry.at, entry.user_name.as_deref())).collect::<Vec<_>>(),
        [(10, Some("Zoë"))]
    );
}
