//! Who is alerted: read level by level, never taken for nobody where it is not shown, and computed for this very moment.

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, GrantHolder, RecipientKind, RunState, Secret, Stream, Subject};
use rollcall_sandbox::{AlertMembers, UptrendsQuirks};
use serde_json::{Value, json};

use super::uptrends::Fixture;

/// People and a group whom the tests name.
struct Cast {
    ada: String,
    bo: String,
    night: String,
}

impl Fixture {
    async fn operator(&self, name: &str, active: bool) -> String {
        let email = format!("{}@example.com", name.to_lowercase());
        let new = json!({"FullName": name, "Email": email, "SetupMode": "Invitation", "MobilePhone": "",
                         "BackupEmail": "", "IsOnDuty": active});
        let made = self.service.ask("POST", "/Operator", new).await;
        made["OperatorGuid"].as_str().unwrap().to_ascii_lowercase()
    }

    /// Ada and Bo, who are active, and a group with Bo in it.
    async fn cast(&self) -> Cast {
        let (ada, bo) = (self.operator("Ada", true).await, self.operator("Bo", true).await);
        let group = self.service.ask("POST", "/OperatorGroup", json!({"Description": "Night watch"})).await;
        let night = group["OperatorGroupGuid"].as_str().unwrap().to_ascii_lowercase();
        self.service.ask("POST", &format!("/OperatorGroup/{night}/Member/{bo}"), Value::Null).await;
        Cast { ada, bo, night }
    }

    async fn alert(&self, name: &str, levels: [&[&str]; 3]) -> String {
        let levels = levels.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect());
        self.service.tenant.set_alert(name, levels).await.unwrap().to_ascii_lowercase()
    }

    async fn recipients(&self, alert: &str) -> RecipientsView {
        let request = ResourceRequest { account_id: self.account, remote_id: alert.to_owned() };
        self.test.hub.get_recipients(request).await.unwrap()
    }

    /// The names in each level, and the names of those who would be told now.
    async fn told(&self, alert: &str) -> (Vec<Option<Vec<String>>>, Vec<String>, AlertOutcome) {
        let view = self.recipients(alert).await;
        let names = |level: &RecipientLevelView| {
            let all = level.recipients.as_ref()?;
            Some(all.iter().map(|each| each.display_name.clone()).collect())
        };
        let now = view.levels.iter().flat_map(|level| &level.now);
        (
            view.levels.iter().map(names).collect(),
            now.map(|told| told.display_name.clone()).collect(),
            view.outcome,
        )
    }

    async fn reaching(&self, kind: GrantHolder, id: &str) -> ReachingView {
        let request =
            ReachingRequest { account_id: self.account, holder_kind: kind, remote_id: id.to_owned() };
        self.test.hub.get_reaching(request).await.unwrap()
    }

    async fn row(&self, id: &str) -> ResourceRow {
        let request = ResourceRequest { account_id: self.account, remote_id: id.to_owned() };
        self.test.hub.get_resource(request).await.unwrap().row
    }

    async fn duty_of(&self, user: &str) -> DutyPersonView {
        let request =
            DutyRequest { account_id: self.account, group_id: None, user_id: Some(user.to_owned()), days: 1 };
        self.test.hub.get_duty(request).await.unwrap().people.remove(0)
    }

    /// Signs in from now on with an API user of the operator `id`.
    async fn sign_in_as(&self, id: &str) {
        let made = self.service.ask("POST", "/ApiUser", json!({"OperatorGuid": id})).await;
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        let authentication = AuthenticationDraft::Basic {
            user_name: text("UserName"),
            password: Secret::new(text("Password")),
        };
        let request = ReplaceCredentialRequest { account_id: self.account, authentication };
        self.test.hub.replace_credential(request).await.unwrap();
    }
}

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|name| (*name).to_owned()).collect()
}

