//! The tokens of all users and applications: list, chips, owners, calendar, and what is due to be told.

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, HolderKind, Moment, Timestamp, TokenKind, TokenState, User};
use rollcall_core::query::{
    UserIndexCache, get_hub, get_token_calendar, list_due_notices, query_token_owners, query_tokens,
};
use rollcall_core::store::token_notices;
use rusqlite::named_params;

use crate::fixture::{Mirror, moment, user};

const DAY: i64 = 86_400_000;

fn now() -> Timestamp {
    moment().now
}

/// So many days from now.
fn days(days: i64) -> i64 {
    now().as_millis() + days * DAY
}

/// Until when it is good, and when it was last used: nothing is "not reported", and 0 days is "never".
fn told(days_ahead: Option<i64>) -> (Option<i64>, bool) {
    match days_ahead {
        None => (None, false),
        Some(0) => (None, true),
        Some(ahead) => (Some(days(ahead)), true),
    }
}

fn can(mirror: &Mirror, account: AccountId) {
    let sql = "UPDATE accounts SET capabilities = '{\"described\":true,\"users\":true,\"groups\":true,\"details\":true,
        \"paging\":\"page\",\"maxPageSize\":null,\"filter\":true,\"sort\":true,\"etag\":false,\"patch\":true,\"bulk\":false,
        \"changePassword\":false,\"documentation\":null}' WHERE id = :id";
    mirror.conn.execute(sql, named_params! { ":id": account.0 }).unwrap();
}

fn secret(mirror: &Mirror, account: AccountId, application: &str, name: &str) {
    let sql = "INSERT INTO tokens (account_id, owner_kind, owner_id, kind, remote_id, name, description, created_at,
                   expiry_known, last_use_known, requests, first_seen_at, last_changed_at, type)
               VALUES (:account, 'application', :owner, 'applicationSecret', :name, :name, 'Nightly copy', :created, TRUE,
                   FALSE, 12, 7, 8, 'Generic')";
    let created = days(-400);
    let parameters =
        named_params! { ":account": account.0, ":owner": application, ":name": name, ":created": created };
    mirror.conn.execute(sql, parameters).unwrap();
}

fn application(mirror: &Mirror, account: AccountId, id: &str, name: &str) {
    let sql =
        "INSERT INTO applications (account_id, remote_id, display_name, kind, manages_account, raw, hash, first_seen_at,
                   last_changed_at)
               VALUES (:account, :id, :name, 'MachineToMachine', 0, '{}', x'00', 7, 8)";
    mirror.conn.execute(sql, named_params! { ":account": account.0, ":id": id, ":name": name }).unwrap();
}

/// Alpha: Zoë with four tokens, Ann (suspended) with two, a program, and a token of nobody. Beta: Bea with one.
fn mirror() -> (Mirror, AccountId, AccountId) {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    can(&mirror, alpha);
    mirror.add(alpha, &User { email: Some("zoe@example.com".into()), ..user("u1", "Zoë") });
    mirror.add(alpha, &User { active: Some(false), ..user("u2", "Ann") });
    mirror.add(alpha, &user("u3", "Without"));
    mirror.add(beta, &user("u1", "Bea"));
    mirror.token(alpha, "u1", "old", told(Some(-3)), told(Some(-100)));
    mirror.token(alpha, "u1", "soon", told(Some(14)), told(Some(-31)));
    mirror.token(alpha, "u1", "later", told(Some(15)), told(Some(-30)));
    mirror.token(alpha, "u1", "secretive", told(None), told(None));
    mirror.token(alpha, "u2", "ever", told(Some(0)), told(Some(0)));
    mirror.token(alpha, "u2", "étude", told(Some(2)), told(None));
    mirror.token(alpha, "u9", "left behind", told(Some(0)), told(None));
    application(&mirror, alpha, "a1", "Exporter");
    secret(&mirror, alpha, "a1", "Default secret");
    mirror.token(beta, "u1", "other", told(Some(300)), told(Some(-1)));
    mirror.details(alpha, "u1", None);
    mirror.details(alpha, "u2", None);
    (mirror, alpha, beta)
}

