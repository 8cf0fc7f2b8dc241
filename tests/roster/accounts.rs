//! The account itself: made without a service, never synchronised, never in the keychain, gone without a trace.

use rollcall_core::api::*;
use rollcall_core::model::{Authentication, ProviderKind, RosterPreset, RosterTerms, Secret};

use crate::{Fixture, OWNER, isocarto};

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_is_made_with_its_owner_and_the_roles_of_its_preset() {
    let fixture = Fixture::new().await;
    let account = fixture.test.account(fixture.account).await;
    assert_eq!((account.provider, account.authentication), (ProviderKind::Roster, Authentication::ByHand));
    assert_eq!((account.users, account.groups, account.signed_in), (1, 1, true));
    assert_eq!(account.address, "https://isocarto.fr/account");
    let view = fixture.view().await;
    assert_eq!(view.organization.display_name, "Atelier Nord");
    assert_eq!(view.me.unwrap().display_name, OWNER);
    assert_eq!(view.my_role.unwrap().remote_id, "owner");
    let roles: Vec<_> =
        view.roles.iter().map(|role| (role.name.as_str(), role.members, role.rights.len())).collect();
    assert_eq!(roles, [("Owner", 1, 11), ("Administrator", 0, 6), ("Member", 0, 2)]);
    assert_eq!((view.rights.len(), view.invitation_days, view.one_role), (11, Some(7), true));
    assert_eq!(view.cost.unwrap().now.per_month, Some(36_000));
    assert!(view.actions.iter().all(|action| action.refused.is_none()), "the owner may do everything");
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_called_as_the_page_calls_them_in_the_persons_language() {
    let request = CreateRosterRequest { language: Language::Fr, ..isocarto("Isocarto") };
    let fixture = Fixture::of(request).await;
    let view = fixture.view().await;
    let names: Vec<_> = view.roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(names, ["Propriétaire", "Administrateur", "Membre"]);
    assert_eq!(view.rights[3].name, "Inviter");
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_service_to_sync_with_and_no_credential_to_keep() {
    let fixture = Fixture::new().await;
    let (hub, id) = (&fixture.test.hub, fixture.account);
    let entries = fixture.test.secrets.names();
    let by_hand = |error: CommandError| {
        assert_eq!((error.code, error.reason.as_deref()), (ErrorCode::InvalidInput, Some("byHand")));
    };
    by_hand(hub.start_sync(AccountRequest { account_id: id }).await.unwrap_err());
    by_hand(hub.sign_out(AccountRequest { account_id: id }).await.unwrap_err());
    let token = || AuthenticationDraft::Bearer { token: Secret::new("s3cret".to_owned()) };
    let replace = ReplaceCredentialRequest { account_id: id, authentication: token() };
    by_hand(hub.replace_credential(replace).await.unwrap_err());
    let connection = || ConnectionRequest {
        account_id: id,
        address: "https://example.com".to_owned(),
        authentication: token(),
        certificate_authority: None,
    };
    by_hand(hub.test_account_connection(connection()).await.unwrap_err());
    by_hand(hub.update_connection(connection()).await.unwrap_err());
    let draft = || AccountDraft {
        provider: ProviderKind::Roster,
        name: "Other".to_owned(),
        address: "https://example.com".to_owned(),
        authentication: token(),
        certificate_authority: None,
    };
    by_hand(hub.test_connection(TestConnectionRequest { draft: draft() }).await.unwrap_err());
    by_hand(hub.connect_account(ConnectAccountRequest { draft: draft() }).await.unwrap_err());
    let apply = ApplyChangesRequest { account_id: id, changes: None, confirmations: Vec::new() };
    by_hand(hub.apply_changes(apply).await.unwrap_err());
    let update =
        UpdateAccountRequest { account_id: id, name: "Isocarto".to_owned(), sync_interval_minutes: Some(5) };
    let account = hub.update_account(update).await.unwrap();
    assert_eq!(account.sync.next_at, None, "nothing is ever due");
    assert_eq!(fixture.test.secrets.names(), entries, "the keychain is as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_it_leaves_nothing_behind() {
    let fixture = Fixture::new().await;
    let request = || AccountRequest { account_id: fixture.account };
    let preview = fixture.test.hub.preview_forget(request()).await.unwrap();
    assert_eq!((preview.users, preview.groups, preview.credential), (1, 1, false));
    let forgotten = fixture.test.hub.forget_account(request()).await.unwrap();
    assert_eq!(forgotten.credential_left, None);
    let conn = fixture.test.database();
    for table in
        ["rosters", "users", "groups", "roles", "role_permissions", "role_assignments", "memberships"]
    {
        let left: i64 =
            conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_survives_a_new_start_and_can_be_said_anew() {
    let mut fixture = Fixture::new().await;
    fixture.test = fixture.test.reopen().await;
    let terms = RosterTerms { page: None, member_price: Some(6_000), ..crate::enterprise() };
    let update = UpdateRosterRequest {
        account_id: fixture.account,
        terms: Some(terms),
        me: Some(String::new()),
        rights: None,
    };
    let view = fixture.test.hub.update_roster(update).await.unwrap();
    assert_eq!((view.me, view.terms.member_price, view.terms.page), (None, Some(6_000), None));
    assert_eq!(fixture.test.account(fixture.account).await.address, "");
    let opened =
        fixture.test.hub.open_roster_page(AccountRequest { account_id: fixture.account }).await.unwrap();
    assert!(!opened.opened, "there is no page any more");
    let nobody = UpdateRosterRequest {
        account_id: fixture.account,
        terms: None,
        me: Some("nobody".to_owned()),
        rights: None,
    };
    let error = fixture.test.hub.update_roster(nobody).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_its_own_page_is_opened() {
    let fixture = Fixture::new().await;
    let opened =
        fixture.test.hub.open_roster_page(AccountRequest { account_id: fixture.account }).await.unwrap();
    assert!(opened.opened);
    assert_eq!(*fixture.test.desktop.pages.lock().unwrap(), ["https://isocarto.fr/account#members"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_at_its_field_and_nothing_is_kept() {
    let fixture = Fixture::new().await;
    let wrong = |change: fn(&mut CreateRosterRequest)| {
        let mut request = isocarto("Other");
        change(&mut request);
        request
    };
    for (request, field) in [
        (wrong(|it| it.name = " ".to_owned()), "name"),
        (wrong(|it| it.name = "ISOCARTO".to_owned()), "name"),
        (wrong(|it| it.terms.page = Some("javascript:alert(1)".to_owned())), "terms.page"),
        (wrong(|it| it.terms.plan_price = Some(-1)), "terms.planPrice"),
        (wrong(|it| it.owner.as_mut().unwrap().email = "olivia".to_owned()), "owner.email"),
    ] {
        let error = fixture.test.hub.create_roster(request).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::InvalidInput, Some(field)));
    }
    assert_eq!(fixture.test.hub.list_accounts(EmptyRequest {}).await.unwrap().accounts.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_account_is_no_organisation_kept_by_hand() {
    let fixture = Fixture::new().await;
    let other = AccountRequest { account_id: rollcall_core::model::AccountId(99) };
    assert_eq!(fixture.test.hub.get_roster(other).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_with_its_own_roles_says_what_they_allow() {
    let request = CreateRosterRequest { preset: RosterPreset::Empty, ..isocarto("Chess club") };
    let fixture = Fixture::of(request).await;
    let right =
        |id: Option<&str>, name: &str| RosterRight { id: id.map(str::to_owned), name: name.to_owned() };
    let update = |rights| UpdateRosterRequest {
        account_id: fixture.account,
        terms: None,
        me: None,
        rights: Some(rights),
    };
    let view =
        fixture.test.hub.update_roster(update(vec![right(None, "Open the hall"), right(None, "Pay")])).await;
    let ids: Vec<_> = view.unwrap().rights.into_iter().map(|right| right.id.unwrap()).collect();
    let role = rollcall_core::model::Edit::CreateRole {
        scope: rollcall_core::model::RoleScope::Organization,
        holder_kind: rollcall_core::model::HolderKind::User,
        fields: vec![crate::field("name", "Treasurer".into())],
        permissions: ids.iter().map(rollcall_core::model::RemoteId::new).collect(),
    };
    let now = ApplyNowRequest { account_id: fixture.account, edits: vec![role], confirmations: Vec::new() };
    let started = fixture.test.hub.apply_now(now).await.unwrap();
    assert_eq!(started.problems, []);
    fixture.settled(started.run_id.expect("what is only kept here is done at once")).await;
    let treasurer =
        |view: &RosterView| view.roles.iter().find(|role| role.name == "Treasurer").unwrap().rights.clone();
    assert_eq!(treasurer(&fixture.view().await).len(), 2);
    // A right that is none any more is taken from every role; another name is another name.
    let view =
        fixture.test.hub.update_roster(update(vec![right(Some(&ids[0]), "Have the key")])).await.unwrap();
    assert_eq!(treasurer(&view), [ids[0].clone()]);
    assert_eq!(view.rights, [right(Some(&ids[0]), "Have the key")]);
    let twice = update(vec![right(None, "Pay"), right(None, "PAY")]);
    assert_eq!(fixture.test.hub.update_roster(twice).await.unwrap_err().field.as_deref(), Some("rights"));
    let isocarto = Fixture::new().await;
    let own = UpdateRosterRequest {
        account_id: isocarto.account,
        terms: None,
        me: None,
        rights: Some(vec![right(None, "Pay")]),
    };
    assert_eq!(isocarto.test.hub.update_roster(own).await.unwrap_err().field.as_deref(), Some("rights"));
}
