//! The roles grid, and one role with who holds it.

use rollcall_core::api::{RoleColumn, RoleMatrixRequest, RoleQueryRequest, RoleRequest};
use rollcall_core::model::{AccountId, HolderKind, RoleScope, Stream};
use rollcall_core::query::{UserIndexCache, get_role, get_role_matrix, query_roles};

use crate::fixture::{Mirror, user};

fn all_roles() -> RoleQueryRequest {
    RoleQueryRequest {
        account_id: None,
        text: String::new(),
        scope: None,
        unheld_only: false,
        sort: RoleColumn::DisplayName,
        descending: false,
        offset: 0,
        limit: 100,
    }
}

/// In the first account: admin (two users, one who is gone), member (Zoë in two organisations, Ann in one), job (one
/// application), spare (nobody). In the second: admin, held by a user of the first, who does not count there.
fn mirror() -> (Mirror, AccountId, AccountId) {
    let mirror = Mirror::new();
    let (alpha, beta) = (mirror.account("Alpha"), mirror.account("Beta"));
    mirror.add(alpha, &user("u1", "Zoë"));
    mirror.add(alpha, &user("u2", "Ann"));
    mirror.organization(alpha, "acme", "Acme");
    for (id, name) in [("admin", "Ådmin"), ("member", "Member"), ("job", "Job"), ("spare", "Spare")] {
        mirror.role(alpha, id, name);
    }
    mirror.role(beta, "admin", "Boss");
    let sql = "UPDATE roles SET scope = 'organization', is_default = 1 WHERE remote_id = 'member';
               UPDATE roles SET holder_kind = 'application', description = 'runs at night' WHERE remote_id = 'job';
               INSERT INTO applications (account_id, remote_id, display_name, kind, manages_account, raw, hash,
                   first_seen_at, last_changed_at) VALUES (1, 'app', 'Exporter', 'MachineToMachine', 0, '{}', x'00', 7, 8)";
    mirror.conn.execute_batch(sql).unwrap();
    for (role, group, holder) in [
        ("admin", "", "u1"),
        ("admin", "", "u2"),
        ("admin", "", "u9"),
        ("member", "acme", "u1"),
        ("member", "gone", "u1"),
        ("member", "acme", "u2"),
    ] {
        mirror.assign(alpha, role, group, holder);
    }
    mirror.assign(beta, "admin", "", "u1");
    let sql = "INSERT INTO role_assignments (account_id, role_id, group_id, holder_id, holder_kind)
                   VALUES (1, 'job', '', 'app', 'application'), (1, 'job', 'acme', 'app', 'application');
               INSERT INTO role_permissions (account_id, role_id, permission_id, name, resource_id, resource_name)
                   VALUES (1, 'admin', 'p1', 'write:all', 'api', 'The API'), (1, 'admin', 'p2', 'read:all', 'api', 'The API'),
                          (1, 'admin', 'p3', 'invite', NULL, NULL)";
    mirror.conn.execute_batch(sql).unwrap();
    (mirror, alpha, beta)
}

fn named(mirror: &Mirror, request: &RoleQueryRequest) -> Vec<String> {
    let view = query_roles(&UserIndexCache::new(), &mirror.conn, request).unwrap();
    view.rows.into_iter().map(|row| row.display_name).collect()
}

#[test]
fn roles_are_listed_with_each_holder_once_and_with_what_they_allow() {
    let (mirror, _, _) = mirror();
    let view = query_roles(&UserIndexCache::new(), &mirror.conn, &all_roles()).unwrap();
    let rows: Vec<_> =
        view.rows.iter().map(|row| (row.display_name.as_str(), row.holders, row.permissions)).collect();
    assert_eq!(rows, [("Ådmin", 2, 3), ("Boss", 0, 0), ("Job", 1, 0), ("Member", 2, 0), ("Spare", 0, 0)]);
    assert_eq!((view.total, view.all), (5, 5));
    let member = &view.rows[3];
    assert_eq!((member.scope, member.is_default), (RoleScope::Organization, Some(true)));
    assert_eq!(view.rows[2].holder_kind, HolderKind::Application);
}

#[test]
fn roles_are_filtered_and_sorted() {
    let (mirror, alpha, _) = mirror();
    assert_eq!(named(&mirror, &RoleQueryRequest { text: "admin".into(), ..all_roles() }), ["Ådmin"]);
    assert_eq!(named(&mirror, &RoleQueryRequest { text: "NIGHT job".into(), ..all_roles() }), ["Job"]);
    let within = RoleQueryRequest { scope: Some(RoleScope::Organization), ..all_roles() };
    assert_eq!(named(&mirror, &within), ["Member"]);
    let spare = RoleQueryRequest { account_id: Some(alpha), unheld_only: true, ..all_roles() };
    assert_eq!(named(&mirror, &spare), ["Spare"]);
    let sorted = |sort, descending| named(&mirror, &RoleQueryRequest { sort, descending, ..all_roles() });
    assert_eq!(sorted(RoleColumn::Holders, true), ["Ådmin", "Member", "Job", "Boss", "Spare"]);
    assert_eq!(sorted(RoleColumn::Permissions, true)[0], "Ådmin");
    assert_eq!(sorted(RoleColumn::Account, true)[0], "Boss");
    assert_eq!(named(&mirror, &RoleQueryRequest { offset: 1, limit: 2, ..all_roles() }), ["Boss", "Job"]);
}

