//! An Uptrends account: everything that hangs on operators, groups and monitors is read, what is not shown is said and costs
//! nobody, and who may do what follows from it.

use std::collections::BTreeSet;

use rollcall_core::api::*;
use rollcall_core::model::{AccountId, ProviderKind, ResourceKind, RunState, ShownBy, Stream};
use rollcall_sandbox::{ApiUserNames, ApiUserSupport, MonitorPermissions, UptrendsLoad, UptrendsQuirks};
use rollcall_tests::hub::TestHub;
use rollcall_tests::uptrends::UptrendsService;
use serde_json::{Value, json};

/// An account that is connected and was not synchronised yet.
pub struct Fixture {
    /// The service.
    pub service: UptrendsService,
    /// The hub.
    pub test: TestHub,
    /// The account.
    pub account: AccountId,
    /// Where its data is.
    pub folder: tempfile::TempDir,
}

impl Fixture {
    /// With a service of these quirks.
    pub async fn new(quirks: UptrendsQuirks) -> Self {
        let service = UptrendsService::start(UptrendsLoad::usual(60, 9, 5), quirks).await;
        let folder = tempfile::tempdir().unwrap();
        let test = TestHub::open(folder.path()).await;
        let account = service.connect(&test).await;
        Self { service, test, account, folder }
    }

