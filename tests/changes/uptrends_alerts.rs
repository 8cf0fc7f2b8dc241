//! What a plan says of alert definitions that would reach nobody once it is done.

use rollcall_core::api::*;
use rollcall_core::model::{Edit, GroupKind, RemoteId};
use serde_json::{Value, json};

use super::uptrends::Fixture;

impl Fixture {
    async fn person(&self, name: &str) -> RemoteId {
        let email = format!("{}@example.com", name.to_lowercase());
        let new = json!({"FullName": name, "Email": email, "SetupMode": "Invitation", "MobilePhone": "",
                         "BackupEmail": "", "IsOnDuty": true});
        let made = self.service.ask("POST", "/Operator", new).await;
        RemoteId::new(made["OperatorGuid"].as_str().unwrap().to_ascii_lowercase())
    }

    /// Names of the alert definitions that would reach nobody.
    async fn silent(&self, edits: Vec<Edit>) -> Vec<String> {
        let request = PreviewEditsRequest { account_id: self.account, edits, most: None };
        let plan = self.test.hub.preview_edits(request).await.expect("a plan");
        let own = plan.left.iter().filter(|left| left.kind == LeftBehind::SilentAlerts);
        own.flat_map(|left| &left.items).map(|item| item.name.clone()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_says_which_alerts_would_reach_nobody_whichever_way_their_recipients_go() {
    let fixture = Fixture::new().await;
    let (ada, bo, cy) = (fixture.person("Ada").await, fixture.person("Bo").await, fixture.person("Cy").await);
    let group = fixture.service.ask("POST", "/OperatorGroup", json!({"Description": "Night watch"})).await;
    let group = RemoteId::new(group["OperatorGroupGuid"].as_str().unwrap().to_ascii_lowercase());
    fixture.service.ask("POST", &format!("/OperatorGroup/{group}/Member/{bo}"), Value::Null).await;
    let text = |id: &RemoteId| id.as_str().to_owned();
    let tenant = &fixture.service.tenant;
    tenant.set_alert("Ada alone", [vec![text(&ada)], vec![], vec![]]).await.unwrap();
    tenant.set_alert("Night alone", [vec![], vec![text(&group)], vec![]]).await.unwrap();
    tenant.set_alert("Both", [vec![text(&ada)], vec![text(&group)], vec![]]).await.unwrap();
    tenant.set_alert("Nobody before", [vec![], vec![], vec![]]).await.unwrap();
    fixture.test.sync_well(fixture.account).await;

    let delete = |user: &RemoteId| Edit::DeleteUser { user: user.clone() };
    let switch = |user: &RemoteId, active| Edit::SetUserActive { user: user.clone(), active };
    let group_kind = GroupKind::Group;
    let leave = Edit::RemoveMember { group: group.clone(), group_kind, member: bo.clone() };
    let join = Edit::AddMember { group: group.clone(), group_kind, member: cy.clone() };
    let gone = Edit::DeleteGroup { group: group.clone(), group_kind };
    let group_off = Edit::SetGroupActive { group: group.clone(), active: false };
    for (edits, silent) in [
        (vec![delete(&ada)], vec!["Ada alone"]),
        (vec![switch(&ada, false)], vec!["Ada alone"]),
        (vec![switch(&ada, true)], vec![]),
        (vec![leave.clone()], vec!["Night alone"]),
        (vec![gone.clone()], vec!["Night alone"]),
        (vec![group_off], vec!["Night alone"]),
        (vec![delete(&ada), delete(&bo)], vec!["Ada alone", "Both", "Night alone"]),
        (vec![leave, join], vec![]),
        (vec![delete(&cy)], vec![]),
    ] {
        assert_eq!(fixture.silent(edits.clone()).await, silent, "{edits:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mirror_takes_whoever_was_deleted_out_of_the_levels_and_notes_it() {
    let fixture = Fixture::new().await;
    let ada = fixture.person("Ada").await;
    let tenant = &fixture.service.tenant;
    let alert = tenant.set_alert("Ada alone", [vec![ada.as_str().to_owned()], vec![], vec![]]).await.unwrap();
    fixture.test.sync_well(fixture.account).await;
    fixture.done(vec![Edit::DeleteUser { user: ada }]).await;
    let request = ResourceRequest { account_id: fixture.account, remote_id: alert.to_ascii_lowercase() };
    let view = fixture.test.hub.get_recipients(request).await.unwrap();
    assert_eq!((view.outcome, view.levels[0].recipients.as_deref()), (AlertOutcome::Nobody, Some(&[][..])));
    fixture.mirror_had_it_all().await;
}
