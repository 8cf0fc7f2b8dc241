//! Numbers of the Hub that are filters.

use rollcall_core::api::{HubFigure, HubRequest};
use rollcall_core::model::{AccountId, Timestamp};
use rollcall_core::query::{UserIndexCache, get_hub};
use rusqlite::named_params;

use crate::fixture::{Mirror, everybody, moment, query_users, user};

const DETAILED: &str = r#"{"described":true,"users":true,"groups":true,"details":true,"paging":"page","maxPageSize":null,
    "filter":true,"sort":true,"etag":false,"patch":true,"bulk":false,"changePassword":false,"documentation":null}"#;

fn can(mirror: &Mirror, account: AccountId) {
    let parameters = named_params! { ":id": account.0, ":capabilities": DETAILED };
    mirror
        .conn
        .execute("UPDATE accounts SET capabilities = :capabilities WHERE id = :id", parameters)
        .unwrap();
}

fn mirror() -> (Mirror, AccountId) {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    can(&mirror, account);
    let at = |text: &str| Timestamp::parse(text).unwrap();
    let created = |id: &str, text: &str| {
        let new = rollcall_core::model::User { created_at: Some(at(text)), ..user(id, id) };
        mirror.add(account, &new)
    };
    let first = created("u1", "2026-06-28T00:00:00Z");
    created("u2", "2026-06-10T00:00:00Z");
    created("u3", "2025-06-10T00:00:00Z");
    mirror.last_sign_in(first, at("2026-06-30T00:00:00Z").as_millis());
    mirror.details(account, "u1", Some(0));
    mirror.details(account, "u2", Some(2));
    let ends = |text: &str| (Some(at(text).as_millis()), true);
    mirror.token(account, "u1", "old", ends("2026-06-01T00:00:00Z"), (None, false));
    mirror.token(account, "u2", "soon", ends("2026-07-10T00:00:00Z"), (None, false));
    mirror.token(account, "u3", "ever", (None, true), (None, false));
    (mirror, account)
}

#[test]
fn figures_count_what_their_filters_list() {
    let (mirror, _) = mirror();
    let cache = UserIndexCache::new();
    let hub = get_hub(&cache, &mirror.conn, &HubRequest { account_id: None }, &moment()).unwrap();
    let counts: Vec<_> = hub.figures.iter().map(|figure| (figure.figure, figure.users, figure.of)).collect();
    assert_eq!(
        counts,
        [
            (HubFigure::New7, 1, None),
            (HubFigure::New30, 2, None),
            (HubFigure::Active30, 1, None),
            (HubFigure::NeverSignedIn, 2, None),
            (HubFigure::WithoutFactor, 1, Some(2)),
        ]
    );
    for figure in hub.figures {
        let request = rollcall_core::api::UserQueryRequest { text: figure.filter, ..everybody(None) };
        assert_eq!(query_users(&cache, &mirror.conn, &request).total, figure.users, "{}", request.text);
    }
}

#[test]
fn where_one_account_cannot_tell_there_are_no_figures() {
    let (mirror, _) = mirror();
    let other = mirror.account("Beta");
    mirror.add(other, &user("u1", "Una"));
    let cache = UserIndexCache::new();
    let hub = |account_id| get_hub(&cache, &mirror.conn, &HubRequest { account_id }, &moment()).unwrap();
    assert_eq!(hub(None).figures, []);
    assert_eq!(hub(Some(other)).figures, []);
}