/// Entries of the history about recipients: who, of what, and what happened.
fn lines(history: &[HistoryEntryView]) -> Vec<String> {
    let own = history.iter().filter(|entry| entry.subject == Subject::Recipient);
    let mut lines: Vec<String> = own
        .map(|entry| {
            let who = entry.member_name.as_deref().unwrap_or_default();
            format!("{who} {} {}", entry.action.as_str(), entry.name)
        })
        .collect();
    lines.sort();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_alerted_is_mirrored_level_by_level_and_told_with_every_way() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    let Cast { ada, bo, night } = fixture.cast().await;
    let alert = fixture.alert("Shop down", [&[&ada, &night], &[&bo], &[]]).await;
    let run = fixture.test.sync_well(fixture.account).await;
    let proof = run.proofs.iter().find(|proof| proof.stream == Stream::Recipients).unwrap();
    assert!(proof.complete && proof.walks == 1, "{proof:?}");
    let (levels, now, outcome) = fixture.told(&alert).await;
    assert_eq!(levels, [Some(names(&["Ada", "Night watch"])), Some(names(&["Bo"])), Some(vec![])]);
    assert_eq!((now, outcome), (names(&["Ada", "Bo", "Bo"]), AlertOutcome::Somebody));
    let view = fixture.recipients(&alert).await;
    let through = &view.levels[0].now[1];
    assert_eq!((through.direct, through.groups[0].display_name.as_str()), (false, "Night watch"));
    let group = &view.levels[0].recipients.as_ref().unwrap()[1];
    assert_eq!((group.kind, group.people, group.people_now), (RecipientKind::Group, 1, 1));
    assert_eq!(fixture.row(&alert).await.recipients, Some(2), "each person once");

    let of_bo = fixture.reaching(GrantHolder::User, &bo).await;
    assert!(of_bo.complete);
    let ways: Vec<_> =
        of_bo.items[0].ways.iter().map(|way| (way.level, way.direct, way.groups.len())).collect();
    assert_eq!(
        (of_bo.items[0].display_name.as_str(), ways),
        ("Shop down", vec![(1, false, 1), (2, true, 0)])
    );
    let of_night = fixture.reaching(GrantHolder::Group, &night).await;
    assert_eq!(of_night.items.len(), 1);
    assert_eq!(of_night.items[0].ways.iter().map(|way| way.level).collect::<Vec<_>>(), [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joins_or_leaves_a_level_is_noted_and_the_second_sync_notes_nothing() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    let Cast { ada, bo, night } = fixture.cast().await;
    let alert = fixture.alert("Shop down", [&[&ada], &[&night], &[]]).await;
    fixture.test.sync_well(fixture.account).await;
    let quiet = fixture.test.sync_well(fixture.account).await;
    assert_eq!(fixture.test.history(fixture.account, quiet.id).await, []);

    fixture.alert("Shop down", [&[&bo], &[&night], &[&ada]]).await;
    let new = fixture.alert("Mail slow", [&[&ada], &[], &[]]).await;
    let run = fixture.test.sync_well(fixture.account).await;
    assert_eq!(
        lines(&fixture.test.history(fixture.account, run.id).await),
        [
            "Ada added Mail slow (1)",
            "Ada added Shop down (3)",
            "Ada removed Shop down (1)",
            "Bo added Shop down (1)"
        ]
    );
    let request = ResourceRequest { account_id: fixture.account, remote_id: alert.clone() };
    let page = fixture.test.hub.get_resource(request).await.unwrap();
    assert_eq!(lines(&page.history).len(), 3, "its own page tells who came and who went");
    assert_eq!(fixture.told(&new).await.2, AlertOutcome::Somebody);

    fixture.service.ask("DELETE", &format!("/Operator/{ada}"), Value::Null).await;
    let run = fixture.test.sync_well(fixture.account).await;
    let history = fixture.test.history(fixture.account, run.id).await;
    assert_eq!(lines(&history), ["Ada removed Mail slow (1)", "Ada removed Shop down (3)"]);
    assert_eq!(fixture.told(&new).await.2, AlertOutcome::Nobody, "the list is there, and empty");
    let undone = fixture.test.sync_well(fixture.account).await;
    assert_eq!(fixture.test.history(fixture.account, undone.id).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_not_visible_and_never_nobody() {
    for refused in [AlertMembers::BadRequest, AlertMembers::Forbidden, AlertMembers::Missing] {
        let quirks = UptrendsQuirks { alert_members: refused, ..UptrendsQuirks::default() };
        let fixture = Fixture::new(quirks).await;
        let Cast { ada, night, .. } = fixture.cast().await;
        let alert = fixture.alert("Shop down", [&[&ada], &[&night], &[]]).await;
        let run = fixture.test.sync_well(fixture.account).await;
        assert_eq!(run.state, RunState::Succeeded, "{refused:?}");
        let proof = run.proofs.iter().find(|proof| proof.stream == Stream::Recipients).unwrap();
        assert!(!proof.complete, "{refused:?}");
        assert_eq!(
            fixture.told(&alert).await,
            (vec![None, None, None], vec![], AlertOutcome::Unknown),
            "{refused:?}"
        );
        assert_eq!(fixture.row(&alert).await.recipients, None);
        let reaching = fixture.reaching(GrantHolder::User, &ada).await;
        assert!(reaching.items.is_empty() && !reaching.complete);
        assert_eq!(fixture.duty_of(&ada).await.alerted, None);
        let request = AccountRequest { account_id: fixture.account };
        let findings = fixture.test.hub.list_findings(request).await.unwrap().findings;
        assert!(findings.iter().all(|found| found.kind != FindingKind::AlertWithoutRecipients));

        // Shown at last, and refused again: what was read stays, with its age.
        fixture.service.tenant.set_uptrends_quirks(UptrendsQuirks::default());
        let run = fixture.test.sync_well(fixture.account).await;
        assert_eq!(fixture.told(&alert).await.2, AlertOutcome::Somebody);
        assert!(lines(&fixture.test.history(fixture.account, run.id).await).len() >= 2, "now they are news");
        let quirks = UptrendsQuirks { alert_members: refused, ..UptrendsQuirks::default() };
        fixture.service.tenant.set_uptrends_quirks(quirks);
        let run = fixture.test.sync_well(fixture.account).await;
        assert_eq!(fixture.test.history(fixture.account, run.id).await, [], "{refused:?}");
        assert_eq!(fixture.told(&alert).await.2, AlertOutcome::Somebody);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_comes_as_one_object_is_read_as_a_list_of_one() {
    let quirks = UptrendsQuirks { alert_members: AlertMembers::LoneObjects, ..UptrendsQuirks::default() };
    let fixture = Fixture::new(quirks).await;
    let Cast { ada, bo, night } = fixture.cast().await;
    let alert = fixture.alert("Shop down", [&[&ada, &bo], &[&night], &[]]).await;
    fixture.test.sync_well(fixture.account).await;
    let (levels, ..) = fixture.told(&alert).await;
    assert_eq!(levels, [Some(names(&["Ada", "Bo"])), Some(names(&["Night watch"])), Some(vec![])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn duty_decides_who_is_told_now_and_nobody_is_said_out_loud() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    let Cast { ada, bo, night } = fixture.cast().await;
    let cy = fixture.operator("Cy", false).await;
    let alert = fixture.alert("Shop down", [&[&ada], &[&night], &[]]).await;
    let inactive = fixture.alert("Left to Cy", [&[&cy], &[], &[]]).await;
    let empty = fixture.alert("Left to nobody", [&[], &[], &[]]).await;
    let always = json!({"ScheduleMode": "Daily", "StartTime": "00:00", "EndTime": "00:00"});
    for user in [&ada, &bo] {
        fixture.service.ask("POST", &format!("/Operator/{user}/DutySchedule"), always.clone()).await;
    }
    let alone = fixture.operator("Di", true).await;
    fixture.test.sync_well(fixture.account).await;
    let (_, now, outcome) = fixture.told(&alert).await;
    assert_eq!((now, outcome), (vec![], AlertOutcome::NobodyNow));
    assert_eq!(fixture.told(&inactive).await.2, AlertOutcome::Nobody);
    assert_eq!(fixture.told(&empty).await.2, AlertOutcome::Nobody);
    assert_eq!(fixture.row(&empty).await.recipients, Some(0));

    let duty = fixture.duty_of(&alone).await;
    assert_eq!((duty.on_duty, duty.alerted), (true, Some(false)), "on duty, and no alert reaches them");
    assert_eq!(fixture.duty_of(&bo).await.alerted, Some(true));

    let request = AccountRequest { account_id: fixture.account };
    let findings = fixture.test.hub.list_findings(request).await.unwrap().findings;
    let found = |kind: FindingKind, id: &str| {
        let mut own = findings.iter().filter(|finding| finding.kind == kind);
        own.any(|finding| finding.items.iter().any(|item| item.remote_id == id))
    };
    assert!(
        found(FindingKind::AlertOfInactive, &inactive) && found(FindingKind::AlertWithoutRecipients, &empty)
    );
    assert!(!found(FindingKind::AlertOfInactive, &alert), "off duty now is not gone for good");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_with_fewer_rights_is_shown_less_and_calls_nobody_unreached() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    let Cast { ada, bo, .. } = fixture.cast().await;
    let alert = fixture.alert("Shop down", [&[&ada], &[], &[]]).await;
    fixture.test.sync_well(fixture.account).await;
    assert_eq!(fixture.duty_of(&bo).await.alerted, Some(false));
    fixture.sign_in_as(&bo).await;
    fixture.test.sync(fixture.account).await;
    assert_eq!(fixture.duty_of(&bo).await.alerted, None, "there may be definitions that Bo does not see");
    assert!(!fixture.reaching(GrantHolder::User, &bo).await.complete);
    let _ = alert;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_that_an_older_version_did_not_read_come_without_a_line_for_everybody_in_them() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    let Cast { ada, .. } = fixture.cast().await;
    fixture.alert("Shop down", [&[&ada], &[], &[]]).await;
    fixture.test.sync_well(fixture.account).await;
    forget(&fixture, fixture.account);
    let run = fixture.test.sync_well(fixture.account).await;
    assert_eq!(lines(&fixture.test.history(fixture.account, run.id).await), Vec::<String>::new());
    fixture.alert("Shop down", [&[], &[], &[]]).await;
    let run = fixture.test.sync_well(fixture.account).await;
    assert_eq!(lines(&fixture.test.history(fixture.account, run.id).await), ["Ada removed Shop down (1)"]);
}

/// As it was before recipients were read.
fn forget(fixture: &Fixture, account: AccountId) {
    let conn = fixture.test.database();
    for table in ["recipients", "recipient_lists"] {
        conn.execute(&format!("DELETE FROM {table} WHERE account_id = ?1"), [account.0]).unwrap();
    }
    conn.execute("DELETE FROM stream_states WHERE account_id = ?1 AND stream = 'recipients'", [account.0])
        .unwrap();
}