fn all() -> TokenQueryRequest {
    TokenQueryRequest {
        filter: TokenFilter::default(),
        sort: TokenColumn::Owner,
        descending: false,
        offset: 0,
        limit: 50,
    }
}

fn ask(mirror: &Mirror, request: &TokenQueryRequest) -> TokenPageView {
    query_tokens(&UserIndexCache::new(), &mirror.conn, request, now()).unwrap()
}

fn names(page: &TokenPageView) -> Vec<&str> {
    page.rows.iter().map(|row| row.name.as_str()).collect()
}

fn filtered(mirror: &Mirror, filter: TokenFilter) -> Vec<String> {
    let page = ask(mirror, &TokenQueryRequest { filter, ..all() });
    assert_eq!(page.total as usize, page.rows.len());
    page.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn tokens_stand_by_owner_and_name_with_everything_that_is_known_of_them() {
    let (mirror, alpha, _) = mirror();
    let page = ask(&mirror, &all());
    assert_eq!(
        names(&page),
        ["étude", "ever", "other", "Default secret", "left behind", "later", "old", "secretive", "soon"]
    );
    assert_eq!((page.total, page.all), (9, 9));
    let secret = &page.rows[3];
    assert_eq!(
        (secret.owner.kind, secret.owner.display_name.as_str(), secret.owner.state),
        (HolderKind::Application, "Exporter", OwnerState::Present)
    );
    assert_eq!(
        (secret.kind, secret.requests, secret.description.as_deref()),
        (TokenKind::ApplicationSecret, Some(12), Some("Nightly copy"))
    );
    let left = &page.rows[4];
    assert_eq!((left.owner.display_name.as_str(), left.owner.state), ("u9", OwnerState::Gone));
    assert_eq!(page.rows[0].owner.state, OwnerState::Suspended);
    let states: Vec<_> = page.rows.iter().map(|row| row.state).collect();
    assert_eq!(
        states,
        [
            TokenState::Expiring,
            TokenState::NeverExpires,
            TokenState::Valid,
            TokenState::NeverExpires,
            TokenState::NeverExpires,
            TokenState::Valid,
            TokenState::Expired,
            TokenState::NotReported,
            TokenState::Expiring,
        ]
    );
    let one = TokenFilter { account_id: Some(alpha), ..TokenFilter::default() };
    assert_eq!(ask(&mirror, &TokenQueryRequest { filter: one, ..all() }).all, 8);
}

#[test]
fn every_column_sorts_both_ways_and_what_has_no_value_stands_last() {
    let (mirror, _, _) = mirror();
    for sort in [
        TokenColumn::Name,
        TokenColumn::Owner,
        TokenColumn::Account,
        TokenColumn::Kind,
        TokenColumn::AccessType,
        TokenColumn::State,
        TokenColumn::ExpiresAt,
        TokenColumn::LastUsedAt,
        TokenColumn::Requests,
        TokenColumn::CreatedAt,
        TokenColumn::Description,
    ] {
        for descending in [false, true] {
            let page = ask(&mirror, &TokenQueryRequest { sort, descending, ..all() });
            assert_eq!(page.rows.len(), 9, "{sort:?}");
        }
    }
    let by = |sort, descending| {
        let page = ask(&mirror, &TokenQueryRequest { sort, descending, ..all() });
        page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    let name = by(TokenColumn::Name, false);
    assert_eq!(
        name,
        ["Default secret", "étude", "ever", "later", "left behind", "old", "other", "secretive", "soon"]
    );
    assert_eq!(by(TokenColumn::ExpiresAt, false)[..5], ["old", "étude", "soon", "later", "other"]);
    assert_eq!(by(TokenColumn::ExpiresAt, true)[..5], ["other", "later", "soon", "étude", "old"]);
    assert_eq!(by(TokenColumn::LastUsedAt, false)[..4], ["old", "soon", "later", "other"]);
    assert_eq!(by(TokenColumn::Requests, true)[0], "Default secret");
    for descending in [false, true] {
        assert_eq!(by(TokenColumn::AccessType, descending)[0], "Default secret");
    }
    assert_eq!(by(TokenColumn::State, false)[0], "old");
    assert_eq!(by(TokenColumn::Account, true)[0], "other");
    assert_eq!(by(TokenColumn::Owner, true)[0], "later");
}

#[test]
fn pages_follow_one_another_and_tell_when_tokens_changed() {
    let (mirror, alpha, _) = mirror();
    let cache = UserIndexCache::new();
    let page = |offset, limit| {
        let request = TokenQueryRequest { sort: TokenColumn::Name, offset, limit, ..all() };
        query_tokens(&cache, &mirror.conn, &request, now()).unwrap()
    };
    let (first, second) = (page(0, 5), page(5, 5));
    assert_eq!(names(&first).len(), 5);
    assert_eq!(names(&second), ["old", "other", "secretive", "soon"]);
    assert_eq!(first.revision, second.revision);
    mirror.token(alpha, "u3", "new", told(Some(50)), told(None));
    let again = page(0, 50);
    assert!(again.revision > first.revision);
    assert_eq!(again.total, 10);
    mirror.conn.execute("UPDATE tokens SET name = 'renamed' WHERE name = 'new'", []).unwrap();
    assert!(names(&page(0, 50)).contains(&"renamed"));
    mirror.conn.execute("DELETE FROM tokens WHERE name = 'renamed'", []).unwrap();
    assert_eq!(page(0, 50).total, 9);
    mirror.conn.execute("UPDATE users SET active = 0 WHERE remote_id = 'u1'", []).unwrap();
    cache.invalidate(alpha);
    assert_eq!(page(0, 50).counts.orphaned, 7);
}

#[test]
fn words_are_looked_for_in_name_description_and_owner() {
    let (mirror, alpha, beta) = mirror();
    let text =
        |text: &str| filtered(&mirror, TokenFilter { text: text.to_owned(), ..TokenFilter::default() });
    assert_eq!(text("ETUDE"), ["étude"]);
    assert_eq!(text("zoe soon"), ["soon"]);
    assert_eq!(text("example.com"), ["later", "old", "secretive", "soon"]);
    assert_eq!(text("nightly export"), ["Default secret"]);
    assert_eq!(text("u9"), ["left behind"]);
    assert_eq!(text("zoe other"), Vec::<String>::new());
    let of = |account, owner: &str| {
        let filter = TokenFilter {
            account_id: Some(account),
            owner: Some(owner.to_owned()),
            ..TokenFilter::default()
        };
        filtered(&mirror, filter)
    };
    assert_eq!(of(alpha, "u2"), ["étude", "ever"]);
    assert_eq!(of(beta, "u1"), ["other"]);
    let secrets = TokenFilter { kind: Some(TokenKind::ApplicationSecret), ..TokenFilter::default() };
    assert_eq!(filtered(&mirror, secrets), ["Default secret"]);
    let day =
        TokenFilter { expires_from: Some(days(2)), expires_to: Some(days(14)), ..TokenFilter::default() };
    assert_eq!(filtered(&mirror, day), ["étude"], "the end itself is not in it");
}

#[test]
fn chips_of_one_kind_widen_and_those_of_different_kinds_narrow() {
    let (mirror, _, _) = mirror();
    let chips = |chips: &[TokenChip]| {
        filtered(&mirror, TokenFilter { chips: chips.to_vec(), ..TokenFilter::default() })
    };
    assert_eq!(chips(&[TokenChip::Expired]), ["old"]);
    assert_eq!(chips(&[TokenChip::Expiring]), ["étude", "soon"]);
    assert_eq!(chips(&[TokenChip::NeverExpires]), ["ever", "Default secret", "left behind"]);
    assert_eq!(chips(&[TokenChip::Idle30]), ["ever", "old", "soon"], "30 days are not more than 30 days");
    assert_eq!(chips(&[TokenChip::Idle90]), ["ever", "old"]);
    assert_eq!(chips(&[TokenChip::Orphaned]), ["étude", "ever", "left behind"]);
    assert_eq!(chips(&[TokenChip::Expired, TokenChip::Expiring]), ["étude", "old", "soon"]);
    assert_eq!(chips(&[TokenChip::NeverExpires, TokenChip::Orphaned]), ["ever", "left behind"]);
    assert_eq!(chips(&[TokenChip::Expired, TokenChip::Orphaned]), Vec::<String>::new());
}

#[test]
fn a_chip_counts_what_a_click_on_it_would_show() {
    let (mirror, _, _) = mirror();
    let counts = |chips: &[TokenChip]| {
        let filter = TokenFilter { chips: chips.to_vec(), ..TokenFilter::default() };
        ask(&mirror, &TokenQueryRequest { filter, ..all() }).counts
    };
    let usual = TokenCountsView {
        all: 9,
        expired: 1,
        expiring: 2,
        never_expires: 3,
        idle30: 3,
        idle90: 2,
        orphaned: 3,
        use_not_reported: 4,
    };
    assert_eq!(counts(&[]), usual);
    assert_eq!(
        counts(&[TokenChip::Orphaned]),
        TokenCountsView { expired: 0, expiring: 1, never_expires: 2, idle30: 1, idle90: 1, ..usual }
    );
    assert_eq!(
        counts(&[TokenChip::Expired]),
        TokenCountsView { idle30: 1, idle90: 1, orphaned: 0, ..usual },
        "its own kind counts as before"
    );
    let hub = get_hub(&UserIndexCache::new(), &mirror.conn, &HubRequest { account_id: None }, &moment());
    assert_eq!(hub.unwrap().tokens, Some(usual), "the Hub counts what the list counts");
}

#[test]
fn an_account_that_lists_no_tokens_has_no_card_and_is_named() {
    let (mirror, alpha, beta) = mirror();
    let cache = UserIndexCache::new();
    let hub = get_hub(&cache, &mirror.conn, &HubRequest { account_id: Some(beta) }, &moment()).unwrap();
    assert_eq!(hub.tokens, None);
    assert_eq!(
        ask(&mirror, &all()).coverage,
        TokenCoverageView { users: 3, asked: 2, oldest_at: Some(9), without: vec![beta] }
    );
    let filter = TokenFilter { account_id: Some(alpha), ..TokenFilter::default() };
    assert_eq!(ask(&mirror, &TokenQueryRequest { filter, ..all() }).coverage.without, []);
}

fn owners(mirror: &Mirror, request: &TokenOwnersRequest) -> TokenOwnersView {
    query_token_owners(&UserIndexCache::new(), &mirror.conn, request, now()).unwrap()
}

#[test]
fn tokens_are_counted_by_owner() {
    let (mirror, _, _) = mirror();
    let request = TokenOwnersRequest {
        filter: TokenFilter::default(),
        sort: TokenOwnerColumn::Owner,
        descending: false,
        offset: 0,
        limit: 50,
    };
    let names = |view: &TokenOwnersView| -> Vec<String> {
        view.rows.iter().map(|row| row.owner.display_name.clone()).collect()
    };
    let view = owners(&mirror, &request);
    assert_eq!(names(&view), ["Ann", "Bea", "Exporter", "u9", "Zoë"]);
    let zoe = &view.rows[4];
    assert_eq!((zoe.tokens, zoe.expired, zoe.expiring, zoe.never_expires), (4, 1, 1, 0));
    assert_eq!((zoe.next_expiry_at, zoe.last_used_at), (Some(days(14)), Some(days(-30))));
    assert!(!zoe.last_use_known, "of one of them nobody says");
    let by = |sort, descending| {
        names(&owners(&mirror, &TokenOwnersRequest { sort, descending, ..request.clone() }))
    };
    assert_eq!(by(TokenOwnerColumn::Tokens, true), ["Zoë", "Ann", "Bea", "Exporter", "u9"]);
    assert_eq!(by(TokenOwnerColumn::NextExpiryAt, false), ["Ann", "Zoë", "Bea", "Exporter", "u9"]);
    assert_eq!(by(TokenOwnerColumn::Account, true)[0], "Bea");
    assert_eq!(by(TokenOwnerColumn::Owner, true)[0], "Zoë");
    let filter = TokenFilter { chips: vec![TokenChip::Orphaned], ..TokenFilter::default() };
    let orphaned = owners(&mirror, &TokenOwnersRequest { filter, ..request.clone() });
    assert_eq!(names(&orphaned), ["Ann", "u9"]);
    assert_eq!(owners(&mirror, &TokenOwnersRequest { offset: 4, ..request }).rows.len(), 1);
}

#[test]
fn a_month_shows_the_ends_of_its_days_in_the_time_of_this_computer() {
    let (mirror, alpha, _) = mirror();
    let midnight = Timestamp::parse("2026-07-31T22:30:00Z").unwrap().as_millis();
    mirror.token(alpha, "u3", "at night", (Some(midnight), true), told(None));
    let month = |year, month, zone: &str| {
        let moment = Moment { now: now(), zone: jiff::tz::TimeZone::get(zone).unwrap() };
        let request = TokenCalendarRequest { filter: TokenFilter::default(), year, month };
        get_token_calendar(&UserIndexCache::new(), &mirror.conn, &request, &moment).unwrap()
    };
    let filled = |view: &TokenCalendarView| -> Vec<(i8, u32)> {
        view.days.iter().filter(|day| day.tokens > 0).map(|day| (day.day, day.tokens)).collect()
    };
    let july = month(2026, 7, "UTC").unwrap();
    assert_eq!(july.days.len(), 31);
    assert_eq!(filled(&july), [(3, 1), (15, 1), (16, 1), (31, 1)]);
    assert_eq!((july.before, july.after), (1, 1));
    assert_eq!((july.previous_at, july.next_at), (Some(days(-3)), Some(days(300))));
    assert_eq!(july.days[2].names, ["étude"]);
    let brussels = month(2026, 8, "Europe/Brussels").unwrap();
    assert_eq!(filled(&brussels), [(1, 1)], "half past ten in UTC is August there");
    assert_eq!(month(2026, 13, "UTC"), None);
    let day = july.days[2].clone();
    let filter =
        TokenFilter { expires_from: Some(day.from), expires_to: Some(day.to), ..TokenFilter::default() };
    assert_eq!(filtered(&mirror, filter), ["étude"], "a day opens its tokens");
}

/// Names and thresholds of what is due so many days from now, which counts as told from then on.
fn tell(mirror: &mut Mirror, account: AccountId, at: i64) -> Vec<(String, u32)> {
    let now = Timestamp::from_millis(days(at));
    let due = list_due_notices(&mirror.conn, account, now).unwrap();
    let tx = mirror.conn.transaction().unwrap();
    token_notices::mark_told(&tx, account, &due, now).unwrap();
    tx.commit().unwrap();
    due.into_iter().map(|notice| (notice.name, notice.days)).collect()
}

fn named(name: &str, days: u32) -> (String, u32) {
    (name.to_owned(), days)
}

#[test]
fn each_token_is_told_of_once_at_each_threshold() {
    let (mut mirror, alpha, beta) = mirror();
    assert_eq!(tell(&mut mirror, alpha, 0), [named("étude", 7), named("soon", 14)]);
    assert_eq!(tell(&mut mirror, alpha, 0), []);
    assert_eq!(tell(&mut mirror, alpha, 1), [named("étude", 1), named("later", 14)]);
    assert_eq!(tell(&mut mirror, alpha, 2), [], "what has expired is no news ahead");
    assert_eq!(tell(&mut mirror, alpha, 8), [named("soon", 7), named("later", 7)]);
    assert_eq!(tell(&mut mirror, beta, 0), []);
    let kept: i64 =
        mirror.conn.query_row("SELECT count(*) FROM token_notices", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 2, "what is over is forgotten");
}

#[test]
fn a_token_made_anew_under_the_same_name_is_told_of_again() {
    let (mut mirror, alpha, _) = mirror();
    assert_eq!(tell(&mut mirror, alpha, 0), [named("étude", 7), named("soon", 14)]);
    let sql = "UPDATE tokens SET expires_at = :at WHERE name = 'soon'";
    mirror.conn.execute(sql, named_params! { ":at": days(6) }).unwrap();
    assert_eq!(tell(&mut mirror, alpha, 0), [named("soon", 7)]);
}
