//! Times without alerts at an Uptrends account: written, changed, taken back, for one and for many.

use rollcall_core::api::*;
use rollcall_core::model::{
    BlockReason, ChangeState, Edit, FieldReason, LocalSeconds, OffDutyRule, RemoteId,
};
use rollcall_sandbox::{Fault, FaultRule, Moment, When};
use serde_json::{Value, json};

use super::uptrends::{Fixture, guid};

fn at(text: &str) -> LocalSeconds {
    LocalSeconds::parse(text).unwrap()
}

fn holidays() -> OffDutyRule {
    OffDutyRule::OneTime { start: at("2030-12-24T12:00:00"), end: at("2031-01-02T08:00:00") }
}

fn friday() -> OffDutyRule {
    OffDutyRule::Weekly { weekday: 5, start: 18 * 60, end: 8 * 60 }
}

fn add(user: &RemoteId, rule: OffDutyRule) -> Edit {
    Edit::AddOffDuty { user: user.clone(), rule }
}

impl Fixture {
    /// The schedule as the service has it, without the numbers.
    async fn schedule(&self, user: &RemoteId) -> Vec<Value> {
        let mut found = self.service.list(&format!("/Operator/{user}/DutySchedule")).await;
        for entry in &mut found {
            entry.as_object_mut().unwrap().remove("Id");
        }
        found
    }

    /// The schedule as the mirror has it.
    async fn mirrored(&self, user: &RemoteId) -> Vec<DutyRuleView> {
        let user_id = Some(user.as_str().to_owned());
        let request = DutyRequest { account_id: self.account, group_id: None, user_id, days: 14 };
        self.test.hub.get_duty(request).await.unwrap().people.remove(0).rules
    }

    async fn without_schedule(&self) -> RemoteId {
        for user in self.others().await {
            if self.schedule(&user).await.is_empty() {
                return user;
            }
        }
        panic!("everybody has a schedule")
    }

