//! Every fault on every one of these writes: whatever was told to us, in the end the service has the effect exactly once.

use rollcall_core::api::*;
use rollcall_core::model::{
    BlockReason, ChangeState, Edit, GrantHolder, OffDutyRule, RemoteId, ResourceKind, Right,
};
use rollcall_sandbox::{Fault, FaultRule, Moment, When};
use rollcall_tests::uptrends::USER_NAME;
use serde_json::{Value, json};

use super::uptrends::{Fixture, guid};

const NIGHT: OffDutyRule = OffDutyRule::Daily { start: 22 * 60, end: 6 * 60 };

/// What is written.
#[derive(Clone, Copy, Debug)]
enum Written {
    AddOffDuty,
    RemoveOffDuty,
    AddGroupOffDuty,
    SetGroupActive,
    GiveRight,
    TakeRight,
    GiveOnMonitor,
    DescribeToken,
}

const ALL: [Written; 8] = [
    Written::AddOffDuty,
    Written::RemoveOffDuty,
    Written::AddGroupOffDuty,
    Written::SetGroupActive,
    Written::GiveRight,
    Written::TakeRight,
    Written::GiveOnMonitor,
    Written::DescribeToken,
];

/// Whom it is about.
struct World {
    user: RemoteId,
    group: RemoteId,
    members: Vec<RemoteId>,
    monitor: RemoteId,
    token: Value,
}

impl World {
    async fn new(fixture: &Fixture) -> Self {
        let user = fixture.others().await.remove(0);
        let groups = fixture.service.list("/OperatorGroup").await;
        let group =
            groups.iter().find(|own| own["IsEveryone"] == false && own["IsAdministratorsGroup"] == false);
        let group = RemoteId::new(guid(group.unwrap()));
        let mut members = members(fixture, &group).await;
        if members.is_empty() {
            fixture.service.ask("POST", &format!("/OperatorGroup/{group}/Member/{user}"), Value::Null).await;
            members = vec![user.clone()];
        }
        let monitor = RemoteId::new(guid(&fixture.service.list("/Monitor").await[1]));
        let tokens = fixture.service.list("/ApiUser").await;
        let token = tokens.into_iter().find(|own| own["UserName"] != USER_NAME).unwrap();
        let world = Self { user, group, members, monitor, token };
        let night = json!({"ScheduleMode": "Daily", "StartTime": "22:00", "EndTime": "06:00"});
        // Nobody has it but the one from whom it is taken, and nobody has the right but the same.
        for member in world.members.iter().chain([&world.user]) {
            for entry in schedule(fixture, member).await {
                let path = format!("/Operator/{member}/DutySchedule/{}", entry["Id"]);
                fixture.service.ask("DELETE", &path, Value::Null).await;
            }
        }
        let taken = &fixture.others().await[1];
        fixture.service.ask("POST", &format!("/Operator/{taken}/DutySchedule"), night).await;
        let path = format!("/Operator/{taken}/Authorization/ManageMonitorTemplates");
        fixture.service.ask("POST", &path, Value::Null).await;
        fixture.test.sync_well(fixture.account).await;
        fixture.service.tenant.clear_requests();
        world
    }

    async fn taken(&self, fixture: &Fixture) -> RemoteId {
        fixture.others().await.remove(1)
    }

    fn right(&self, holder: &RemoteId) -> Right {
        Right {
            permission: "ManageMonitorTemplates".to_owned(),
            holder_kind: GrantHolder::User,
            holder: holder.clone(),
            resource: None,
            resource_kind: None,
        }
    }

    async fn edit(&self, fixture: &Fixture, written: Written) -> Edit {
        let taken = self.taken(fixture).await;
        match written {
            Written::AddOffDuty => Edit::AddOffDuty { user: self.user.clone(), rule: NIGHT },
            Written::RemoveOffDuty => Edit::RemoveOffDuty { user: taken, period: None, rule: NIGHT },
            Written::AddGroupOffDuty => Edit::AddGroupOffDuty { group: self.group.clone(), rule: NIGHT },
            Written::SetGroupActive => Edit::SetGroupActive { group: self.group.clone(), active: false },
            Written::GiveRight => Edit::GiveRight { right: self.right(&self.user) },
            Written::TakeRight => Edit::TakeRight { right: self.right(&taken) },
            Written::GiveOnMonitor => Edit::GiveRight {
                right: Right {
                    permission: "ViewMonitorData".to_owned(),
                    resource: Some(self.monitor.clone()),
                    resource_kind: Some(ResourceKind::Monitor),
                    ..self.right(&self.user)
                },
            },
            Written::DescribeToken => Edit::DescribeToken {
                owner: RemoteId::new(guid(&self.token)),
                name: self.token["UserName"].as_str().unwrap().to_owned(),
                before: self.token["Description"].as_str().unwrap().to_owned(),
                after: "Deploys".to_owned(),
            },
        }
    }

