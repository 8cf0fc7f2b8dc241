//! What roles allow: chosen from what there is, shown by name, never taken from ourselves without asking, and undone.

use std::collections::BTreeSet;

use rollcall_core::api::*;
use rollcall_core::model::{
    BlockReason, ChangeState, Edit, FieldEdit, FieldReason, HolderKind, PERMISSIONS, RemoteId, RoleScope,
};
use rollcall_tests::logto::APPLICATION;
use serde_json::{Value, json};

use super::Fixture;

/// A synchronised account whose service has an API with two permissions, and one of the organisation template.
struct Shop {
    fixture: Fixture,
    resource: String,
    read: RemoteId,
    write: RemoteId,
    invite: RemoteId,
}

async fn made(fixture: &Fixture, path: &str, body: Value) -> String {
    fixture.service.ask("POST", path, body).await["id"].as_str().expect("an id").to_owned()
}

impl Shop {
    async fn new() -> Self {
        let fixture = Fixture::new(10).await;
        let api = json!({"name": "Shop", "indicator": "https://shop.example"});
        let resource = made(&fixture, "/api/resources", api).await;
        let scopes = format!("/api/resources/{resource}/scopes");
        let read = made(&fixture, &scopes, json!({"name": "read:orders"})).await;
        let write = made(&fixture, &scopes, json!({"name": "write:orders"})).await;
        let invite = made(&fixture, "/api/organization-scopes", json!({"name": "invite"})).await;
        fixture.test.sync_well(fixture.account).await;
        fixture.test.wait_for_details(fixture.account).await;
        let [read, write, invite] = [read, write, invite].map(RemoteId::new);
        Self { fixture, resource, read, write, invite }
    }

    async fn choice(&self) -> PermissionsView {
        let request = AccountRequest { account_id: self.fixture.account };
        self.fixture.test.hub.list_permissions(request).await.expect("what roles could allow")
    }

    async fn allowed(&self, role: &str) -> BTreeSet<String> {
        let path = format!("/api/roles/{role}/scopes");
        self.fixture.service.all(&path).await.into_keys().collect()
    }
}

fn create(scope: RoleScope, permissions: &[&RemoteId]) -> Edit {
    let field = |path: &str, after: &str| FieldEdit {
        path: path.to_owned(),
        before: Value::Null,
        after: json!(after),
    };
    Edit::CreateRole {
        scope,
        holder_kind: HolderKind::User,
        fields: vec![field("name", "Clerk"), field("description", "Looks after orders")],
        permissions: permissions.iter().map(|id| (*id).clone()).collect(),
    }
}

fn allow(role: &str, before: &[&RemoteId], after: &[&RemoteId]) -> Edit {
    let fields = vec![FieldEdit { path: PERMISSIONS.to_owned(), before: json!(before), after: json!(after) }];
    Edit::UpdateRole { role: RemoteId::new(role), scope: RoleScope::Account, fields }
}