    /// A group with at least two members of whom none is an administrator.
    async fn team(&self) -> (RemoteId, Vec<RemoteId>) {
        for group in self.service.list("/OperatorGroup").await {
            if group["IsEveryone"] == true || group["IsAdministratorsGroup"] == true {
                continue;
            }
            let members = self.service.list(&format!("/OperatorGroup/{}/Member", guid(&group))).await;
            if members.len() > 1 {
                let members = members.iter().map(guid).map(RemoteId::new).collect();
                return (RemoteId::new(guid(&group)), members);
            }
        }
        panic!("no team")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_without_alerts_is_added_changed_and_removed_and_each_is_undone() {
    let fixture = Fixture::new().await;
    let user = fixture.without_schedule().await;
    let added = fixture.done(vec![add(&user, friday())]).await;
    let weekly =
        json!({"ScheduleMode": "Weekly", "WeekDay": "Friday", "StartTime": "18:00", "EndTime": "08:00"});
    assert_eq!(fixture.schedule(&user).await, [weekly]);
    let entry = fixture.mirrored(&user).await.remove(0);
    assert_eq!(entry.rule, friday());

    let period = RemoteId::new(entry.remote_id.clone());
    let change = Edit::ChangeOffDuty {
        user: user.clone(),
        period: period.clone(),
        before: friday(),
        after: holidays(),
    };
    let changed = fixture.done(vec![change]).await;
    let once = json!({
        "ScheduleMode": "OneTime", "StartDateTime": "2030-12-24T12:00:00", "EndDateTime": "2031-01-02T08:00:00",
    });
    assert_eq!(fixture.schedule(&user).await, [once]);
    assert_eq!(fixture.mirrored(&user).await.remove(0).rule, holidays());
    fixture.undo(&changed).await;
    assert_eq!(fixture.mirrored(&user).await.remove(0).rule, friday());

    let remove = Edit::RemoveOffDuty { user: user.clone(), period: Some(period), rule: friday() };
    let removed = fixture.done(vec![remove]).await;
    assert!(fixture.schedule(&user).await.is_empty() && fixture.mirrored(&user).await.is_empty());
    fixture.undo(&removed).await;
    assert_eq!(fixture.schedule(&user).await.len(), 1);
    // It has another number by now: what it says finds it.
    fixture.undo(&added).await;
    assert!(fixture.schedule(&user).await.is_empty());
    fixture.mirror_had_it_all().await;
    let writes = [
        ("DELETE", "/Operator/{operatorGuid}/DutySchedule/{dutyScheduleId}"),
        ("POST", "/Operator/{operatorGuid}/DutySchedule"),
        ("PUT", "/Operator/{operatorGuid}/DutySchedule/{dutyScheduleId}"),
    ];
    assert_eq!(fixture.writes(), writes.map(|(method, path)| (method.to_owned(), path.to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_already_is_not_added_twice() {
    let fixture = Fixture::new().await;
    let user = fixture.without_schedule().await;
    fixture
        .service
        .ask(
            "POST",
            &format!("/Operator/{user}/DutySchedule"),
            json!({
                "ScheduleMode": "Weekly", "WeekDay": "Friday", "StartTime": "18:00", "EndTime": "08:00",
            }),
        )
        .await;
    let receipt = fixture.done(vec![add(&user, friday())]).await;
    assert!(!receipt.can_undo, "it was not ours");
    assert_eq!((fixture.schedule(&user).await.len(), fixture.writes()), (1, vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_made_of_it_meanwhile_is_shown_and_not_overwritten() {
    let fixture = Fixture::new().await;
    let user = fixture.without_schedule().await;
    fixture.done(vec![add(&user, friday())]).await;
    let entry = fixture.mirrored(&user).await.remove(0);
    let number: i64 = entry.remote_id.rsplit(':').next().unwrap().parse().unwrap();
    let theirs = json!({"Id": number, "ScheduleMode": "Daily", "StartTime": "20:00", "EndTime": "06:00"});
    fixture.service.ask("PUT", &format!("/Operator/{user}/DutySchedule/{number}"), theirs).await;
    let period = RemoteId::new(entry.remote_id);
    let mine = Edit::ChangeOffDuty { user: user.clone(), period, before: friday(), after: holidays() };
    let receipt = fixture.apply(vec![mine]).await;
    let Some(BlockReason::Conflict { fields }) = &receipt.lines[0].blocked else {
        panic!("{:?}", receipt.lines[0])
    };
    let daily = json!({"mode": "daily", "start": 1200, "end": 360});
    assert_eq!((fields[0].path.as_str(), &fields[0].theirs), ("offDuty", &daily));
    assert_eq!(fixture.schedule(&user).await[0]["ScheduleMode"], "Daily");
    // Mine, against what is there now.
    let change_id = receipt.lines[0].change_id;
    let choice = ChangeChoice::KeepMine;
    fixture.test.hub.resolve_change(ResolveChangeRequest { change_id, choice }).await.unwrap();
    fixture.apply_waiting(vec![change_id]).await;
    assert_eq!(fixture.schedule(&user).await[0]["ScheduleMode"], "OneTime");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_group_gets_a_time_without_alerts_and_only_that_is_undone() {
    let fixture = Fixture::new().await;
    let (group, members) = fixture.team().await;
    let before: Vec<usize> = {
        let mut counts = Vec::new();
        for member in &members {
            counts.push(fixture.schedule(member).await.len());
        }
        counts
    };
    let edit = Edit::AddGroupOffDuty { group: group.clone(), rule: holidays() };
    let plan = fixture
        .test
        .hub
        .preview_edits(PreviewEditsRequest {
            account_id: fixture.account,
            edits: vec![edit.clone()],
            most: None,
        })
        .await
        .unwrap();
    let loss = &plan.subjects[0].lines[0].losses[0];
    assert_eq!(
        (loss.kind, loss.count as usize),
        (LossKind::Alerts, members.len()),
        "whom it reaches is said"
    );
    let receipt = fixture.done(vec![edit]).await;
    for (member, before) in members.iter().zip(&before) {
        assert_eq!(fixture.schedule(member).await.len(), before + 1);
        assert!(fixture.mirrored(member).await.iter().any(|entry| entry.rule == holidays()));
    }
    let path = "/OperatorGroup/{operatorGroupGuid}/DutySchedule/AddDutyScheduleForAllMembers".to_owned();
    assert_eq!(fixture.writes(), [("POST".to_owned(), path)]);
    fixture.undo(&receipt).await;
    for (member, before) in members.iter().zip(before) {
        assert_eq!(fixture.schedule(member).await.len(), before);
    }
    fixture.mirror_had_it_all().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_of_a_whole_group_are_switched_and_who_had_none_before_has_none_after_the_undo() {
    let fixture = Fixture::new().await;
    let (group, members) = fixture.team().await;
    let already = Edit::SetUserActive { user: members[0].clone(), active: false };
    fixture.done(vec![already]).await;
    let receipt = fixture.done(vec![Edit::SetGroupActive { group: group.clone(), active: false }]).await;
    for member in &members {
        assert_eq!(fixture.operator(member.as_str()).await["IsOnDuty"], false);
    }
    fixture.undo(&receipt).await;
    for (place, member) in members.iter().enumerate() {
        assert_eq!(fixture.operator(member.as_str()).await["IsOnDuty"], place > 0);
    }
    let on = fixture.done(vec![Edit::SetGroupActive { group, active: true }]).await;
    assert!(on.can_undo);
    assert_eq!(fixture.operator(members[0].as_str()).await["IsOnDuty"], true);
    fixture.mirror_had_it_all().await;
}

/// Keeps one edit as a change that waits.
async fn decided(fixture: &Fixture, edit: Edit) -> Vec<i64> {
    let request = EditsRequest { account_id: fixture.account, edits: vec![edit] };
    let proposed = fixture.test.hub.propose_changes(request).await.unwrap();
    assert_eq!(proposed.problems, []);
    let request = ChangeQueryRequest { account_id: Some(fixture.account), remote_id: None, most: None };
    let queue = fixture.test.hub.query_changes(request).await.unwrap().queues.remove(0);
    queue.plan.subjects.iter().flat_map(|subject| &subject.lines).filter_map(|line| line.change_id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_undo_reaches_whom_the_apply_switched_and_not_who_was_a_member_when_it_was_decided() {
    let fixture = Fixture::new().await;
    let (group, members) = fixture.team().await;
    let newcomer = fixture.others().await.into_iter().find(|id| !members.contains(id)).unwrap();
    let is_on = async |id: &RemoteId| fixture.operator(id.as_str()).await["IsOnDuty"] == true;
    for id in members.iter().chain([&newcomer]) {
        fixture.service.ask("PATCH", &format!("/Operator/{id}"), json!({"IsOnDuty": true})).await;
    }
    fixture.test.sync_well(fixture.account).await;
    let waits = decided(&fixture, Edit::SetGroupActive { group: group.clone(), active: false }).await;
    // Meanwhile somebody else switches one off, takes another one out, and brings a third in.
    let (switched, gone) = (&members[0], &members[1]);
    fixture.service.ask("PATCH", &format!("/Operator/{switched}"), json!({"IsOnDuty": false})).await;
    fixture.service.ask("DELETE", &format!("/OperatorGroup/{group}/Member/{gone}"), Value::Null).await;
    fixture.service.ask("POST", &format!("/OperatorGroup/{group}/Member/{newcomer}"), Value::Null).await;
    let receipt = fixture.apply_waiting(waits).await;
    assert!(!is_on(switched).await && is_on(gone).await && !is_on(&newcomer).await);
    // Whoever is switched off by somebody else afterwards was not switched by this.
    fixture.service.ask("PATCH", &format!("/Operator/{gone}"), json!({"IsOnDuty": false})).await;
    fixture.undo(&receipt).await;
    assert!(!is_on(switched).await, "this one was off already");
    assert!(!is_on(gone).await, "this one was not a member any more");
    assert!(is_on(&newcomer).await, "this one was switched, and is put back");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_undo_of_a_time_of_a_whole_group_takes_it_from_those_who_got_it() {
    let fixture = Fixture::new().await;
    let (group, members) = fixture.team().await;
    let newcomer = fixture.others().await.into_iter().find(|id| !members.contains(id)).unwrap();
    let count = async |id: &RemoteId| fixture.schedule(id).await.len();
    let waits = decided(&fixture, Edit::AddGroupOffDuty { group: group.clone(), rule: holidays() }).await;
    let gone = &members[1];
    let theirs = json!({
        "ScheduleMode": "OneTime", "StartDateTime": "2030-12-24T12:00:00", "EndDateTime": "2031-01-02T08:00:00",
    });
    fixture.service.ask("DELETE", &format!("/OperatorGroup/{group}/Member/{gone}"), Value::Null).await;
    fixture.service.ask("POST", &format!("/OperatorGroup/{group}/Member/{newcomer}"), Value::Null).await;
    // The same time, of their own.
    fixture.service.ask("POST", &format!("/Operator/{gone}/DutySchedule"), theirs).await;
    let before = [count(&members[0]).await, count(gone).await, count(&newcomer).await];
    let receipt = fixture.apply_waiting(waits).await;
    let after = [count(&members[0]).await, count(gone).await, count(&newcomer).await];
    assert_eq!(after, [before[0] + 1, before[1], before[2] + 1]);
    fixture.undo(&receipt).await;
    assert_eq!([count(&members[0]).await, count(gone).await, count(&newcomer).await], before);
}

#[tokio::test(flavor = "multi_thread")]
async fn holidays_of_everybody_who_is_selected_are_one_plan() {
    let fixture = Fixture::new().await;
    let users = fixture.others().await;
    fixture.done(vec![add(&users[0], holidays())]).await;
    let request = PreviewBulkRequest {
        list: ListRequest::Users(UserQueryRequest {
            account_id: Some(fixture.account),
            text: String::new(),
            sort: UserSort { column: UserColumn::DisplayName, descending: false },
            offset: 0,
            limit: 0,
        }),
        selection: Selection { all: true, rows: Vec::new() },
        account_id: Some(fixture.account),
        action: BulkAction::AddOffDuty { rule: holidays() },
        offset: 0,
        most: 100,
    };
    let plan = fixture.test.hub.preview_bulk(request).await.unwrap().accounts.remove(0);
    let left: Vec<_> = plan.left_out.iter().map(|left| (left.reason, left.count)).collect();
    assert_eq!(left, [(LeftOut::AlreadySo, 1)]);
    assert_eq!(plan.plan.lines + 1, plan.selected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_means_nothing_is_said_before_anything_is_sent() {
    let fixture = Fixture::new().await;
    let user = fixture.others().await.remove(0);
    let once = |start: &str, end: &str| OffDutyRule::OneTime { start: at(start), end: at(end) };
    for (rule, expected) in [
        (once("2030-01-02T08:00:00", "2030-01-01T08:00:00"), vec![FieldReason::EndsBeforeStart]),
        (once("2020-01-01T08:00:00", "2020-01-02T08:00:00"), vec![FieldReason::InThePast]),
        (OffDutyRule::Monthly { day: 32, start: 0, end: 60 }, vec![FieldReason::NotSupported]),
        (OffDutyRule::Daily { start: 0, end: 1440 }, vec![FieldReason::NotSupported]),
        (OffDutyRule::Unknown { word: "Yearly".to_owned() }, vec![FieldReason::NotSupported]),
        (friday(), vec![]),
    ] {
        assert_eq!(fixture.asked(vec![add(&user, rule.clone())]).await.0, expected, "{rule:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_of_which_nobody_knows_whether_it_arrived_is_not_added_twice() {
    let fixture = Fixture::new().await;
    let user = fixture.without_schedule().await;
    let drop = Fault::Drop { moment: Moment::BeforeHeaders };
    fixture.service.tenant.add_fault(FaultRule::always(drop).method("POST").when(When::Nth(1)));
    let receipt = fixture.apply(vec![add(&user, friday())]).await;
    assert_eq!(receipt.lines[0].blocked, Some(BlockReason::OutcomeUnknown { denied: false }));
    let run = fixture.test.sync_well(fixture.account).await;
    let receipt =
        fixture.test.hub.get_receipt(ReceiptRequest { run_id: receipt.run.id, most: None }).await.unwrap();
    assert_eq!(receipt.lines[0].state, ChangeState::Applied, "the sync {} told", run.id);
    assert_eq!(fixture.schedule(&user).await.len(), 1);
}