    fn keys(&self, sql: &str) -> BTreeSet<String> {
        let conn = self.test.database();
        let mut statement = conn.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// What the service has, under the same keys as in [`mirrored`].
    async fn truth(&self) -> BTreeSet<String> {
        let mut truth = BTreeSet::new();
        let id = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_ascii_lowercase();
        for operator in self.service.list("/Operator").await {
            let guid = id(&operator, "OperatorGuid");
            truth.insert(format!("user {guid}"));
            for right in self.service.list(&format!("/Operator/{guid}/Authorization")).await {
                truth.insert(format!("grant  {} user {guid}", right.as_str().unwrap()));
            }
            for period in self.service.list(&format!("/Operator/{guid}/DutySchedule")).await {
                truth.insert(format!("period {guid}:{}", period["Id"]));
            }
        }
        for group in self.service.list("/OperatorGroup").await {
            let guid = id(&group, "OperatorGroupGuid");
            truth.insert(format!("group {guid}"));
            for member in self.service.list(&format!("/OperatorGroup/{guid}/Member")).await {
                truth.insert(format!("member {guid} {}", id(&member, "OperatorGuid")));
            }
            for right in self.service.list(&format!("/OperatorGroup/{guid}/Authorization")).await {
                truth.insert(format!("grant  {} group {guid}", right.as_str().unwrap()));
            }
        }
        for (path, name, word) in [
            ("Monitor", "MonitorGuid", "Authorizations"),
            ("MonitorGroup", "MonitorGroupGuid", "Authorizations"),
            ("VaultSection", "VaultSectionGuid", "Authorization"),
            ("Integration", "IntegrationGuid", "Authorizations"),
            ("AlertDefinition", "AlertDefinitionGuid", "Authorizations"),
        ] {
            for resource in self.service.list(&format!("/{path}")).await {
                let guid = id(&resource, name);
                truth.insert(format!("resource {guid}"));
                for right in self.service.list(&format!("/{path}/{guid}/{word}")).await {
                    let (kind, holder) = match id(&right, "OperatorGuid") {
                        user if !user.is_empty() => ("user", user),
                        _ => ("group", id(&right, "OperatorGroupGuid")),
                    };
                    let permission = right["AuthorizationType"].as_str().unwrap();
                    truth.insert(format!("grant {guid} {permission} {kind} {holder}"));
                }
            }
        }
        for alert in self.service.list("/AlertDefinition").await {
            let guid = id(&alert, "AlertDefinitionGuid");
            for level in 1..=3 {
                truth.insert(format!("list {guid} {level}"));
                for member in self
                    .service
                    .list(&format!("/AlertDefinition/{guid}/EscalationLevel/{level}/Member"))
                    .await
                {
                    let (kind, holder) = match id(&member, "OperatorGuid") {
                        user if !user.is_empty() => ("user", user),
                        _ => ("group", id(&member, "OperatorGroupGuid")),
                    };
                    truth.insert(format!("recipient {guid} {level} {kind} {holder}"));
                }
            }
        }
        for group in self.service.list("/MonitorGroup").await {
            let guid = id(&group, "MonitorGroupGuid");
            for member in self.service.list(&format!("/MonitorGroup/{guid}/Member")).await {
                truth.insert(format!("inside {guid} {}", id(&member, "MonitorGuid")));
            }
        }
        for found in self.service.list("/ApiUser").await {
            truth.insert(format!("token {}", id(&found, "ApiUserGuid")));
        }
        truth
    }

    fn mirrored(&self) -> BTreeSet<String> {
        self.keys(
            "SELECT 'user ' || remote_id FROM users
             UNION ALL SELECT 'group ' || remote_id FROM groups
             UNION ALL SELECT 'member ' || group_id || ' ' || member_id FROM memberships
             UNION ALL SELECT 'grant ' || resource_id || ' ' || permission || ' ' || holder_kind || ' ' || holder_id
                       FROM grants
             UNION ALL SELECT 'period ' || remote_id FROM off_duty_periods
             UNION ALL SELECT 'resource ' || remote_id FROM resources
             UNION ALL SELECT 'inside ' || group_id || ' ' || resource_id FROM resource_members
             UNION ALL SELECT 'list ' || resource_id || ' ' || level FROM recipient_lists
             UNION ALL SELECT 'recipient ' || resource_id || ' ' || level || ' ' || kind || ' ' || recipient_id FROM recipients
             UNION ALL SELECT 'token ' || remote_id FROM tokens WHERE kind = 'apiUser'",
        )
    }

    async fn assert_mirrors(&self, place: &str) {
        let (mirror, truth) = (self.mirrored(), self.truth().await);
        let missing: Vec<_> = truth.difference(&mirror).collect();
        let phantom: Vec<_> = mirror.difference(&truth).collect();
        assert!(
            missing.is_empty() && phantom.is_empty(),
            "{place}: missing {missing:?}, phantom {phantom:?}"
        );
    }

    async fn facts(&self) -> rollcall_core::model::AccountFacts {
        let view = self.test.account(self.account).await;
        view.capabilities.expect("a sync before").facts.expect("facts of the account")
    }

    async fn hub(&self) -> HubView {
        self.test.hub.get_hub(HubRequest { account_id: Some(self.account) }).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sync_brings_everything_in_whole_answers_and_the_second_changes_nothing() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    let run = fixture.test.sync_well(fixture.account).await;
    fixture.assert_mirrors("first").await;
    assert_eq!(run.proofs.len(), 8);
    for proof in &run.proofs {
        assert!(proof.complete, "{proof:?}");
        assert_eq!((proof.shown_by, proof.walks), (ShownBy::WholeAnswers, 1), "{proof:?}");
    }
    let again = fixture.test.sync_well(fixture.account).await;
    assert_eq!(fixture.test.history(fixture.account, again.id).await, [], "nothing is new");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_at_the_service_is_mirrored_and_noted() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    fixture.test.sync_well(fixture.account).await;
    let service = &fixture.service;
    let new = json!({"FullName": "Ada Lovelace", "Email": "ada@example.com", "SetupMode": "Invitation",
                     "MobilePhone": "", "BackupEmail": "", "IsOnDuty": true});
    let ada = service.ask("POST", "/Operator", new).await["OperatorGuid"].as_str().unwrap().to_owned();
    let period = json!({"ScheduleMode": "Daily", "StartTime": "18:00", "EndTime": "08:00"});
    service.ask("POST", &format!("/Operator/{ada}/DutySchedule"), period).await;
    let monitor = service.list("/Monitor").await[0]["MonitorGuid"].as_str().unwrap().to_owned();
    let grant = json!({"AuthorizationType": "EditMonitor", "OperatorGuid": ada});
    service.ask("POST", &format!("/Monitor/{monitor}/Authorizations"), grant).await;
    service.ask("POST", "/ApiUser", json!({"OperatorGuid": ada, "Description": "script"})).await;
    let run = fixture.test.sync_well(fixture.account).await;
    fixture.assert_mirrors("after changes").await;
    let history = fixture.test.history(fixture.account, run.id).await;
    let mut subjects: Vec<_> = history.iter().map(|entry| entry.subject.as_str()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    assert!(
        ["grant", "offDutyPeriod", "token", "user"].iter().all(|subject| subjects.contains(subject)),
        "{subjects:?}"
    );

    service.ask("DELETE", &format!("/Operator/{ada}"), Value::Null).await;
    fixture.test.sync_well(fixture.account).await;
    fixture.assert_mirrors("after the deletion").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_on_monitors_that_are_not_shown_are_kept_and_said() {
    for refused in [MonitorPermissions::BadRequest, MonitorPermissions::Forbidden] {
        let fixture = Fixture::new(UptrendsQuirks::default()).await;
        fixture.test.sync_well(fixture.account).await;
        let before = fixture.mirrored();
        let quirks = UptrendsQuirks { monitor_permissions: refused, ..UptrendsQuirks::default() };
        fixture.service.tenant.set_uptrends_quirks(quirks);
        let run = fixture.test.sync_well(fixture.account).await;
        assert_eq!(run.state, RunState::Succeeded);
        assert!(
            run.proofs.iter().all(|proof| proof.stream != Stream::ResourceGrants),
            "it is not read at all"
        );
        assert!(fixture.facts().await.resource_grants_hidden);
        assert_eq!(fixture.mirrored(), before, "{refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_never_showed_rights_on_monitors_says_so_and_counts_nothing() {
    let quirks =
        UptrendsQuirks { monitor_permissions: MonitorPermissions::Forbidden, ..UptrendsQuirks::default() };
    let fixture = Fixture::new(quirks).await;
    fixture.test.sync_well(fixture.account).await;
    let request = ResourceQueryRequest {
        account_id: Some(fixture.account),
        text: String::new(),
        kind: None,
        mode: None,
        active: None,
        sort: ResourceColumn::DisplayName,
        descending: false,
        offset: 0,
        limit: 500,
    };
    let page = fixture.test.hub.query_resources(request).await.unwrap();
    assert!(page.total > 0);
    assert!(page.rows.iter().all(|row| row.view_data.is_none() && row.edit.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn api_users_are_read_under_whatever_names_their_fields_have() {
    for names in [ApiUserNames::Usual, ApiUserNames::Second, ApiUserNames::Third, ApiUserNames::Fourth] {
        let fixture =
            Fixture::new(UptrendsQuirks { api_user_names: names, ..UptrendsQuirks::default() }).await;
        fixture.test.sync_well(fixture.account).await;
        let facts = fixture.facts().await;
        assert!(facts.unrecognised_fields.is_empty(), "{names:?}: {:?}", facts.unrecognised_fields);
        assert!(facts.own_token.is_some(), "our own is among them");
        assert!(fixture.hub().await.api_users.expect("API users").total > 5);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_without_api_users_has_all_the_rest() {
    for support in [ApiUserSupport::Missing, ApiUserSupport::Forbidden] {
        let fixture = Fixture::new(UptrendsQuirks { api_users: support, ..UptrendsQuirks::default() }).await;
        fixture.test.sync_well(fixture.account).await;
        assert!(fixture.facts().await.api_users_hidden);
        let hub = fixture.hub().await;
        assert_eq!((hub.api_users, hub.users > 50), (None, true), "{support:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hub_counts_what_the_service_watches() {
    let fixture =
        Fixture::new(UptrendsQuirks { operator_limit: Some(100), ..UptrendsQuirks::default() }).await;
    fixture.test.sync_well(fixture.account).await;
    let hub = fixture.hub().await;
    let [quota] = hub.quotas.as_slice() else { panic!("one account") };
    assert_eq!((quota.limit, quota.in_use), (Some(100), Some(hub.users)));
    let monitors = fixture.service.list("/Monitor").await;
    let production = monitors.iter().filter(|monitor| monitor["MonitorMode"] == "Production").count();
    assert_eq!(hub.monitors.expect("monitors").production as usize, production);
    let filter = TokenFilter {
        account_id: Some(fixture.account),
        text: String::new(),
        chips: vec![TokenChip::Idle30],
        kind: None,
        owner: None,
        expires_from: None,
        expires_to: None,
    };
    let request =
        TokenQueryRequest { filter, sort: TokenColumn::Owner, descending: false, offset: 0, limit: 500 };
    let idle = fixture.test.hub.query_tokens(request).await.unwrap().total;
    assert!(idle > 0, "some have no request in 30 days");
    assert_eq!(hub.api_users.expect("API users").inactive, idle, "the card counts what its list shows");
    let request = DutyRequest { account_id: fixture.account, group_id: None, user_id: None, days: 14 };
    let duty = fixture.test.hub.get_duty(request).await.unwrap();
    assert_eq!(Some(duty.on_duty), hub.on_duty);
    assert!(duty.on_duty > 0 && (duty.on_duty as usize) < duty.people.len(), "{}", duty.on_duty);
    assert_eq!(duty.zone_source, ZoneSource::Service);
    // A clock that a person chose stands in for the account's own until it is given back.
    let choose = |time_zone: Option<&str>| TimeZoneRequest {
        account_id: fixture.account,
        time_zone: time_zone.map(str::to_owned),
    };
    let ask = || DutyRequest { account_id: fixture.account, group_id: None, user_id: None, days: 14 };
    fixture.test.hub.set_time_zone(choose(Some("Pacific/Kiritimati"))).await.unwrap();
    let there = fixture.test.hub.get_duty(ask()).await.unwrap();
    assert_eq!((there.zone_source, there.zone.as_str()), (ZoneSource::Chosen, "Pacific/Kiritimati"));
    assert!(there.now.0 - duty.now.0 >= 11 * 3600, "far ahead of the account's own clock");
    let unknown = fixture.test.hub.set_time_zone(choose(Some("Atlantis/Capital"))).await.unwrap_err();
    assert_eq!((unknown.code, unknown.field.as_deref()), (ErrorCode::InvalidInput, Some("timeZone")));
    fixture.test.sync_well(fixture.account).await;
    assert_eq!(fixture.test.hub.get_duty(ask()).await.unwrap().zone_source, ZoneSource::Chosen);
    fixture.test.hub.set_time_zone(choose(None)).await.unwrap();
    assert_eq!(fixture.test.hub.get_duty(ask()).await.unwrap().zone_source, ZoneSource::Service);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_said_at_its_field_and_an_operator_with_fewer_rights_hides_nobody_for_good() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    let wrong = TestConnectionRequest { draft: fixture.service.draft("hub", "no") };
    let error = fixture.test.hub.test_connection(wrong).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Unauthorized);
    assert_eq!(error.field.as_deref(), Some("authentication.password"));
    fixture.test.sync_well(fixture.account).await;
    let before = fixture.keys("SELECT remote_id FROM users");
    // An API user of an ordinary operator, who is shown fewer than there are.
    let ordinary = fixture.service.list("/Operator").await.pop().unwrap();
    let made =
        fixture.service.ask("POST", "/ApiUser", json!({"OperatorGuid": ordinary["OperatorGuid"]})).await;
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    let quirks = UptrendsQuirks {
        see_operators: rollcall_sandbox::SeeOperators::OwnGroups,
        ..UptrendsQuirks::default()
    };
    fixture.service.tenant.set_uptrends_quirks(quirks);
    let authentication = AuthenticationDraft::Basic {
        user_name: text("UserName"),
        password: rollcall_core::model::Secret::new(text("Password")),
    };
    let request = ReplaceCredentialRequest { account_id: fixture.account, authentication };
    fixture.test.hub.replace_credential(request).await.unwrap();
    let run = fixture.test.sync(fixture.account).await;
    assert_eq!(fixture.keys("SELECT remote_id FROM users"), before, "{:?}", run.state);
    assert_eq!(fixture.test.account(fixture.account).await.provider, ProviderKind::Uptrends);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_out_is_found_with_whom_it_is_about() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    let service = &fixture.service;
    let text = |value: &Value, name: &str| value[name].as_str().unwrap().to_owned();
    let solo = json!({"FullName": "Solo", "Email": "solo@example.com", "SetupMode": "Invitation", "MobilePhone": "",
                      "BackupEmail": "", "IsOnDuty": false});
    let solo = text(&service.ask("POST", "/Operator", solo).await, "OperatorGuid").to_ascii_lowercase();
    service.ask("POST", "/ApiUser", json!({"OperatorGuid": solo, "Description": "left behind"})).await;
    let group = text(
        &service.ask("POST", "/OperatorGroup", json!({"Description": "Shop"})).await,
        "OperatorGroupGuid",
    );
    let bo = json!({"FullName": "Bo", "Email": "bo@example.com", "SetupMode": "Invitation", "MobilePhone": "",
                    "BackupEmail": "", "IsOnDuty": true});
    let bo = text(&service.ask("POST", "/Operator", bo).await, "OperatorGuid").to_ascii_lowercase();
    service.ask("POST", &format!("/OperatorGroup/{group}/Member/{bo}"), Value::Null).await;
    let monitor = text(&service.list("/Monitor").await[0], "MonitorGuid");
    for holder in [("OperatorGroupGuid", &group), ("OperatorGuid", &bo)] {
        let grant = json!({"AuthorizationType": "EditMonitor", holder.0: holder.1});
        service.ask("POST", &format!("/Monitor/{monitor}/Authorizations"), grant).await;
    }
    fixture.test.sync_well(fixture.account).await;
    let request = AccountRequest { account_id: fixture.account };
    let found = fixture.test.hub.list_findings(request).await.unwrap().findings;
    let about = |kind: FindingKind, user: &str| {
        let items = found.iter().filter(|finding| finding.kind == kind).flat_map(|finding| &finding.items);
        items.filter(|item| item.remote_id == user).cloned().collect::<Vec<_>>()
    };
    let left = about(FindingKind::OnlyEverybody, &solo);
    assert_eq!((left.len(), &left[0].right, &left[0].api_user), (1, &None, &None));
    assert!(about(FindingKind::OnlyEverybody, &bo).is_empty());
    let credential = about(FindingKind::ApiUserOfInactive, &solo);
    assert!(credential[0].api_user.as_ref().is_some_and(|name| !name.is_empty()), "{credential:?}");
    // The service gave the lower rights with the highest: all of them come from the group too.
    let redundant = about(FindingKind::Redundant, &bo);
    let words: Vec<&str> =
        redundant.iter().filter_map(|item| item.right.as_ref()).map(|own| &*own.permission).collect();
    assert_eq!(words, ["EditMonitor", "ViewMonitor", "ViewMonitorData"]);
    for own in redundant.iter().filter_map(|item| item.right.as_ref()) {
        assert_eq!(own.resource_id, Some(monitor.to_ascii_lowercase()));
        assert_eq!(own.resource_kind, Some(ResourceKind::Monitor));
        assert!(own.through.iter().any(|origin| origin.group.as_deref() == Some("Shop")), "{own:?}");
    }
    let administrators =
        found.iter().find(|finding| finding.permission.as_deref() == Some("AccountAdministrator"));
    assert!(administrators.is_some_and(|finding| !finding.items.is_empty()), "{found:?}");
}
