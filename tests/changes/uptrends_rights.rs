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

    /// Somebody, and a monitor of which their groups give them no more than what everybody sees.
    async fn only_seen(&self) -> (RemoteId, RemoteId) {
        let monitors = self.service.list("/Monitor").await;
        for user in self.others().await {
            let rights = self.rights(user.as_str()).await.resources;
            let more = |monitor: &String| {
                rights.iter().any(|own| {
                    own.resource_id == *monitor
                        && own.level.is_some_and(|level| level > AccessLevel::ViewData)
                })
            };
            if let Some(monitor) = monitors.iter().map(guid).find(|monitor| !more(monitor)) {
                return (user, RemoteId::new(monitor));
            }
        }
        panic!("groups give everybody more on every monitor")
    }

    async fn in_account(&self, path: &str, holder: &RemoteId) -> Vec<String> {
        let all = self.service.list(&format!("/{path}/{holder}/Authorization")).await;
        all.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    }

    /// What is left of each right that `edits` take, in their order.
    async fn still(&self, edits: Vec<Edit>) -> Vec<Option<StillView>> {
        let request = PreviewEditsRequest { account_id: self.account, edits, most: None };
        let plan = self.test.hub.preview_edits(request).await.expect("a plan");
        let mut lines: Vec<_> = plan.subjects.into_iter().flat_map(|subject| subject.lines).collect();
        lines.sort_by_key(|line| line.index);
        lines.into_iter().map(|line| line.still).collect()
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
async fn the_undo_of_a_right_leaves_what_somebody_else_gave_between_deciding_and_sending() {
    let fixture = Fixture::new().await;
    let user = fixture.others().await.remove(0);
    let monitor = fixture.monitor_without(&user).await;
    let right = on(&monitor, ResourceKind::Monitor, of(&user, "EditMonitor"));
    let edits = EditsRequest { account_id: fixture.account, edits: vec![give(&right)] };
    fixture.test.hub.propose_changes(edits).await.unwrap();
    let queue = ChangeQueryRequest { account_id: Some(fixture.account), remote_id: None, most: None };
    let queue = fixture.test.hub.query_changes(queue).await.unwrap().queues.remove(0);
    let waits = queue.plan.subjects[0].lines[0].change_id.unwrap();
    let theirs = serde_json::json!({"AuthorizationType": "ViewMonitor", "OperatorGuid": user});
    fixture.service.ask("POST", &format!("/Monitor/{monitor}/Authorizations"), theirs).await;
    let receipt = fixture.apply_waiting(vec![waits]).await;
    fixture.undo(&receipt).await;
    let mut left = fixture.on_monitor(&monitor, &user).await;
    left.sort();
    assert_eq!(left, ["ViewMonitor", "ViewMonitorData"]);
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
    let name = fixture.origins(&user, "CreatePrivateLocations").await.into_iter().flatten().next().unwrap();
    let still = fixture.still(vec![take(&own)]).await.remove(0).unwrap();
    assert_eq!(
        still.origins.iter().map(|origin| origin.group.as_deref()).collect::<Vec<_>>(),
        [Some(&*name)]
    );
    assert_eq!(fixture.asked(vec![take(&own)]).await, (vec![], vec![]));
    fixture.done(vec![take(&own)]).await;
    assert_eq!(fixture.origins(&user, "CreatePrivateLocations").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_rights_that_a_group_gives_too_are_taken_back_as_one_plan_and_nobody_may_do_less() {
    let fixture = Fixture::new().await;
    let user = fixture.others().await.remove(0);
    let group = fixture.ordinary_group().await;
    let join = Edit::AddMember { group: group.clone(), group_kind: GroupKind::Group, member: user.clone() };
    let monitor = fixture.monitor_without(&user).await;
    let around = fixture.service.list(&format!("/Monitor/{monitor}/MonitorGroup")).await;
    let around = RemoteId::new(around[0].as_str().unwrap().to_ascii_lowercase());
    let own = on(&monitor, ResourceKind::Monitor, of(&user, "EditMonitor"));
    let common = on(&around, ResourceKind::MonitorGroup, of_group(&group, "EditMonitorsInGroup"));
    fixture.done(vec![join, give(&own), give(&common)]).await;
    let request = AccountRequest { account_id: fixture.account };
    let findings = fixture.test.hub.list_findings(request).await.unwrap().findings;
    let redundant = findings.into_iter().find(|finding| finding.kind == FindingKind::Redundant).unwrap();
    let edits: Vec<Edit> = redundant
        .items
        .iter()
        .map(|item| {
            let right = item.right.clone().unwrap();
            take(&Right {
                permission: right.permission,
                holder_kind: GrantHolder::User,
                holder: RemoteId::new(&item.remote_id),
                resource: right.resource_id.map(RemoteId::new),
                resource_kind: right.resource_kind,
            })
        })
        .collect();
    assert!(edits.contains(&take(&own)), "{edits:?}");
    let still = fixture.still(edits.clone()).await;
    assert!(still.iter().all(|still| still.as_ref().is_some_and(|still| !still.origins.is_empty())));
    let level = async |monitor: &RemoteId| {
        let all = fixture.rights(user.as_str()).await.resources;
        all.into_iter().find(|right| right.resource_id == monitor.as_str()).unwrap().level
    };
    let before = level(&monitor).await;
    fixture.done(edits).await;
    assert_eq!((level(&monitor).await, before), (before, Some(AccessLevel::Edit)));
    assert!(fixture.on_monitor(&monitor, &user).await.is_empty());
    let request = AccountRequest { account_id: fixture.account };
    let findings = fixture.test.hub.list_findings(request).await.unwrap().findings;
    assert!(findings.iter().all(|finding| finding.kind != FindingKind::Redundant), "{findings:?}");
    fixture.mirror_had_it_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_with_a_right_that_no_group_gives_is_said() {
    let fixture = Fixture::new().await;
    let (user, monitor) = fixture.only_seen().await;
    let own = on(&monitor, ResourceKind::Monitor, of(&user, "EditMonitor"));
    fixture.done(vec![give(&own)]).await;
    let lower = |word: &str| take(&on(&monitor, ResourceKind::Monitor, of(&user, word)));
    let one = fixture.still(vec![take(&own)]).await.remove(0).unwrap();
    assert_eq!(one.level, Some(AccessLevel::View), "what came with it stays");
    let all = vec![take(&own), lower("ViewMonitor"), lower("ViewMonitorData")];
    let left: Vec<_> = fixture.still(all).await.into_iter().flatten().collect();
    let seen = left.iter().filter_map(|still| still.level).max();
    assert!(
        seen.is_none() || seen == Some(AccessLevel::ViewData),
        "at the most what everybody sees: {left:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_put_into_the_group_of_everybody_or_taken_out_of_it_and_it_stays() {
    let fixture = Fixture::new().await;
    let member = fixture.others().await.remove(0);
    let everybody = fixture.group("IsEveryone").await;
    let (group, group_kind) = (|| everybody.clone(), GroupKind::Group);
    for edit in [
        Edit::AddMember { group: group(), group_kind, member: member.clone() },
        Edit::RemoveMember { group: group(), group_kind, member: member.clone() },
        Edit::DeleteGroup { group: group(), group_kind },
    ] {
        assert_eq!(fixture.asked(vec![edit.clone()]).await.0, [FieldReason::Everybody], "{edit:?}");
    }
    let request = UserRequest { account_id: fixture.account, remote_id: member.as_str().to_owned() };
    let groups = fixture.test.hub.get_user(request).await.unwrap().groups;
    let marked: Vec<_> = groups.iter().filter(|own| own.everybody).map(|own| &own.remote_id).collect();
    assert_eq!(marked, [everybody.as_str()]);
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