fn ids(permissions: &[&RemoteId]) -> BTreeSet<String> {
    permissions.iter().map(|id| id.as_str().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_a_role_could_allow_is_offered_also_what_no_role_allows_yet() {
    let shop = Shop::new().await;
    let choice = shop.choice().await;
    assert!(choice.complete);
    let find = |id: &RemoteId| {
        choice.permissions.iter().find(|own| own.remote_id == id.as_str()).expect("a permission")
    };
    let of = |id| (find(id).name.as_str(), find(id).resource.as_deref());
    assert_eq!(of(&shop.read), ("read:orders", Some("Shop")));
    assert_eq!(of(&shop.invite), ("invite", None));
    assert!(choice.permissions.iter().any(|own| own.name == "all"), "that of the Management API itself");
    // What is gone at the service is offered no more.
    let path = format!("/api/resources/{}/scopes/{}", shop.resource, shop.write);
    shop.fixture.service.ask("DELETE", &path, Value::Null).await;
    shop.fixture.test.sync_well(shop.fixture.account).await;
    shop.fixture.test.wait_for_details(shop.fixture.account).await;
    assert!(shop.choice().await.permissions.iter().all(|own| own.remote_id != shop.write.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_made_with_rights_gets_and_loses_some_and_all_of_it_is_undone() {
    let shop = Shop::new().await;
    let fixture = &shop.fixture;
    let receipt = fixture.apply_now(vec![create(RoleScope::Account, &[&shop.read])]).await;
    let line = &receipt.lines[0];
    assert_eq!(line.state, ChangeState::Applied, "{receipt:?}");
    let shown = |fields: &[FieldEdit]| {
        let field = fields.iter().find(|field| field.path == PERMISSIONS).expect("what it allows");
        (field.before.clone(), field.after.clone())
    };
    assert_eq!(shown(&line.fields), (Value::Null, json!(["read:orders (Shop)"])));
    let role = line.subject.remote_id.clone().unwrap();
    assert_eq!(shop.allowed(&role).await, ids(&[&shop.read]));

    let edit = allow(&role, &[&shop.read], &[&shop.write]);
    let request = PreviewEditsRequest { account_id: fixture.account, edits: vec![edit.clone()], most: None };
    let plan = fixture.test.hub.preview_edits(request).await.unwrap();
    let line = &plan.subjects[0].lines[0];
    assert_eq!(line.problems, []);
    assert_eq!(shown(&line.fields), (json!(["read:orders (Shop)"]), json!(["write:orders (Shop)"])));
    let lost =
        LossView { kind: LossKind::Permissions, count: 1, names: vec!["read:orders (Shop)".to_owned()] };
    assert_eq!(line.losses, [lost]);
    let changed = fixture.apply_now(vec![edit]).await;
    assert_eq!(changed.lines[0].state, ChangeState::Applied, "{changed:?}");
    assert_eq!(shop.allowed(&role).await, ids(&[&shop.write]));
    let detail = fixture.test.hub.get_role(RoleRequest {
        account_id: fixture.account,
        remote_id: role.clone(),
        offset: 0,
        limit: 10,
    });
    let detail = detail.await.unwrap();
    let mirrored: Vec<_> = detail.permissions.iter().map(|own| own.remote_id.as_str()).collect();
    assert_eq!(mirrored, [shop.write.as_str()], "the mirror has it without a sync");

    let undo = fixture.test.hub.undo_run(RunRequest { run_id: changed.run.id }).await.unwrap();
    assert_eq!(undo.remains, []);
    fixture.apply_now(undo.edits).await;
    assert_eq!(shop.allowed(&role).await, ids(&[&shop.read]));
    let undo = fixture.test.hub.undo_run(RunRequest { run_id: receipt.run.id }).await.unwrap();
    fixture.apply_now(undo.edits).await;
    assert!(!fixture.service.all("/api/roles").await.contains_key(&role));
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_that_somebody_else_changed_are_a_conflict_told_by_name() {
    let shop = Shop::new().await;
    let fixture = &shop.fixture;
    let receipt = fixture.apply_now(vec![create(RoleScope::Account, &[&shop.read])]).await;
    let role = receipt.lines[0].subject.remote_id.clone().unwrap();
    fixture.propose(vec![allow(&role, &[&shop.read], &[])]).await;
    let theirs = json!({"scopeIds": [shop.write]});
    fixture.service.ask("POST", &format!("/api/roles/{role}/scopes"), theirs).await;
    let receipt = fixture.apply().await;
    let Some(BlockReason::Conflict { fields }) = &receipt.lines[0].blocked else { panic!("{receipt:?}") };
    let names = json!(["read:orders (Shop)", "write:orders (Shop)"]);
    assert_eq!((&fields[0].mine, &fields[0].theirs), (&json!([]), &names));
    let change_id = receipt.lines[0].change_id;
    let choice = ResolveChangeRequest { change_id, choice: ChangeChoice::KeepMine };
    fixture.test.hub.resolve_change(choice).await.unwrap();
    fixture.apply().await;
    assert_eq!(shop.allowed(&role).await, BTreeSet::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rights_that_we_sign_in_with_are_not_taken_without_asking() {
    let shop = Shop::new().await;
    let fixture = &shop.fixture;
    let assignments = fixture.service.assignments().await;
    let (role, _) = assignments.iter().find(|(_, holder)| holder == APPLICATION).expect("our own role");
    let held: Vec<RemoteId> = shop.allowed(role).await.into_iter().map(RemoteId::new).collect();
    let held: Vec<&RemoteId> = held.iter().collect();
    for (after, asks) in [(Vec::new(), true), ([held.as_slice(), &[&shop.read]].concat(), false)] {
        let edit = allow(role, &held, &after);
        let request = PreviewEditsRequest { account_id: fixture.account, edits: vec![edit], most: None };
        let plan = fixture.test.hub.preview_edits(request).await.unwrap();
        let guards = &plan.subjects[0].lines[0].guards;
        let asked = guards.iter().any(|view| view.guard == Guard::OwnCredential && view.confirm);
        assert_eq!(asked, asks, "{after:?}: {guards:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_given_only_what_there_is_and_what_fits_it() {
    let shop = Shop::new().await;
    let unknown = RemoteId::new("nobodyknowsthisright0");
    for (scope, permissions, reason) in [
        (RoleScope::Account, vec![&unknown], FieldReason::Unknown),
        (RoleScope::Account, vec![&shop.read, &shop.read], FieldReason::Repeated),
        (RoleScope::Account, vec![&shop.invite], FieldReason::NotSupported),
        (RoleScope::Organization, vec![&shop.invite, &unknown], FieldReason::Unknown),
    ] {
        let proposed = shop.fixture.propose(vec![create(scope, &permissions)]).await;
        let found: Vec<_> = proposed.problems.iter().flat_map(|found| &found.problems).collect();
        assert!(
            found.iter().any(|problem| problem.path == PERMISSIONS && problem.reason == reason),
            "{permissions:?}: {found:?}"
        );
    }
    let receipt =
        shop.fixture.apply_now(vec![create(RoleScope::Organization, &[&shop.invite, &shop.read])]).await;
    assert_eq!(receipt.lines[0].state, ChangeState::Applied, "{receipt:?}");
}
