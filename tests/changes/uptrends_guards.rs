//! What would lock somebody out of an Uptrends account, or lose what somebody must hold: refused or asked before anything is
//! sent, and told in the person's words where only the service knows.

use rollcall_core::api::*;
use rollcall_core::model::{
    BlockReason, ChangeState, Edit, FieldReason, GrantHolder, GroupKind, RemoteId, Right,
};
use rollcall_sandbox::UptrendsQuirks;
use rollcall_tests::uptrends::USER_NAME;
use serde_json::{Value, json};

use super::uptrends::{Fixture, field, guid};

impl Fixture {
    /// The operator whose API user we are.
    async fn own(&self) -> RemoteId {
        let operators = self.service.list("/Operator").await;
        RemoteId::new(guid(operators.iter().find(|own| own["IsAccountAdministrator"] == true).unwrap()))
    }
}

fn last(permission: &str) -> Guard {
    Guard::LastWithRight { permission: permission.to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_operator_and_api_user_are_not_deleted_and_what_they_lose_is_asked_about() {
    let fixture = Fixture::new().await;
    let own = fixture.own().await;
    let delete = Edit::DeleteUser { user: own.clone() };
    assert_eq!(fixture.asked(vec![delete]).await.0, [FieldReason::OwnUser]);
    let token = Edit::DeleteToken { owner: own.clone(), name: USER_NAME.to_owned() };
    assert_eq!(fixture.asked(vec![token]).await.0, [FieldReason::OwnCredential]);
    let off = Edit::SetUserActive { user: own.clone(), active: false };
    let guards = fixture.asked(vec![off]).await.1;
    assert!(guards.contains(&Guard::OwnUser) && guards.contains(&last("AccountAdministrator")), "{guards:?}");
    let groups = fixture.service.list("/OperatorGroup").await;
    let administrators = groups.iter().find(|group| group["IsAdministratorsGroup"] == true).unwrap();
    let group = RemoteId::new(guid(administrators));
    let leave =
        Edit::RemoveMember { group: group.clone(), group_kind: GroupKind::Group, member: own.clone() };
    let guards = fixture.asked(vec![leave]).await.1;
    assert_eq!(guards, [Guard::OwnUser, last("AccountAdministrator")]);
    let all_off = Edit::SetGroupActive { group, active: false };
    assert!(fixture.asked(vec![all_off]).await.1.contains(&Guard::OwnUser), "a member of the group is us");
    assert_eq!(fixture.writes(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_financial_operator_is_told_before_and_the_refusal_in_plain_words() {
    let fixture = Fixture::new().await;
    let own = fixture.own().await;
    let right = |holder: &RemoteId| Right {
        permission: "FinancialOperator".to_owned(),
        holder_kind: GrantHolder::User,
        holder: holder.clone(),
        resource: None,
        resource_kind: None,
    };
    let take = Edit::TakeRight { right: right(&own) };
    assert!(fixture.asked(vec![take.clone()]).await.1.contains(&last("FinancialOperator")));
    // Confirmed all the same, the service has the last word.
    let receipt = fixture.apply(vec![take.clone()]).await;
    let Some(BlockReason::Refused { reason, .. }) = &receipt.lines[0].blocked else {
        panic!("{:?}", receipt.lines[0])
    };
    assert_eq!(reason.as_deref(), Some("lastHolder"));
    let withdraw =
        ChangeIdsRequest { account_id: fixture.account, changes: Some(vec![receipt.lines[0].change_id]) };
    fixture.test.hub.withdraw_changes(withdraw).await.unwrap();
    // Passed on in one plan, whichever way it was put together, somebody always holds it.
    let heir = fixture.others().await.remove(0);
    let plan = vec![take, Edit::GiveRight { right: right(&heir) }];
    assert_eq!(fixture.asked(plan.clone()).await, (vec![], vec![Guard::OwnUser]));
    fixture.done(plan).await;
    fixture.mirror_had_it_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_of_dashboards_is_not_deleted_and_that_is_said_in_the_persons_language() {
    for owner_status in [400, 403] {
        let fixture = Fixture::with(UptrendsQuirks { owner_status, ..UptrendsQuirks::default() }).await;
        let user = fixture.others().await.remove(0);
        fixture.service.tenant.set_owned(user.as_str(), Some("2 dashboards")).await.unwrap();
        let receipt = fixture.apply(vec![Edit::DeleteUser { user }]).await;
        let Some(BlockReason::Refused { reason, words, .. }) = &receipt.lines[0].blocked else {
            panic!("{:?}", receipt.lines[0])
        };
        assert_eq!(reason.as_deref(), Some("ownsThings"));
        assert!(words.contains("2 dashboards"), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_became_another_one_though_nobody_meant_it_is_a_conflict_and_is_put_back() {
    let fixture = Fixture::with(UptrendsQuirks { patch_empties: true, ..UptrendsQuirks::default() }).await;
    let user = fixture.others().await.remove(0);
    fixture
        .service
        .ask(
            "PATCH",
            &format!("/Operator/{user}"),
            json!({
                "MobilePhone": "+32470123456", "BackupEmail": "home@example.com",
            }),
        )
        .await;
    fixture.test.sync_well(fixture.account).await;
    let before = fixture.operator(user.as_str()).await["FullName"].clone();
    let rename =
        Edit::UpdateUser { user: user.clone(), fields: vec![field("FullName", before, json!("Zoë Berg"))] };
    let receipt = fixture.apply(vec![rename]).await;
    let line = &receipt.lines[0];
    let Some(BlockReason::AlsoChanged { fields }) = &line.blocked else { panic!("{line:?}") };
    let told: Vec<_> = fields.iter().map(|field| (field.path.as_str(), &field.base, &field.theirs)).collect();
    assert_eq!(
        told,
        [
            ("BackupEmail", &json!("home@example.com"), &json!("")),
            ("MobilePhone", &json!("+32470123456"), &json!("")),
        ]
    );
    // The mirror has what the service has.
    let seen = fixture
        .test
        .hub
        .get_user(UserRequest { account_id: fixture.account, remote_id: user.as_str().to_owned() });
    let seen = seen.await.unwrap().row;
    assert_eq!((seen.display_name.as_str(), seen.phone.as_deref()), ("Zoë Berg", None));

    let change_id = line.change_id;
    let choice = ChangeChoice::KeepMine;
    fixture.test.hub.resolve_change(ResolveChangeRequest { change_id, choice }).await.unwrap();
    let receipt = fixture.apply_waiting(vec![change_id]).await;
    assert_eq!(receipt.lines[0].state, ChangeState::Applied, "{receipt:#?}");
    let now = fixture.operator(user.as_str()).await;
    let expected = [json!("Zoë Berg"), json!("+32470123456"), json!("home@example.com")];
    assert_eq!([&now["FullName"], &now["MobilePhone"], &now["BackupEmail"]], expected.each_ref());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_service_left_alone_is_no_conflict() {
    let fixture = Fixture::new().await;
    let user = fixture.others().await.remove(0);
    let before = fixture.operator(user.as_str()).await["FullName"].clone();
    let rename =
        Edit::UpdateUser { user: user.clone(), fields: vec![field("FullName", before, json!("Zoë"))] };
    fixture.done(vec![rename]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_user_is_described_otherwise_and_back() {
    let fixture = Fixture::new().await;
    let listed = fixture.service.list("/ApiUser").await;
    let token = listed.iter().find(|own| own["UserName"] != USER_NAME).unwrap();
    let id = token["ApiUserGuid"].as_str().unwrap().to_owned();
    let (owner, name) = (RemoteId::new(guid(token)), token["UserName"].as_str().unwrap().to_owned());
    let before = token["Description"].as_str().unwrap().to_owned();
    let describe = |before: &str, after: &str| Edit::DescribeToken {
        owner: owner.clone(),
        name: name.clone(),
        before: before.to_owned(),
        after: after.to_owned(),
    };
    let receipt = fixture.done(vec![describe(&before, "Deploys")]).await;
    let description = async || {
        let token = fixture.service.ask("GET", &format!("/ApiUser/{id}"), Value::Null).await;
        token["Description"].as_str().unwrap().to_owned()
    };
    assert_eq!(description().await, "Deploys");
    assert_eq!(fixture.writes(), [("PUT".to_owned(), "/ApiUser/{apiUserGuid}".to_owned())]);
    fixture.undo(&receipt).await;
    assert_eq!(description().await, before);
    let receipt = fixture.apply(vec![describe("somebody else's", "Deploys")]).await;
    assert!(matches!(receipt.lines[0].blocked, Some(BlockReason::Conflict { .. })), "{receipt:#?}");
    fixture.mirror_had_it_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_count_only_beside_a_flag_are_set_taken_back_and_not_undone_where_nobody_saw_them() {
    let fixture = Fixture::new().await;
    let user = fixture.others().await.remove(0);
    let set = |path: &str, before: Value, after: Value| Edit::UpdateUser {
        user: user.clone(),
        fields: vec![field(path, before, after)],
    };
    let zone = fixture.operator(user.as_str()).await["TimeZoneId"].clone();
    assert_eq!(zone, Value::Null);
    let receipt = fixture.done(vec![set("TimeZoneId", Value::Null, json!(56))]).await;
    assert_eq!(fixture.operator(user.as_str()).await["TimeZoneId"], 56);
    fixture.undo(&receipt).await;
    assert_eq!(fixture.operator(user.as_str()).await["TimeZoneId"], Value::Null);

    let receipt = fixture.done(vec![set("CultureName", Value::Null, json!("nl-NL"))]).await;
    assert!(!receipt.can_undo, "what it was before was never shown");
    fixture.done(vec![set("CultureName", Value::Null, json!("AccountDefault"))]).await;
    let wrong = fixture.asked(vec![set("CultureName", Value::Null, json!("tlh"))]).await.0;
    assert_eq!(wrong, [FieldReason::Unknown]);
    // The service knows best: single sign-on is not set up.
    let receipt = fixture.apply(vec![set("AllowSingleSignon", Value::Null, json!(true))]).await;
    assert!(matches!(receipt.lines[0].blocked, Some(BlockReason::Refused { .. })), "{receipt:#?}");
}