#[test]
fn a_role_shows_its_holders_by_name_with_the_organisation_where_they_hold_it() {
    let (mirror, alpha, _) = mirror();
    let cache = UserIndexCache::new();
    let request = |remote_id: &str, offset, limit| RoleRequest {
        account_id: alpha,
        remote_id: remote_id.to_owned(),
        offset,
        limit,
    };
    let lines = |remote_id: &str, offset, limit| {
        let view = get_role(&cache, &mirror.conn, &request(remote_id, offset, limit)).unwrap().unwrap();
        let line = |holder: rollcall_core::api::RoleHolderView| {
            (holder.display_name, holder.organization, holder.dangling)
        };
        (view.assignments, view.holders.into_iter().map(line).collect::<Vec<_>>())
    };
    let line = |name: &str, organization: Option<&str>, dangling| {
        (name.to_owned(), organization.map(str::to_owned), dangling)
    };
    let admins = vec![line("Ann", None, false), line("Zoë", None, false), line("u9", None, true)];
    assert_eq!(lines("admin", 0, 9), (3, admins.clone()));
    assert_eq!(lines("admin", 1, 1), (3, admins[1..2].to_vec()));
    let members = vec![
        line("Ann", Some("Acme"), false),
        line("Zoë", Some("Acme"), false),
        line("Zoë", Some("gone"), false),
    ];
    assert_eq!(lines("member", 0, 9), (3, members));
    let jobs = vec![line("Exporter", None, false), line("Exporter", Some("Acme"), false)];
    assert_eq!(lines("job", 0, 9), (2, jobs));
    assert_eq!(get_role(&cache, &mirror.conn, &request("nothing", 0, 9)).unwrap(), None);
}

#[test]
fn a_role_shows_what_it_allows_its_age_and_its_own_history() {
    let (mirror, alpha, _) = mirror();
    let run = mirror.run(alpha, "succeeded");
    mirror.stream(alpha, Stream::Roles, run, 70);
    mirror.stream(alpha, Stream::RoleAssignments, run, 60);
    mirror.stream(alpha, Stream::Memberships, run, 50);
    mirror.history(alpha, run, ("roleAssignment", "admin", "Ådmin", Some(("u1", "Zoë")), "added"));
    mirror.history(alpha, run, ("role", "admin", "Ådmin", None, "changed"));
    mirror.history(alpha, run, ("group", "admin", "A group of the same id", None, "added"));
    let cache = UserIndexCache::new();
    let role = |id: &str| {
        let request = RoleRequest { account_id: alpha, remote_id: id.to_owned(), offset: 0, limit: 0 };
        get_role(&cache, &mirror.conn, &request).unwrap().unwrap()
    };
    let admin = role("admin");
    let rights: Vec<_> =
        admin.permissions.iter().map(|right| (right.resource.as_deref(), right.name.as_str())).collect();
    assert_eq!(rights, [(None, "invite"), (Some("The API"), "read:all"), (Some("The API"), "write:all")]);
    assert_eq!(
        admin.history.iter().map(|line| line.subject.as_str()).collect::<Vec<_>>(),
        ["role", "roleAssignment"]
    );
    let ages = |view: rollcall_core::api::RoleDetailView| {
        (view.roles_state.map(|state| state.synced_at), view.holders_state.map(|state| state.synced_at))
    };
    assert_eq!(ages(admin), (Some(70), Some(60)));
    assert_eq!(ages(role("member")), (Some(70), Some(50)));
}

fn matrix(account_id: AccountId) -> RoleMatrixRequest {
    RoleMatrixRequest { account_id, text: String::new(), scope: None, allowed_only: false, roles: Vec::new() }
}

#[test]
fn the_matrix_says_which_role_allows_what_and_which_roles_rule_others() {
    let (mirror, alpha, beta) = mirror();
    let sql = "INSERT INTO role_permissions (account_id, role_id, permission_id, name, resource_id, resource_name)
                   VALUES (1, 'member', 'p3', 'invite', NULL, NULL);
               INSERT INTO role_permissions (account_id, role_id, permission_id, name, resource_id, resource_name)
                   SELECT account_id, '', permission_id, name, resource_id, resource_name FROM role_permissions
                   WHERE role_id = 'admin'
                   UNION SELECT 1, '', 'p4', 'délete', 'api', 'The API'";
    mirror.conn.execute_batch(sql).unwrap();
    let cache = UserIndexCache::new();
    let get = |request: &RoleMatrixRequest| get_role_matrix(&cache, &mirror.conn, request).unwrap();
    let view = get(&matrix(alpha));
    let roles: Vec<_> =
        view.roles.iter().map(|role| (role.display_name.as_str(), role.holders, role.administers)).collect();
    assert_eq!(roles, [("Ådmin", 2, true), ("Job", 1, false), ("Spare", 0, false), ("Member", 2, false)]);
    let rights: Vec<_> =
        view.rights.iter().map(|right| (right.permission.name.as_str(), right.roles.join(" "))).collect();
    let expected =
        [("invite", "Ådmin Member"), ("délete", ""), ("read:all", "Ådmin"), ("write:all", "Ådmin")];
    assert_eq!(rights, expected.map(|(name, roles)| (name, roles.to_owned())));
    assert_eq!(view.rights[0].allowed, [true, false, false, true]);
    assert_eq!((view.all, view.complete), (4, true));

    let found = get(&RoleMatrixRequest { text: "delete API".into(), ..matrix(alpha) });
    assert_eq!((found.rights.len(), found.all), (1, 4));
    let within =
        get(&RoleMatrixRequest { scope: Some(RoleScope::Organization), allowed_only: true, ..matrix(alpha) });
    assert_eq!((within.roles.len(), within.rights.len()), (1, 1));
    // A file names its columns; their order is kept, and what is not there (any more) is left out.
    let named = get(&RoleMatrixRequest {
        roles: ["member", "gone", "admin"].map(str::to_owned).to_vec(),
        ..matrix(alpha)
    });
    assert_eq!(named.rights[0].roles, ["Member", "Ådmin"]);
    assert_eq!(get(&matrix(beta)).rights, []);
}
