//! The applications grid, and one application with its secrets and roles.

use rollcall_core::api::{ApplicationColumn, ApplicationQueryRequest, ApplicationRequest, HubRequest};
use rollcall_core::model::{AccountId, Timestamp};
use rollcall_core::query::{UserIndexCache, get_application, get_hub, query_applications};

use crate::fixture::{Mirror, moment};

const NOW: i64 = 1_000;

fn all() -> ApplicationQueryRequest {
    ApplicationQueryRequest {
        account_id: None,
        text: String::new(),
        managing_only: false,
        sort: ApplicationColumn::DisplayName,
        descending: false,
        offset: 0,
        limit: 100,
    }
}

/// In the first account: Éxporter manages it, with an old secret for ever, one that has expired and one that will; Web has
/// none. In the second: Bot manages it, with one secret.
fn mirror() -> (Mirror, AccountId, AccountId) {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    mirror.application(alpha, "exp", "Éxporter", true);
    mirror.application(alpha, "web", "Web", false);
    mirror.application(beta, "exp", "Bot", true);
    mirror.secret(alpha, "exp", "new", 600, Some(2_000));
    mirror.secret(alpha, "exp", "old", 10, None);
    mirror.secret(alpha, "exp", "spent", 50, Some(NOW));
    mirror.secret(beta, "exp", "only", 70, Some(1_500));
    mirror.role(alpha, "manage", "Manage everything");
    mirror.organization(alpha, "acme", "Acme");
    let sql = "INSERT INTO role_assignments (account_id, role_id, group_id, holder_id, holder_kind)
                   VALUES (1, 'manage', '', 'exp', 'application'), (1, 'manage', 'acme', 'exp', 'application'),
                          (1, 'gone', '', 'exp', 'application'), (1, 'manage', '', 'web', 'user')";
    mirror.conn.execute_batch(sql).unwrap();
    (mirror, alpha, beta)
}

fn named(mirror: &Mirror, request: &ApplicationQueryRequest) -> Vec<String> {
    let now = Timestamp::from_millis(NOW);
    let view = query_applications(&UserIndexCache::new(), &mirror.conn, request, now).unwrap();
    assert_eq!((view.total as usize, view.all), (view.rows.len(), 3));
    view.rows.into_iter().map(|row| row.display_name).collect()
}

#[test]
fn applications_are_searched_filtered_and_sorted() {
    let (mirror, ..) = mirror();
    assert_eq!(named(&mirror, &all()), ["Bot", "Éxporter", "Web"]);
    let request = ApplicationQueryRequest { managing_only: true, ..all() };
    assert_eq!(named(&mirror, &request), ["Bot", "Éxporter"]);
    assert_eq!(named(&mirror, &ApplicationQueryRequest { text: "EXPO".to_owned(), ..all() }), ["Éxporter"]);
    for (sort, descending, expected) in [
        (ApplicationColumn::Manages, false, ["Bot", "Éxporter", "Web"]),
        (ApplicationColumn::Secrets, true, ["Éxporter", "Bot", "Web"]),
        (ApplicationColumn::OldestSecretAt, false, ["Éxporter", "Bot", "Web"]),
        (ApplicationColumn::OldestSecretAt, true, ["Bot", "Éxporter", "Web"]),
        (ApplicationColumn::ExpiresAt, false, ["Bot", "Éxporter", "Web"]),
        (ApplicationColumn::Roles, true, ["Éxporter", "Bot", "Web"]),
        (ApplicationColumn::Account, false, ["Éxporter", "Web", "Bot"]),
    ] {
        let request = ApplicationQueryRequest { sort, descending, ..all() };
        assert_eq!(named(&mirror, &request), expected, "{sort:?} {descending}");
    }
}

#[test]
fn an_application_has_its_secrets_by_age_and_its_roles_by_place() {
    let (mirror, alpha, beta) = mirror();
    let ask = |account_id, id: &str| {
        let request = ApplicationRequest { account_id, remote_id: id.to_owned() };
        get_application(&mirror.conn, &request, Timestamp::from_millis(NOW)).unwrap()
    };
    let view = ask(alpha, "exp").unwrap();
    let row = &view.row;
    assert_eq!((row.secrets, row.never_expiring, row.expired, row.roles), (3, 1, 1, 2));
    assert_eq!((row.oldest_secret_at, row.expires_at), (Some(10), Some(2_000)));
    let secrets: Vec<_> = view.secrets.iter().map(|secret| secret.name.as_str()).collect();
    assert_eq!(secrets, ["old", "spent", "new"]);
    let roles: Vec<_> =
        view.roles.iter().map(|role| (role.display_name.as_str(), role.organization.as_deref())).collect();
    assert_eq!(roles, [("gone", None), ("Manage everything", None), ("Manage everything", Some("Acme"))]);
    assert_eq!(ask(beta, "web"), None);
}

#[test]
fn the_hub_counts_the_programs_that_manage_an_account() {
    let (mirror, alpha, _) = mirror();
    let count = |account_id| {
        let hub =
            get_hub(&UserIndexCache::new(), &mirror.conn, &HubRequest { account_id }, &moment()).unwrap();
        hub.managing_applications
    };
    assert_eq!((count(Some(alpha)), count(None)), (1, 2));
}
