//! Rights at an Uptrends account: given and taken, in the whole account and on single resources, with where they come from.

use rollcall_core::api::*;
use rollcall_core::model::{
    BlockReason, Edit, FieldReason, GrantHolder, GroupKind, RemoteId, ResourceKind, Right,
};
use rollcall_sandbox::{MonitorPermissions, UptrendsQuirks};

use super::uptrends::{Fixture, guid};

fn of(holder: &RemoteId, permission: &str) -> Right {
    Right {
        permission: permission.to_owned(),
        holder_kind: GrantHolder::User,
        holder: holder.clone(),
        resource: None,
        resource_kind: None,
    }
}

fn of_group(group: &RemoteId, permission: &str) -> Right {
    Right { holder_kind: GrantHolder::Group, ..of(group, permission) }
}

fn on(resource: &RemoteId, kind: ResourceKind, right: Right) -> Right {
    Right { resource: Some(resource.clone()), resource_kind: Some(kind), ..right }
}

fn give(right: &Right) -> Edit {
    Edit::GiveRight { right: right.clone() }
}

fn take(right: &Right) -> Edit {
    Edit::TakeRight { right: right.clone() }
}

impl Fixture {
    /// The group that has this mark, and an ordinary one.
    async fn group(&self, mark: &str) -> RemoteId {
        let groups = self.service.list("/OperatorGroup").await;
        RemoteId::new(guid(groups.iter().find(|group| group[mark] == true).expect(mark)))
    }

    async fn ordinary_group(&self) -> RemoteId {
        let groups = self.service.list("/OperatorGroup").await;
        let ordinary = |mark: &str, group: &serde_json::Value| group[mark] == false;
        let found = groups
            .iter()
            .find(|group| ordinary("IsEveryone", group) && ordinary("IsAdministratorsGroup", group));
        RemoteId::new(guid(found.unwrap()))
    }

    /// Rights that the service has for `holder` on a monitor.
    async fn on_monitor(&self, monitor: &RemoteId, holder: &RemoteId) -> Vec<String> {
        let all = self.service.list(&format!("/Monitor/{monitor}/Authorizations")).await;
        let own = all.iter().filter(|grant| {
            ["OperatorGuid", "OperatorGroupGuid"].iter().any(|name| grant[*name] == holder.as_str())
        });
        own.map(|grant| grant["AuthorizationType"].as_str().unwrap().to_owned()).collect()
    }

    /// A monitor on which `holder` has nothing of its own.
    async fn monitor_without(&self, holder: &RemoteId) -> RemoteId {
        for monitor in self.service.list("/Monitor").await {
            let monitor = RemoteId::new(guid(&monitor));
            if self.on_monitor(&monitor, holder).await.is_empty() {
                return monitor;
            }
        }
        panic!("rights on every monitor")
    }

    async fn in_account(&self, path: &str, holder: &RemoteId) -> Vec<String> {
        let all = self.service.list(&format!("/{path}/{holder}/Authorization")).await;
        all.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    }