    /// How often the service has what was wanted.
    async fn effects(&self, fixture: &Fixture, written: Written) -> Vec<usize> {
        let taken = self.taken(fixture).await;
        let nights = async |user: &RemoteId| {
            schedule(fixture, user).await.iter().filter(|entry| entry["StartTime"] == "22:00").count()
        };
        let rights = async |user: &RemoteId| {
            let all = fixture.service.list(&format!("/Operator/{user}/Authorization")).await;
            all.iter().filter(|right| *right == "ManageMonitorTemplates").count()
        };
        match written {
            Written::AddOffDuty => vec![nights(&self.user).await],
            Written::RemoveOffDuty => vec![1 - nights(&taken).await],
            Written::AddGroupOffDuty => {
                let mut found = Vec::new();
                for member in &self.members {
                    found.push(nights(member).await);
                }
                found
            }
            Written::SetGroupActive => {
                let mut found = Vec::new();
                for member in &self.members {
                    found.push(usize::from(fixture.operator(member.as_str()).await["IsOnDuty"] == false));
                }
                found
            }
            Written::GiveRight => vec![rights(&self.user).await],
            Written::TakeRight => vec![1 - rights(&taken).await],
            Written::GiveOnMonitor => {
                let all = fixture.service.list(&format!("/Monitor/{}/Authorizations", self.monitor)).await;
                let own = all.iter().filter(|grant| {
                    grant["OperatorGuid"] == self.user.as_str()
                        && grant["AuthorizationType"] == "ViewMonitorData"
                });
                vec![own.count()]
            }
            Written::DescribeToken => {
                let id = self.token["ApiUserGuid"].as_str().unwrap();
                let token = fixture.service.ask("GET", &format!("/ApiUser/{id}"), Value::Null).await;
                vec![usize::from(token["Description"] == "Deploys")]
            }
        }
    }
}

async fn schedule(fixture: &Fixture, user: &RemoteId) -> Vec<Value> {
    fixture.service.list(&format!("/Operator/{user}/DutySchedule")).await
}

async fn members(fixture: &Fixture, group: &RemoteId) -> Vec<RemoteId> {
    let all = fixture.service.list(&format!("/OperatorGroup/{group}/Member")).await;
    all.iter().map(guid).map(RemoteId::new).collect()
}

const WRITES: [&str; 3] = ["POST", "PUT", "DELETE"];

async fn once_in_the_end(name: &str, fault: impl Fn() -> Fault) {
    for written in ALL {
        let fixture = Fixture::new().await;
        let world = World::new(&fixture).await;
        let edit = world.edit(&fixture, written).await;
        for method in WRITES {
            fixture.service.tenant.add_fault(FaultRule::always(fault()).method(method).when(When::Nth(1)));
        }
        let mut receipt = fixture.apply(vec![edit]).await;
        fixture.service.tenant.clear_faults();
        // What nobody knows, the next sync tells; what was turned away or waits is tried again.
        if matches!(receipt.lines[0].blocked, Some(BlockReason::OutcomeUnknown { denied: false })) {
            fixture.test.sync_well(fixture.account).await;
            let request = ReceiptRequest { run_id: receipt.run.id, most: None };
            receipt = fixture.test.hub.get_receipt(request).await.unwrap();
        }
        let change_id = receipt.lines[0].change_id;
        if receipt.lines[0].state == ChangeState::Blocked {
            let choice = ChangeChoice::TryAgain;
            let request = ResolveChangeRequest { change_id, choice };
            fixture.test.hub.resolve_change(request).await.unwrap_or_else(|error| {
                panic!("{written:?} after {name}: {error:?} {:#?}", receipt.lines[0])
            });
            receipt = fixture.apply_waiting(vec![change_id]).await;
        } else if receipt.lines[0].state == ChangeState::Pending {
            receipt = fixture.apply_waiting(vec![change_id]).await;
        }
        assert_eq!(receipt.lines[0].state, ChangeState::Applied, "{written:?} after {name}: {receipt:#?}");
        let effects = world.effects(&fixture, written).await;
        assert!(effects.iter().all(|count| *count == 1), "{written:?} after {name}: {effects:?}");
        fixture.mirror_had_it_all().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_ends_before_the_work_leaves_the_effect_once() {
    once_in_the_end("a connection cut before", || Fault::Drop { moment: Moment::BeforeWork }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_ends_after_the_work_leaves_the_effect_once() {
    once_in_the_end("a connection cut after", || Fault::Drop { moment: Moment::BeforeHeaders }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_is_over_leaves_the_effect_once() {
    for status in [400, 403, 429] {
        let fault = || Fault::Status { status, retry_after: None, after_work: false };
        once_in_the_end(&status.to_string(), fault).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_may_have_been_carried_out_leaves_the_effect_once() {
    for after_work in [false, true] {
        let fault = || Fault::Status { status: 500, retry_after: None, after_work };
        once_in_the_end(&format!("500, done: {after_work}"), fault).await;
        once_in_the_end(&format!("HTML 502, done: {after_work}"), || Fault::Html { status: 502, after_work })
            .await;
    }
}
