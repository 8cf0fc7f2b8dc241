//! Organisations and invitations, and a user with what belongs to it in depth.

use rollcall_core::api::{
    GroupColumn, GroupQueryRequest, GroupRequest, InvitationColumn, InvitationQueryRequest, InvitationState,
};
use rollcall_core::model::{AccountId, GroupKind, Stream, Timestamp};
use rollcall_core::query::{UserIndexCache, get_group, get_user, query_groups, query_invitations};
use rusqlite::named_params;

use crate::fixture::{Mirror, moment, user};

fn at(text: &str) -> i64 {
    Timestamp::parse(text).unwrap().as_millis()
}

fn invite(mirror: &Mirror, account: AccountId, line: (&str, &str, Option<&str>, Option<i64>)) {
    let (invitee, status, group, expires) = line;
    let sql = "INSERT INTO invitations (account_id, remote_id, invitee, status, group_id, inviter_id, roles, created_at,
                   expires_at, raw, hash, first_seen_at, last_changed_at)
               VALUES (:account, :invitee, :invitee, :status, :group, 'u1', '[\"Member\"]', 5, :expires, '{}', x'00', 7, 8)";
    let parameters = named_params! {
        ":account": account.0, ":invitee": invitee, ":status": status, ":group": group, ":expires": expires,
    };
    mirror.conn.execute(sql, parameters).unwrap();
}

/// Acme with Zoë (member and admin there) and Ann (no role there); Empty; a group that is no organisation.
fn mirror() -> (Mirror, AccountId) {
    let mirror = Mirror::new();
    let account = mirror.account("Alpha");
    mirror.add(account, &user("u1", "Zoë"));
    mirror.add(account, &user("u2", "Ann"));
    mirror.organization(account, "acme", "Acme");
    mirror.organization(account, "empty", "Empty");
    mirror.group(account, "staff", "Staff", None);
    for (id, name) in [("admin", "Admin"), ("member", "Member")] {
        mirror.role(account, id, name);
    }
    for member in ["u1", "u2"] {
        mirror.member(account, "acme", member, None);
    }
    mirror.member(account, "staff", "u1", None);
    for (role, group) in [("member", "acme"), ("admin", "acme"), ("admin", "")] {
        mirror.assign(account, role, group, "u1");
    }
    let (past, future) = (at("2026-06-30T00:00:00Z"), at("2026-07-02T00:00:00Z"));
    invite(&mirror, account, ("new@example.com", "Pending", Some("acme"), Some(future)));
    invite(&mirror, account, ("late@example.com", "Pending", Some("acme"), Some(past)));
    invite(&mirror, account, ("was@example.com", "Expired", None, Some(past)));
    invite(&mirror, account, ("odd@example.com", "Postponed", Some("nowhere"), None));
    (mirror, account)
}

#[test]
fn organisations_are_listed_apart_from_groups_with_their_open_invitations() {
    let (mirror, account) = mirror();
    let listed = |kind, empty_only| {
        let request = GroupQueryRequest {
            account_id: Some(account),
            kind,
            text: String::new(),
            empty_only,
            dangling_only: false,
            sort: GroupColumn::DisplayName,
            descending: false,
            offset: 0,
            limit: 50,
        };
        let view = query_groups(&UserIndexCache::new(), &mirror.conn, &request, moment().now).unwrap();
        let rows = view.rows.into_iter().map(|row| (row.display_name, row.members, row.invitations));
        (view.all, rows.collect::<Vec<_>>())
    };
    let row = |name: &str, members, invitations| (name.to_owned(), members, invitations);
    let organizations = Some(GroupKind::Organization);
    assert_eq!(listed(organizations, false), (2, vec![row("Acme", 2, 1), row("Empty", 0, 0)]));
    assert_eq!(listed(organizations, true), (2, vec![row("Empty", 0, 0)]));
    assert_eq!(listed(Some(GroupKind::Group), false), (1, vec![row("Staff", 1, 0)]));
    assert_eq!(listed(None, false).0, 3);
}