    async fn origins(&self, user: &RemoteId, permission: &str) -> Vec<Option<String>> {
        let rights = self.rights(user.as_str()).await.account;
        let found = rights.into_iter().find(|right| right.permission == permission);
        found.into_iter().flat_map(|right| right.origins).map(|origin| origin.group).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_in_the_account_is_given_to_a_user_and_to_a_group_and_taken_back() {
    let fixture = Fixture::new().await;
    let user = fixture.others().await.remove(0);
    let group = fixture.ordinary_group().await;
    let (own, common) = (of(&user, "ManageMonitorTemplates"), of_group(&group, "BasicOperator"));
    let receipt = fixture.done(vec![give(&own), give(&common)]).await;
    assert!(fixture.in_account("Operator", &user).await.contains(&"ManageMonitorTemplates".to_owned()));
    assert!(fixture.in_account("OperatorGroup", &group).await.contains(&"BasicOperator".to_owned()));
    assert_eq!(fixture.origins(&user, "ManageMonitorTemplates").await, [None]);
    fixture.undo(&receipt).await;
    assert!(!fixture.in_account("Operator", &user).await.contains(&"ManageMonitorTemplates".to_owned()));
    assert!(
        fixture.in_account("OperatorGroup", &group).await.is_empty() || {
            !fixture.in_account("OperatorGroup", &group).await.contains(&"BasicOperator".to_owned())
        }
    );
    fixture.mirror_had_it_all().await;
    let paths: Vec<String> =
        fixture.writes().into_iter().map(|(method, path)| format!("{method} {path}")).collect();
    assert_eq!(
        paths,
        [
            "DELETE /Operator/{operatorGuid}/Authorization/{authorizationType}",
            "DELETE /OperatorGroup/{operatorGroupGuid}/Authorization/{authorizationType}",
            "POST /Operator/{operatorGuid}/Authorization/{authorizationType}",
            "POST /OperatorGroup/{operatorGroupGuid}/Authorization/{authorizationType}",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_on_a_monitor_brings_the_lower_ones_and_the_undo_takes_just_what_came() {
    let fixture = Fixture::new().await;
    let user = fixture.others().await.remove(0);
    let monitor = fixture.monitor_without(&user).await;
    let right = |word: &str| on(&monitor, ResourceKind::Monitor, of(&user, word));
    fixture.done(vec![give(&right("ViewMonitorData"))]).await;
    let receipt = fixture.done(vec![give(&right("EditMonitor"))]).await;
    let mut has = fixture.on_monitor(&monitor, &user).await;
    has.sort();
    assert_eq!(has, ["EditMonitor", "ViewMonitor", "ViewMonitorData"]);
    let view = fixture.rights(user.as_str()).await;
    let mirrored = view.resources.iter().find(|own| own.resource_id == monitor.as_str()).unwrap();
    assert_eq!(mirrored.level, Some(AccessLevel::Edit));
    fixture.undo(&receipt).await;
    assert_eq!(fixture.on_monitor(&monitor, &user).await, ["ViewMonitorData"], "it was there before");
    fixture.mirror_had_it_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_resource_takes_its_own_rights() {
    let fixture = Fixture::new().await;
    let group = fixture.ordinary_group().await;
    for (path, kind, word) in [
        ("MonitorGroup", ResourceKind::MonitorGroup, "EditMonitorsInGroup"),
        ("VaultSection", ResourceKind::VaultSection, "ChangeVaultSection"),
        ("Integration", ResourceKind::Integration, "EditIntegration"),
        ("AlertDefinition", ResourceKind::AlertDefinition, "EditAlertDefinition"),
    ] {
        let Some(resource) = fixture.service.list(&format!("/{path}")).await.pop() else { continue };
        let name = format!("{path}Guid");
        let resource = RemoteId::new(resource[&name].as_str().unwrap().to_ascii_lowercase());
        let right = on(&resource, kind, of_group(&group, word));
        fixture.done(vec![give(&right)]).await;
        fixture.done(vec![take(&right)]).await;
        fixture.mirror_had_it_all().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_comes_from_a_group_is_taken_there_and_that_is_said_before() {
    let fixture = Fixture::new().await;
    let user = fixture.others().await.remove(0);
    let group = fixture.ordinary_group().await;
    let member = user.clone();
    let join = Edit::AddMember { group: group.clone(), group_kind: GroupKind::Group, member };
    fixture.done(vec![join, give(&of_group(&group, "CreatePrivateLocations"))]).await;
    let own = of(&user, "CreatePrivateLocations");
    assert_eq!(fixture.asked(vec![take(&own)]).await.0, [FieldReason::ThroughGroup]);
    // Given to the user too, it can be taken, and stays through the group.
    fixture.done(vec![give(&own)]).await;
    let (problems, guards) = fixture.asked(vec![take(&own)]).await;
    let name = fixture.origins(&user, "CreatePrivateLocations").await.into_iter().flatten().next().unwrap();
    assert_eq!((problems, guards), (vec![], vec![Guard::StillThroughGroup { group: name }]));
    fixture.done(vec![take(&own)]).await;
    assert_eq!(fixture.origins(&user, "CreatePrivateLocations").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn full_rights_come_with_the_administrators_alone_and_are_asked_about() {
    let fixture = Fixture::new().await;
    let user = fixture.others().await.remove(0);
    let administrators = fixture.group("IsAdministratorsGroup").await;
    let wanted = [FieldReason::UseAdministrators];
    assert_eq!(fixture.asked(vec![give(&of(&user, "AccountAdministrator"))]).await.0, wanted);
    for (right, expected) in [
        (of_group(&administrators, "Administrator"), FieldReason::Fixed),
        (of_group(&administrators, "AllowInfra"), FieldReason::Fixed),
        (of(&user, "Teleport"), FieldReason::NotSupported),
        (of(&user, "BasicOperator"), FieldReason::NotSupported),
    ] {
        assert_eq!(fixture.asked(vec![take(&right)]).await.0, [expected], "{right:?}");
    }
    let group_kind = GroupKind::Group;
    let join = Edit::AddMember { group: administrators, group_kind, member: user };
    assert_eq!(fixture.asked(vec![join]).await.1, [Guard::FullRights]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_without_rights_on_monitors_says_why() {
    let quirks =
        UptrendsQuirks { monitor_permissions: MonitorPermissions::Forbidden, ..UptrendsQuirks::default() };
    let fixture = Fixture::with(quirks).await;
    let user = fixture.others().await.remove(0);
    let monitor = RemoteId::new(guid(&fixture.service.list("/Monitor").await[0]));
    let right = on(&monitor, ResourceKind::Monitor, of(&user, "ViewMonitor"));
    let receipt = fixture.apply(vec![give(&right)]).await;
    let Some(BlockReason::Refused { words, .. }) = &receipt.lines[0].blocked else {
        panic!("{:?}", receipt.lines[0])
    };
    assert!(words.contains("not available"), "{words}");
}
