//! Another address, another sign-in, another certificate file for an account that is connected.

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, RunState, Secret};
use rollcall_sandbox::{
    Fault, FaultRule, Kind, Quirks, Sandbox, SandboxOptions, Tenant, TenantOptions, When,
};
use rollcall_tests::hub::{People, TestHub};
use rollcall_tests::service::{Service, TOKEN};

/// Two tenants of one server, which take the same token.
async fn two_tenants(users: usize) -> (Sandbox, Tenant, Tenant) {
    let options = |name: &str| TenantOptions::new(name).bearer(TOKEN);
    let options = SandboxOptions::default().tenant(options("one")).tenant(options("two"));
    let sandbox = Sandbox::start(options).await.unwrap();
    let (one, two) = (sandbox.tenant("one").unwrap(), sandbox.tenant("two").unwrap());
    one.generate(users, 2, 1).await.unwrap();
    two.generate(users, 2, 2).await.unwrap();
    (sandbox, one, two)
}

fn at(account_id: AccountId, address: String, token: &str) -> ConnectionRequest {
    let authentication = AuthenticationDraft::Bearer { token: Secret::new(token.to_owned()) };
    ConnectionRequest { account_id, address, authentication, certificate_authority: None }
}

async fn people(tenant: &Tenant) -> People {
    let mut people = People::new();
    for id in tenant.ids(Kind::User).await.unwrap() {
        let user = tenant.find(Kind::User, &id).await.unwrap().unwrap();
        let text = |name: &str| user[name].as_str().unwrap_or_default().to_owned();
        people.insert(id, (text("userName"), text("displayName")));
    }
    people
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_of_the_server_keeps_the_credential_and_the_guard_asks_about_another_tenant() {
    let (sandbox, one, two) = two_tenants(60).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &sandbox.base_url("one"), TOKEN).await;
    test.sync_well(account).await;

    let request = || at(account, sandbox.base_url("two"), "");
    let report = test.hub.test_account_connection(request()).await.unwrap();
    assert_eq!(report.users, Some(60));
    assert_eq!(test.account(account).await.address, sandbox.base_url("one"), "trying keeps nothing");

    let view = test.hub.update_connection(request()).await.unwrap();
    assert_eq!((view.address, view.name.as_str()), (sandbox.base_url("two"), "Acme"));
    let run = test.sync(account).await;
    assert_eq!(run.state, RunState::AwaitingReview);
    assert_eq!(test.people(account).await, people(&one).await, "nobody is gone before a person says so");
    let decision = ResolveGuardRequest { run_id: run.id, decision: GuardDecision::Apply };
    test.hub.resolve_guard(decision).await.unwrap();
    assert_eq!(test.people(account).await, people(&two).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_kept_credential_is_sent_to_no_other_server() {
    let one = Service::start(5, 1, Quirks::default()).await;
    let other = Service::start(5, 1, Quirks::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &one.address(), TOKEN).await;

    for error in [
        test.hub.test_account_connection(at(account, other.address(), "")).await.unwrap_err(),
        test.hub.update_connection(at(account, other.address(), " ")).await.unwrap_err(),
    ] {
        let told = (error.code, error.field.as_deref(), error.reason.as_deref());
        let expected = (ErrorCode::InvalidInput, Some("authentication.token"), Some("credentialElsewhere"));
        assert_eq!(told, expected);
    }
    // Not a token under the name of a password either, and not to another server of tokens.
    for authentication in [
        AuthenticationDraft::Basic { user_name: "me".to_owned(), password: Secret::new(String::new()) },
        AuthenticationDraft::OauthClientCredentials {
            token_address: format!("{}/token", other.address()),
            client_id: "me".to_owned(),
            client_secret: Secret::new(String::new()),
            scope: None,
            parameters: Default::default(),
        },
    ] {
        let request = ConnectionRequest { authentication, ..at(account, one.address(), "") };
        let error = test.hub.test_account_connection(request).await.unwrap_err();
        assert_eq!(error.reason.as_deref(), Some("credentialElsewhere"));
    }
    assert_eq!(other.tenant.requests().len(), 0, "nobody asked the other server anything");

    let view = test.hub.update_connection(at(account, other.address(), TOKEN)).await.unwrap();
    assert_eq!(view.address, other.address());
    test.sync_well(account).await;
    assert_eq!(test.people(account).await, other.people().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_work_changes_nothing() {
    let (sandbox, one, _two) = two_tenants(5).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &sandbox.base_url("one"), TOKEN).await;

    let refused =
        test.hub.update_connection(at(account, sandbox.base_url("two"), "another")).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (ErrorCode::Unauthorized, Some("authentication.token"))
    );
    let missing = ConnectionRequest {
        certificate_authority: Some(folder.path().join("no.pem").to_string_lossy().into_owned()),
        ..at(account, sandbox.base_url("two"), "")
    };
    let missing = test.hub.update_connection(missing).await.unwrap_err();
    assert_eq!(missing.field.as_deref(), Some("certificateAuthority"));
    assert_eq!(test.account(account).await.address, sandbox.base_url("one"));
    test.sync_well(account).await;
    assert_eq!(test.people(account).await, people(&one).await, "the old credential is still there");

    test.hub.sign_out(AccountRequest { account_id: account }).await.unwrap();
    let nothing = test.hub.update_connection(at(account, sandbox.base_url("one"), "")).await.unwrap_err();
    assert_eq!(
        (nothing.field.as_deref(), nothing.reason.as_deref()),
        (Some("authentication.token"), Some("required"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_unfinished_sync_read_at_the_former_address_is_dropped() {
    let (sandbox, one, two) = two_tenants(900).await;
    let folder = tempfile::tempdir().unwrap();
    let test = TestHub::open(folder.path()).await;
    let account = test.connect("Acme", &sandbox.base_url("one"), TOKEN).await;
    let refused = Fault::Status { status: 403, retry_after: None, after_work: false };
    one.add_fault(FaultRule::always(refused).path("/Users").when(When::From(4)));
    assert_eq!(test.sync(account).await.state, RunState::Failed);

    test.hub.update_connection(at(account, sandbox.base_url("two"), "")).await.unwrap();
    let run = test.sync_well(account).await;
    assert!(!run.resumed, "it begins anew");
    assert_eq!(test.people(account).await, people(&two).await);
}