#[test]
fn members_of_an_organisation_have_the_roles_they_hold_there_and_its_own_age() {
    let (mirror, account) = mirror();
    let run = mirror.run(account, "succeeded");
    mirror.stream(account, Stream::Groups, run, 60);
    mirror.stream(account, Stream::Memberships, run, 70);
    let cache = UserIndexCache::new();
    let group = |id: &str| {
        let request = GroupRequest { account_id: account, remote_id: id.to_owned(), offset: 0, limit: 9 };
        get_group(&cache, &mirror.conn, &request, moment().now).unwrap().unwrap()
    };
    let acme = group("acme");
    assert_eq!((acme.row.kind, acme.row.invitations), (GroupKind::Organization, 1));
    let members: Vec<_> = acme
        .members
        .iter()
        .map(|member| {
            let roles: Vec<_> = member.roles.iter().map(|role| role.display_name.as_str()).collect();
            (member.display_name.as_str(), roles)
        })
        .collect();
    assert_eq!(members, [("Ann", vec![]), ("Zoë", vec!["Admin", "Member"])]);
    assert_eq!(acme.members_state.unwrap().synced_at, 70);
    assert_eq!(group("staff").members_state.unwrap().synced_at, 60);
}

#[test]
fn an_invitation_past_its_time_has_expired_whatever_the_service_says() {
    let (mirror, account) = mirror();
    let listed = |change: &dyn Fn(&mut InvitationQueryRequest)| {
        let mut request = InvitationQueryRequest {
            account_id: Some(account),
            text: String::new(),
            state: None,
            sort: InvitationColumn::Invitee,
            descending: false,
            offset: 0,
            limit: 50,
        };
        change(&mut request);
        let view = query_invitations(&UserIndexCache::new(), &mirror.conn, &request, moment().now).unwrap();
        assert_eq!(view.all, 4);
        view.rows
    };
    let rows = listed(&|_| {});
    let states: Vec<_> = rows.iter().map(|row| (row.invitee.as_str(), row.state)).collect();
    assert_eq!(
        states,
        [
            ("late@example.com", InvitationState::Expired),
            ("new@example.com", InvitationState::Pending),
            ("odd@example.com", InvitationState::Other),
            ("was@example.com", InvitationState::Expired),
        ]
    );
    assert_eq!(rows[1].organization.as_deref(), Some("Acme"));
    assert_eq!(rows[2].organization.as_deref(), Some("nowhere"));
    assert_eq!(
        (rows[1].inviter.as_deref(), rows[1].roles.as_slice()),
        (Some("Zoë"), ["Member".to_owned()].as_slice())
    );
    assert_eq!(listed(&|request| request.state = Some(InvitationState::Expired)).len(), 2);
    assert_eq!(listed(&|request| request.text = "ACME new".to_owned()).len(), 1);
    let sorted = listed(&|request| {
        request.sort = InvitationColumn::ExpiresAt;
        request.descending = true;
    });
    assert_eq!(
        (sorted[0].invitee.as_str(), sorted[3].invitee.as_str()),
        ("new@example.com", "odd@example.com")
    );
}

#[test]
fn a_user_shows_roles_organisations_tokens_and_what_was_asked_for_it_alone() {
    let (mirror, account) = mirror();
    mirror.token(account, "u1", "ci", (None, true), (None, false));
    let view = || get_user(&mirror.conn, account, "u1").unwrap().unwrap();
    assert_eq!(view().depth, None);
    mirror.details(account, "u1", Some(1));
    let zoe = view();
    assert_eq!(zoe.roles.iter().map(|role| role.display_name.as_str()).collect::<Vec<_>>(), ["Admin"]);
    let groups: Vec<_> =
        zoe.groups.iter().map(|group| (group.display_name.as_str(), group.kind, group.roles.len())).collect();
    assert_eq!(groups, [("Acme", GroupKind::Organization, 2), ("Staff", GroupKind::Group, 0)]);
    let token = &zoe.tokens[0];
    assert_eq!((token.name.as_str(), token.expiry_known, token.expires_at), ("ci", true, None));
    assert!(!token.last_use_known);
    assert_eq!(zoe.depth.unwrap().read_at, 9);
}
